// What runs leave behind: payslips, and what was posted of them. Both are made by runs alone.

#include "declare.h"

#include <payroll/run.h>

namespace payroll {

void declare_payslip(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PayslipLine>("payroll.payslip_line", "Line of a payslip")
        .part_of(&PayslipLine::document)
        .read_needs(see_pay)
        .field("component", &PayslipLine::component, indexed)
        .field("kind", &PayslipLine::kind)
        .field("owed_to", &PayslipLine::owed_to)
        .field("arrears_of", &PayslipLine::arrears_of, indexed, help("The payslip that this is a difference to"))
        .field("amount", &PayslipLine::amount);
    kernel.entity<Payslip>("payroll.payslip", "Payslip")
        .help("What an employee was paid for a period.")
        .read_needs(see_pay)
        .made_by_commands()
        .field("number", &Payslip::number, indexed, searchable)
        .field("run", &Payslip::run, indexed)
        .field("employee", &Payslip::employee, indexed)
        .field("cost_centre", &Payslip::cost_centre)
        .field("starts_on", &Payslip::starts_on)
        .field("ends_on", &Payslip::ends_on)
        .field("pay_date", &Payslip::pay_date)
        .field("period_days", &Payslip::period_days, not_in_list)
        .field("payment_days", &Payslip::payment_days)
        .field("base", &Payslip::base, not_in_list)
        .field("gross", &Payslip::gross)
        .field("deductions", &Payslip::deductions)
        .field("net", &Payslip::net)
        .field("contributions", &Payslip::contributions)
        .field("postponed", &Payslip::postponed, not_in_list, help("Net arrears that would make the pay negative: they wait"))
        .field("taxable", &Payslip::taxable, not_in_list)
        .field("reversed", &Payslip::reversed)
        .lines("lines", &Payslip::lines)
        .unique_together({"employee", "starts_on", "ends_on"}, "reversed = 0")
        .display("number");
    kernel.entity<Posting>("payroll.posting", "Posting of a payroll run")
        .help("What a run posted by role and cost centre: proves that the ledger is what payslips say.")
        .menu(Menu::ledgers)
        .read_needs(see_pay)
        .append_only()
        .field("run", &Posting::run, indexed)
        .field("role", &Posting::role)
        .field("cost_centre", &Posting::cost_centre)
        .field("account", &Posting::account)
        .field("amount", &Posting::amount, help("Positive: debit"));
}

}  // namespace payroll
