// The table of contents: everything that payroll adds to the suite is declared from here.

#include "declare.h"

#include <financials/ledger.h>

namespace payroll {

namespace {

void declare_permissions(tessera::Kernel& kernel) {
    kernel.permission(see_pay, "See employees, what they are paid, and payroll runs");
    kernel.permission("payroll.calculate", "Enter and calculate payroll runs");
    kernel.permission("payroll.approve", "Approve payroll runs");
    kernel.permission("payroll.post", "Post and reverse payroll runs");
    kernel.permission("payroll.pay", "Make payment files of payroll runs");

    using tessera::access::StandardConflict, tessera::access::StandardRole;
    kernel.contribute(StandardConflict{"payroll.calculate", "payroll.approve", "A payroll run is calculated and approved by one person"});
    kernel.contribute(StandardConflict{"payroll.edit", "payroll.approve", "Pay is set and approved by one person"});
    kernel.contribute(
        StandardConflict{"directory.pay_to", "payroll.pay", "A bank account is entered and wages are paid to it by one person"});
    kernel.contribute(
        StandardRole{"Payroll clerk",
                     "Keeps employees and their pay, calculates runs",
                     {"payroll.read", "payroll.see_pay", "payroll.edit", "payroll.calculate", "directory.read", "financials.read"}});
    kernel.contribute(StandardRole{
        "Payroll manager",
        "Approves, posts and pays payroll runs",
        {"payroll.read", "payroll.see_pay", "payroll.approve", "payroll.post", "payroll.pay", "directory.read", "financials.read"}});
}

void contribute_account_roles(tessera::Kernel& kernel) {
    using financials::AccountRole, financials::Kind;
    kernel.contribute(AccountRole{"payroll.wages", "Wages and salaries", Kind::expense, "wages"});
    kernel.contribute(AccountRole{"payroll.contributions", "Contributions of the employer", Kind::expense, "payroll_taxes"});
    kernel.contribute(AccountRole{"payroll.net_pay_payable", "Net pay owed to employees", Kind::liability, "wages_payable"});
    kernel.contribute(AccountRole{"payroll.tax_payable", "Tax kept back from employees", Kind::liability, "wages_payable"});
    kernel.contribute(AccountRole{"payroll.social_security_payable", "Social security owed", Kind::liability, "wages_payable"});
    kernel.contribute(
        AccountRole{"payroll.deductions_payable", "Other amounts kept back from employees", Kind::liability, "wages_payable"});
}

}  // namespace

void register_module(tessera::Kernel& kernel) {
    declare_permissions(kernel);
    contribute_account_roles(kernel);

    declare_cost_centre(kernel);
    declare_tax_table(kernel);
    declare_component(kernel);
    declare_structure(kernel);
    declare_employee(kernel);
    declare_unpaid_leave(kernel);
    declare_paying_account(kernel);
    declare_run(kernel);
    declare_payslip(kernel);
    declare_run_workflow(kernel);

    declare_payslip_report(kernel);
    declare_register(kernel);
    declare_cost_by_centre(kernel);
    declare_year_to_date(kernel);
    declare_checks(kernel);
}

}  // namespace payroll

TESSERA_MODULE({
    .name            = "payroll",
    .version         = "1.0.0",
    .title           = "Payroll",
    .needs           = {"directory", "financials"},
    .register_module = payroll::register_module,
});
