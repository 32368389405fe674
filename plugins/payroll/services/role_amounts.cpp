#include "services/role_amounts.h"

namespace payroll {

namespace role_amounts_of {

struct Sum {
    Id<CostCentre> cost_centre{};
    ComponentKind  kind    = ComponentKind::earning;
    OwedTo         owed_to = OwedTo::others;
    Money          amount{};
};

std::string liability_of(OwedTo owed_to) {
    switch (owed_to) {
        case OwedTo::tax_office: return "payroll.tax_payable";
        case OwedTo::social_security: return "payroll.social_security_payable";
        case OwedTo::others: break;
    }
    return "payroll.deductions_payable";
}

}  // namespace role_amounts_of

void add_to_roles(RoleAmounts& amounts, Id<CostCentre> centre, ComponentKind kind, OwedTo owed_to, Money amount) {
    const RoleOfCentre net{"payroll.net_pay_payable", {}}, liability{role_amounts_of::liability_of(owed_to), {}};
    switch (kind) {
        case ComponentKind::earning:
            amounts[{"payroll.wages", centre}] += amount;
            amounts[net] -= amount;
            break;
        case ComponentKind::deduction:
            amounts[net] += amount;
            amounts[liability] -= amount;
            break;
        case ComponentKind::contribution:
            amounts[{"payroll.contributions", centre}] += amount;
            amounts[liability] -= amount;
            break;
    }
}

RoleAmounts role_amounts(const tessera::Snapshot& tx, Id<Run> run) {
    RoleAmounts amounts;
    for (const auto& sum : tx.rows<role_amounts_of::Sum>(R"sql(
             SELECT p.cost_centre, l.kind, l.owed_to, sum(l.amount)
               FROM payroll_payslip_line l JOIN payroll_payslip p ON p.id = l.document
              WHERE p.run = :run
              GROUP BY p.cost_centre, l.kind, l.owed_to)sql",
                                                         run))
        add_to_roles(amounts, sum.cost_centre, sum.kind, sum.owed_to, sum.amount);
    std::erase_if(amounts, [](const auto& one) { return one.second.is_zero(); });
    return amounts;
}

}  // namespace payroll
