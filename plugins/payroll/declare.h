#pragma once
// Each of these declares what the file named beside it is about; module.cpp is the table of contents.

#include <tessera/sdk.h>

namespace payroll {

void declare_cost_centre(tessera::Kernel&);     // entities/cost_centre.cpp
void declare_component(tessera::Kernel&);       // entities/component.cpp
void declare_structure(tessera::Kernel&);       // entities/structure.cpp
void declare_employee(tessera::Kernel&);        // entities/employee.cpp
void declare_unpaid_leave(tessera::Kernel&);    // entities/unpaid_leave.cpp
void declare_tax_table(tessera::Kernel&);       // entities/tax_table.cpp
void declare_paying_account(tessera::Kernel&);  // entities/paying_account.cpp
void declare_run(tessera::Kernel&);             // entities/run.cpp
void declare_payslip(tessera::Kernel&);         // entities/payslip.cpp
void declare_run_workflow(tessera::Kernel&);    // workflow/run_workflow.cpp
void declare_payslip_report(tessera::Kernel&);  // reports/payslip_report.cpp
void declare_register(tessera::Kernel&);        // reports/register.cpp
void declare_cost_by_centre(tessera::Kernel&);  // reports/cost_by_centre.cpp
void declare_year_to_date(tessera::Kernel&);    // reports/year_to_date.cpp
void declare_checks(tessera::Kernel&);          // checks/payroll_checks.cpp

// Pay is seen by whoever has this: payroll.read alone, which "*.read" gives to many, shows none of it.
inline constexpr const char* see_pay = "payroll.see_pay";

}  // namespace payroll
