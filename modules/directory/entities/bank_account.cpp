#include <directory/records.h>

#include <tessera/digest.h>

#include "services/iban.h"
#include "services/payee_notice.h"

namespace directory {

using namespace tessera;

namespace bank_account {

std::string content_of(const BankAccount& account) {
    return sha256_hex(fmt::format("{}\x1f{}\x1f{}\x1f{}\x1f{}", account.party, account.holder, account.account_number, account.bank_code, account.currency.code()));
}

std::int64_t cool_off_days(const Snapshot& tx) { return tx.value<std::int64_t>("SELECT bank_cool_off_days FROM directory_company ORDER BY id LIMIT 1").value_or(0); }

void confirm_now(Transaction& tx, BankAccount& account, std::int64_t days) {
    account.state        = BankAccountState::confirmed;
    account.confirmed_by = tx.user().name;
    account.payable_from = tx.today().plus_days(days);
}

// Who has the books themselves (imports, the command line) could change anything: there is nobody to be protected from.
void hold_when_changed(Transaction& tx, BankAccount& account) {
    const auto content = content_of(account);
    if (content == account.content) return;
    account.content    = content;
    account.changed_by = tx.user().name;
    if (tx.user().user == 0) return confirm_now(tx, account, 0);
    account.state        = BankAccountState::pending;
    account.confirmed_by = {};
    account.payable_from = {};
    tell_of_bank_account(tx, account);
}

void check(Transaction& tx, BankAccount& account) {
    if (account.currency.none()) account.currency = tx.books().currency;
    if (looks_like_iban(account.account_number)) {
        account.account_number = compact_account_number(account.account_number);
        if (!iban_is_sound(account.account_number))
            throw Refused("directory.iban_check_digits", "To pay to {}, correct the account number: its check digits do not agree with the rest.", account.account_number)
                .with_status(422)
                .with_field("account_number");
    }
    hold_when_changed(tx, account);
}

void confirm(Transaction& tx, BankAccount& account) {
    if (tx.user().user && tx.user().name == account.changed_by && access::others_may(tx, "directory.confirm_pay_to"))
        throw Refused("directory.second_person", "To confirm this bank account, ask somebody else: {} has entered it.", account.changed_by).with_status(403);
    confirm_now(tx, account, cool_off_days(tx));
}

class PayeeService final : public Payees {
public:
    void require_payable(const Snapshot& tx, Id<Party> party) const override {
        const auto accounts = tx.select<BankAccount>("party = :party AND active <> 0 ORDER BY id", party);
        if (accounts.empty() || std::ranges::any_of(accounts, [&](const auto& one) { return is_payable(tx, one); })) return;
        const auto& first = accounts.front();
        if (first.state == BankAccountState::pending)
            throw Refused("directory.payee_on_hold", "To pay {}, have a second person confirm its bank account {}, which {} has changed, with the one who is to be paid.", tx.label_of(party),
                          first.account_number, first.changed_by);
        throw Refused("directory.payee_on_hold", "To pay {}, wait until {}: its bank account {} was confirmed only lately.", tx.label_of(party), first.payable_from, first.account_number);
    }

private:
    static bool is_payable(const Snapshot& tx, const BankAccount& account) { return account.state == BankAccountState::confirmed && account.payable_from <= tx.today(); }
};

}  // namespace bank_account

void declare_bank_account(Kernel& kernel) {
    kernel.entity<BankAccount>("directory.bank_account", "Bank account")
        .help("Where a party is paid.")
        .field("party", &BankAccount::party, required, indexed, erased_with)
        .field("holder", &BankAccount::holder, personal, kept_while_used)
        .field("account_number", &BankAccount::account_number, required, longest(40), personal, kept_while_used,
               help("IBAN (its check digits are proven) or domestic number"))
        .field("bank_code", &BankAccount::bank_code, help("BIC or routing number"))
        .field("bank_name", &BankAccount::bank_name)
        .field("currency", &BankAccount::currency)
        .field("active", &BankAccount::active)
        .field("state", &BankAccount::state, read_only)
        .field("changed_by", &BankAccount::changed_by, read_only, help("Who has entered where the money goes"))
        .field("confirmed_by", &BankAccount::confirmed_by, read_only)
        .field("payable_from", &BankAccount::payable_from, read_only)
        .field("content", &BankAccount::content, read_only, not_in_list, help("A digest of what is confirmed"))
        .display("account_number")
        .menu(Menu::master_data)
        .needs("directory.pay_to")
        .sensitive()
        .validate(bank_account::check);
    kernel.workflow(&BankAccount::state)
        .transition("confirm", BankAccountState::pending, BankAccountState::confirmed, needs("directory.confirm_pay_to"),
                    explained("Says that the one who is to be paid was asked, by another way than the change came"), bank_account::confirm);
    kernel.provide<Payees>(std::make_shared<bank_account::PayeeService>());
}

}  // namespace directory
