#include "declare.h"
#include "payment_file/iban.h"

#include <payroll/master_data.h>

namespace payroll {

namespace paying_account {

using tessera::Refused;

void check(tessera::Transaction& tx, PayingAccount& account) {
    account.iban = compact_iban(account.iban);
    if (!iban_is_sound(account.iban))
        throw Refused("payroll.not_an_iban", "To pay from {}, correct the IBAN {}: its check digits do not agree with the rest.",
                      account.name, account.iban)
            .with_status(422)
            .with_field("iban");
    if (!account.bic.empty() && !bic_is_sound(account.bic))
        throw Refused("payroll.not_a_bic", "To pay from {}, correct the BIC: it has 8 or 11 capital letters and digits.", account.name)
            .with_status(422)
            .with_field("bic");
    if (account.holder.empty())
        account.holder = tx.value<std::string>("SELECT name FROM directory_company ORDER BY id LIMIT 1").value_or("");
}

}  // namespace paying_account

void declare_paying_account(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PayingAccount>("payroll.paying_account", "Paying account")
        .help("An account of ours that wages are paid from.")
        .menu(Menu::setup)
        .field("name", &PayingAccount::name, required, unique, longest(70))
        .field("holder", &PayingAccount::holder, longest(70), help("The company's name when left out"))
        .field("iban", &PayingAccount::iban, label("IBAN"), required)
        .field("bic", &PayingAccount::bic, label("BIC"), help("Of the bank"))
        .display("name")
        .validate(paying_account::check);
}

}  // namespace payroll
