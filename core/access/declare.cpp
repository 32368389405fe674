#include "access/declare.h"

#include <tessera/text.h>

#include "access/approval.h"
#include "access/duties.h"
#include "access/key_ring.h"
#include "access/rights.h"

#include <algorithm>

namespace tessera::access {

namespace declaring {

void check_user(Transaction& tx, User& user) {
    const auto is_letter = [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@'; };
    if (!std::ranges::all_of(user.name, is_letter))
        throw Refused("access.bad_name", "To name a user, use small letters, digits and . _ - @; \"{}\" has something else.", excerpt(user.name)).with_status(422).with_field("name");
    for (std::size_t i = 0; i < user.roles.size(); ++i) {
        const auto& one = user.roles[i];
        if (!one.ends_on.empty() && one.ends_on < one.starts_on)
            throw Refused("access.bad_time", "To give {} a role for a time, let it end on a day after it starts.", user.name).with_status(422).with_field(fmt::format("roles[{}].ends_on", i));
        for (const auto& permission : tx.load(one.role).permissions) require_may_give(tx, permission.permission);
    }
    if (user.id) check_duties_of(tx, user.id);
    else tx.before_commit("access.duties.new", [name = user.name](Transaction& at_end) {
        if (const auto made = at_end.first<User>("name = :name", name)) check_duties_now(at_end, *made);
    });
    keep_an_administrator(tx);
}

void check_role(Transaction& tx, Role& role) {
    for (std::size_t i = 0; i < role.permissions.size(); ++i) {
        auto& grant = role.permissions[i].permission;
        grant       = std::string(trim(grant));
        require_known(tx.kernel(), grant, fmt::format("permissions[{}].permission", i));
        require_may_give(tx, grant);
    }
    for (std::size_t i = 0; i < role.rules.size(); ++i) require_rule(tx, role.rules[i], fmt::format("rules[{}]", i));
    for (std::size_t i = 0; i < role.limits.size(); ++i) require_known(tx.kernel(), role.limits[i].permission, fmt::format("limits[{}].permission", i));
    check_duties_of(tx, role.id);
    for (std::size_t i = 0; i < role.fields.size(); ++i) require_field(tx.kernel(), role.fields[i], fmt::format("fields[{}]", i));
    keep_an_administrator(tx);
}

// One lends what one has oneself; who administers may arrange it for others.
void check_delegation(Transaction& tx, Delegation& lent) {
    const auto giver = tx.load(lent.giver);
    if (tx.user().user != lent.giver.value && !tx.user().may(administer))
        throw Refused("access.not_yours_to_give", "To lend a role of {}, ask them or an administrator.", giver.name).with_status(403);
    if (lent.ends_on < lent.starts_on || lent.ends_on > lent.starts_on.plus_days(93))
        throw Refused("access.bad_time", "To lend a role, let it end after it starts and within three months.").with_status(422).with_field("ends_on");
    if (std::ranges::none_of(giver.roles, [&](const auto& one) { return one.role == lent.role; }))
        throw Refused("access.not_yours_to_give", "To lend a role, choose one that {} has, and not one that was lent.", giver.name).with_status(422).with_field("role");
    check_duties_of(tx, lent.taker);
}

void end_session(Transaction& tx, Session& session) {
    session.ended_at = tx.now();
    KeyRing::forget(tx, KeyRing::of_session, session.id.value);
}

void revoke_token(Transaction& tx, Token& token) { KeyRing::forget(tx, KeyRing::of_token, token.id.value); }

void declare_roles(Kernel& kernel) {
    kernel.entity<RolePermission>("access.role_permission", "Permission of a role")
        .part_of(&RolePermission::role)
        .field("permission", &RolePermission::permission, required, longest(120), help("A permission, all of a module (purchasing.*), one of all modules (*.read), or all (*)"));
    kernel.entity<RoleRule>("access.role_rule", "Rule of a role")
        .part_of(&RoleRule::role)
        .field("entity", &RoleRule::entity, required, longest(120), help("Whose records it narrows: purchasing.order"))
        .field("field", &RoleRule::field, required, longest(120))
        .field("operation", &RoleRule::operation)
        .field("value", &RoleRule::value, required, longest(500), help("As in a list's filter; @me is the user, @NAME the user's values of that name"));
    kernel.entity<RoleField>("access.role_field", "Field of a role")
        .part_of(&RoleField::role)
        .field("entity", &RoleField::entity, required, longest(120))
        .field("field", &RoleField::field, required, longest(120))
        .field("access", &RoleField::access);
    kernel.entity<RoleLimit>("access.role_limit", "Limit of a role")
        .part_of(&RoleLimit::role)
        .field("permission", &RoleLimit::permission, required, longest(120))
        .field("currency", &RoleLimit::currency)
        .field("amount", &RoleLimit::amount, positive, help("The most for one document"))
        .field("amount_a_day", &RoleLimit::amount_a_day, not_negative, help("The most for all documents of a day; 0: without end"));
    administered(kernel.entity<Role>("access.role", "Role"))
        .sensitive()
        .help("What those who have it may see and do. A record is seen when any role of a user shows it.")
        .field("name", &Role::name, required, unique, searchable, longest(80))
        .field("help", &Role::help, longest(400))
        .lines("permissions", &Role::permissions)
        .lines("rules", &Role::rules)
        .lines("fields", &Role::fields)
        .lines("limits", &Role::limits)
        .validate(check_role);
}

void declare_users(Kernel& kernel) {
    kernel.entity<UserRole>("access.user_role", "Role of a user")
        .part_of(&UserRole::user)
        .field("role", &UserRole::role, required, indexed)
        .field("starts_on", &UserRole::starts_on, help("The first day; empty: from the beginning"))
        .field("ends_on", &UserRole::ends_on, help("The last day; empty: without end"));
    kernel.entity<UserValue>("access.user_value", "Value of a user")
        .part_of(&UserValue::user)
        .field("name", &UserValue::name, required, longest(80), help("What the rules of roles call @name"))
        .field("value", &UserValue::value, required, longest(200));
    administered(kernel.entity<User>("access.user", "User"))
        .sensitive()
        .help("Somebody who can sign in. Nobody is deleted: who leaves is made inactive, and what was done keeps its name.")
        .field("name", &User::name, required, unique, searchable, longest(80), help("To sign in with"))
        .field("full_name", &User::full_name, searchable, longest(120), personal)
        .field("email", &User::email, searchable, longest(200), personal)
        .field("active", &User::active)
        .field("leaves_on", &User::leaves_on, help("The first day without access"))
        .lines("roles", &User::roles)
        .lines("values", &User::values)
        .not_deletable()
        .validate(check_user);
}

void declare_delegations(Kernel& kernel) {
    kernel.permission("access.delegate", "Lend a role of one's own to somebody for some days");
    kernel.entity<Delegation>("access.delegation", "Delegation")
        .sensitive()
        .help("A role lent to somebody for some days, while who lent it has it.")
        .menu(Menu::setup)
        .read_needs("access.delegate")
        .needs("access.delegate")
        .field("giver", &Delegation::giver, required, indexed)
        .field("taker", &Delegation::taker, required, indexed)
        .field("role", &Delegation::role, required)
        .field("starts_on", &Delegation::starts_on, required)
        .field("ends_on", &Delegation::ends_on, required)
        .field("reason", &Delegation::reason, required, longest(200))
        .validate(check_delegation);
}

void declare_keys(Kernel& kernel) {
    administered(kernel.entity<Session>("access.session", "Session"))
        .help("A browser that is signed in.")
        .made_by_commands()
        .field("holder", &Session::holder, required, indexed, erased_with)
        .field("started_at", &Session::started_at, indexed)
        .field("expires_at", &Session::expires_at)
        .field("confirmed_at", &Session::confirmed_at, help("When the password was typed last"))
        .field("address", &Session::address, longest(60), personal)
        .field("agent", &Session::agent, longest(120), personal)
        .field("state", &Session::state)
        .field("ended_at", &Session::ended_at);
    kernel.workflow(&Session::state).transition("end", SessionState::open, SessionState::ended, needs(std::string(administer)), destructive, end_session);
    administered(kernel.entity<Token>("access.token", "Token"))
        .help("Lets a program act for a user.")
        .made_by_commands()
        .field("holder", &Token::holder, required, indexed)
        .field("title", &Token::title, required, searchable, longest(120))
        .field("prefix", &Token::prefix, searchable, longest(20))
        .field("permissions", &Token::permissions)
        .field("expires_on", &Token::expires_on)
        .field("made_at", &Token::made_at)
        .field("state", &Token::state);
    kernel.workflow(&Token::state).transition("revoke", TokenState::valid, TokenState::revoked, needs(std::string(administer)), destructive, revoke_token);
    // of a session, a token or a link to choose a password with: what its key hashes to
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS access_key (
            hash       TEXT NOT NULL PRIMARY KEY,
            kind       TEXT NOT NULL,
            record     BIGINT NOT NULL,
            expires_at BIGINT NOT NULL,
            used_at    BIGINT NOT NULL))sql");
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS access_password (
            holder     INTEGER PRIMARY KEY,
            hash       TEXT NOT NULL,
            changed_at BIGINT NOT NULL))sql");
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS access_second_factor (
            holder    INTEGER PRIMARY KEY,
            secret    TEXT NOT NULL,
            confirmed INTEGER NOT NULL,
            last_step BIGINT NOT NULL))sql");
    kernel.schema(R"sql(
        CREATE TABLE IF NOT EXISTS access_recovery_code (
            hash   TEXT NOT NULL PRIMARY KEY,
            holder BIGINT NOT NULL))sql");
}

void make_standard_roles(Transaction& tx, const SeedOptions&) {
    Role all{.name = std::string(administrators), .help = "May see and do everything"};
    all.permissions.push_back({.permission = "*"});
    const auto administrator = tx.insert(all);
    Role       reader{.name = "Reader", .help = "Sees all records and reports, changes nothing"};
    reader.permissions.push_back({.permission = "*.read"});
    tx.insert(reader);
    for (const auto& standard : tx.contributions<StandardRole>()) {
        Role role{.name = standard.name, .help = standard.help};
        for (const auto& permission : standard.permissions) role.permissions.push_back({.permission = permission});
        tx.insert(role);
    }
    User first{.name = std::string(first_user_name), .full_name = "Administrator"};
    first.roles.push_back({.role = administrator});
    tx.insert(first);
}

}  // namespace declaring

void declare(Kernel& kernel) {
    using namespace declaring;
    kernel.permission(std::string(administer), "Manage users, roles, sessions and tokens; see the audit trail");
    kernel.permission("access.erase", "Erase what is kept about a person");
    declare_roles(kernel);
    declare_users(kernel);
    declare_delegations(kernel);
    declare_keys(kernel);
    declare_duties(kernel);
    declare_approvals(kernel);
    kernel.record_view("access.user", "rights", {"What this user sees and does", std::string(rights_schema)}, write_rights);
    kernel.seed(make_standard_roles);
}

}  // namespace tessera::access
