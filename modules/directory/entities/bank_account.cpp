#include <directory/records.h>

#include "services/iban.h"

namespace directory {

namespace bank_account {

void check(tessera::Transaction& tx, BankAccount& account) {
    if (account.currency.none()) account.currency = tx.books().currency;
    if (!looks_like_iban(account.account_number)) return;
    account.account_number = compact_account_number(account.account_number);
    if (!iban_is_sound(account.account_number))
        throw tessera::Refused("directory.iban_check_digits",
                               "To pay to {}, correct the account number: its check digits do not agree with the rest.",
                               account.account_number)
            .with_status(422)
            .with_field("account_number");
}

}  // namespace bank_account

void declare_bank_account(tessera::Kernel& kernel) {
    kernel.entity<BankAccount>("directory.bank_account", "Bank account")
        .help("Where a party is paid.")
        .field("party", &BankAccount::party, tessera::required, tessera::indexed)
        .field("holder", &BankAccount::holder)
        .field("account_number", &BankAccount::account_number, tessera::required, tessera::longest(40),
               tessera::help("IBAN (its check digits are proven) or domestic number"))
        .field("bank_code", &BankAccount::bank_code, tessera::help("BIC or routing number"))
        .field("bank_name", &BankAccount::bank_name)
        .field("currency", &BankAccount::currency)
        .field("active", &BankAccount::active)
        .display("account_number")
        .menu(tessera::Menu::master_data)
        .needs("directory.pay_to")
        .validate(bank_account::check);
}

}  // namespace directory
