// What a name in a file means, said once by the accountant.

#include <journal_export/records.h>

namespace journal_export {

void declare_account_names(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<AccountName>("journal_export.account_name", "Account name in journals")
        .plural("Account names in journals")
        .help("Which account a name in an imported file means. It comes before the names and codes of the chart.")
        .menu(Menu::setup)
        .field("name", &AccountName::name, required, unique, searchable, longest(400),
               help("Whole, exactly as in the file: Expenses:Food:Restaurants"))
        .field("account", &AccountName::account, required)
        .display("name")
        .needs("journal_export.import");
}

}  // namespace journal_export
