#pragma once
// Posts a run to the ledger on its pay date and keeps what was posted by role; mirrors it when the run is reversed.
//
//     payroll.wages          3,000.00  |  payroll.net_pay_payable           2,400.00     per cost centre on the left
//     payroll.contributions    600.00  |  payroll.tax_payable                 300.00
//                                      |  payroll.social_security_payable     900.00
//
// An expense goes to the account of its cost centre, where that has one. The memo of a line names role and cost centre, so that roles that
// share an account stay apart.

#include <payroll/run.h>

namespace payroll {

void post_run(tessera::Transaction& tx, Run& run);
// Refused "payroll.arrears_elsewhere" while another run has paid differences to its payslips; and what the ledger refuses.
void reverse_run(tessera::Transaction& tx, Run& run, Date on, const std::string& reason);

}  // namespace payroll
