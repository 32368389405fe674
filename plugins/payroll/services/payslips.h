#pragma once
// Makes the payslips of a run: what each employee is due for the period, and what past periods lack.
//
//     make_payslips(tx, run);      // removes those of before, inserts new ones, sets the run's totals
//
// Whoever has a payslip of the same period in another run is left out. Arrears that would make somebody's net pay negative are left out
// too and counted as postponed: nothing has been paid of them, so the next run finds them again. Refused "payroll.paid_already" where a
// payslip of another run covers only some of the days; and all that pay.h is refused for.

#include <payroll/run.h>

namespace payroll {

void make_payslips(tessera::Transaction& tx, Run& run);
// Takes back what make_payslips() did.
void remove_payslips(tessera::Transaction& tx, Run& run);

}  // namespace payroll
