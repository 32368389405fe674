#include "declare.h"

#include <payroll/master_data.h>

namespace payroll {

namespace cost_centre {

using tessera::Refused;

void check(tessera::Transaction& tx, CostCentre& centre) {
    if (!centre.expense_account) return;
    const auto account = tx.load(centre.expense_account);
    const bool fits =
        account.postable && account.active && account.control == financials::Control::none && account.kind == financials::Kind::expense;
    if (!fits)
        throw Refused("payroll.account_unfit", "To save cost centre {}, choose an account for expenses that takes entries; {} {} does not.",
                      centre.code, account.code, account.name)
            .with_status(422)
            .with_field("expense_account");
}

}  // namespace cost_centre

void declare_cost_centre(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<CostCentre>("payroll.cost_centre", "Cost centre")
        .help("Where wages are spent.")
        .menu(Menu::master_data)
        .field("code", &CostCentre::code, required, unique, searchable, longest(20))
        .field("name", &CostCentre::name, required, searchable, longest(120))
        .field("expense_account", &CostCentre::expense_account,
               help("For its wages and contributions; the accounts of the roles when left out"))
        .field("active", &CostCentre::active)
        .display("code")
        .validate(cost_centre::check);
}

}  // namespace payroll
