// The chart of accounts and which account each role goes to.

#include "services/role_mapping.h"
#include "services/setup.h"

#include <algorithm>

namespace financials {
namespace account {

using tessera::Refused;

bool has_lines(const Snapshot& snapshot, Id<Account> id) {
    return id &&
           snapshot.value<std::int64_t>("SELECT id FROM financials_journal_line WHERE account = :account LIMIT 1", id)
               .has_value();
}

void check_parent(const Transaction& tx, const Account& account) {
    auto above = account.parent;
    for (int depth = 0; above; ++depth) {
        if (above == account.id || depth > 30)
            throw Refused("financials.account_below_itself", "To place {} {}, choose a parent that is not below it.",
                          account.code, account.name);
        above = Id<Account>{
            tx.value<std::int64_t>("SELECT parent FROM financials_account WHERE id = :id", above).value_or(0)};
    }
}

void check(Transaction& tx, Account& account) {
    check_parent(tx, account);
    const auto before = tx.find(account.id);
    if (before && has_lines(tx, account.id)) {
        if (before->kind != account.kind || before->control != account.control)
            throw Refused("financials.account_in_use",
                          "To give {} {} another kind or control, open a new account: entries were posted to it.",
                          account.code, account.name);
        if (!account.postable)
            throw Refused("financials.account_in_use",
                          "To make {} {} a heading, open a new account: entries were posted to it.", account.code,
                          account.name);
    }
    setup_changed(tx);
}

void check_removal(Transaction& tx, const Account& account) {
    if (has_lines(tx, account.id))
        throw Refused("financials.account_in_use", "To stop using {} {}, make it inactive: entries were posted to it.",
                      account.code, account.name);
    setup_changed(tx);
}

const AccountRole& role_named(const Snapshot& snapshot, const std::string& name) {
    const auto& roles = snapshot.contributions<AccountRole>();
    const auto  role  = std::ranges::find(roles, name, &AccountRole::name);
    if (role != roles.end()) return *role;
    throw Refused("financials.role_unknown",
                  "To map a role, choose one that a module posts to (report financials.account_roles); \"{}\" is none.",
                  name)
        .with_status(422)
        .with_field("role");
}

void check_mapping(Transaction& tx, AccountRoleMapping& mapping) {
    const auto& role    = role_named(tx, mapping.role);
    const auto  account = tx.load(mapping.account);
    if (!account.postable || !account.active)
        throw Refused("financials.account_not_postable",
                      "To map {}, choose an account that takes entries; {} {} does not.", role.name, account.code,
                      account.name);
    if (!serves_control(role, account.control))
        throw Refused("financials.control_account",
                      "To map {}, choose another account than {} {}: it is the control account of {}.", role.name,
                      account.code, account.name, tessera::name_of(account.control));
    setup_changed(tx);
}

void check_mapping_removal(Transaction& tx, const AccountRoleMapping&) { setup_changed(tx); }

}  // namespace account

void declare_accounts(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.schema("CREATE TABLE IF NOT EXISTS financials_setup (id INTEGER PRIMARY KEY, changed_at BIGINT NOT NULL)");

    kernel.entity<Account>("financials.account", "Account")
        .help("One account of the chart. Headings group others and take no entries.")
        .menu(Menu::setup)
        .field("code", &Account::code, required, unique, searchable, longest(20))
        .field("name", &Account::name, required, searchable, longest(120))
        .field("kind", &Account::kind)
        .field("parent", &Account::parent, help("The heading it stands below"))
        .field("postable", &Account::postable, help("Takes entries; a heading does not"))
        .field("active", &Account::active)
        .field("control", &Account::control, help("Reserved for the entries of a subledger"))
        .field("tag", &Account::tag, longest(200), not_in_list,
               help("What it serves by default; several separated by spaces"))
        .display("code")
        .needs("financials.set_up")
        .validate(account::check)
        .before_remove(account::check_removal);

    kernel.entity<AccountRoleMapping>("financials.account_role_mapping", "Account role mapping")
        .help("Which account the entries of the modules go to, role by role.")
        .menu(Menu::setup)
        .field("role", &AccountRoleMapping::role, required, unique, searchable, longest(120))
        .field("account", &AccountRoleMapping::account, required)
        .display("role")
        .needs("financials.set_up")
        .validate(account::check_mapping)
        .before_remove(account::check_mapping_removal);
}

}  // namespace financials
