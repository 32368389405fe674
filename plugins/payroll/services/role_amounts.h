#pragma once
// What payslips mean to the ledger: for each account role, of expenses by cost centre too, an amount that is positive for a debit.
//
//     earnings        payroll.wages, debit             payroll.net_pay_payable, credit
//     deductions      payroll.net_pay_payable, debit   the role it is owed to, credit
//     contributions   payroll.contributions, debit     the role it is owed to, credit
//
// So the amounts of each payslip, and of all together, are zero in sum.

#include <payroll/run.h>

#include <map>

namespace payroll {

struct RoleOfCentre {
    std::string    role{};
    Id<CostCentre> cost_centre{};  // of expenses
    auto           operator<=>(const RoleOfCentre&) const = default;
};
using RoleAmounts = std::map<RoleOfCentre, Money>;

void add_to_roles(RoleAmounts& amounts, Id<CostCentre> centre, ComponentKind kind, OwedTo owed_to, Money amount);

// Of all payslips of a run, as they are stored.
RoleAmounts role_amounts(const tessera::Snapshot& tx, Id<Run> run);

}  // namespace payroll
