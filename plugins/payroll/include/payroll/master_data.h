#pragma once
// What payroll knows before it pays anybody: who works here since when, for how much, in which cost centre, and which components make
// up the pay.
//
//     Component   basic  earning     base                                        prorated, taxable
//                 house  earning     basic * 0.1                                 taxable
//                 wage_tax  deduction   round(tax(wage_tax, taxable * 12) / 12, 2)
//     Structure   staff: basic, house, wage_tax                                  each from a day to a day
//     Assignment  E1 has staff with a base of 3100.00 from 2026-01-01
//
// Everything that changes has days: an assignment holds until the next one begins, a line of a structure and an unpaid leave have a
// first and a last day, a tax table holds until the next one with its code begins. So a change that is entered late makes a difference
// for what has been paid already, and the next run pays that difference (see run.h).
//
// Codes of components and tax tables are words of small letters, digits and underscores: formulas call them by these.

#include <directory/records.h>
#include <financials/ledger.h>

namespace payroll {

using tessera::Date;
using tessera::Id;
using tessera::Money;
using tessera::Percent;

struct CostCentre {  // payroll.cost_centre
    Id<CostCentre>          id{};
    std::string             code{};  // "WORKS"
    std::string             name{};
    Id<financials::Account> expense_account{};  // for its wages and contributions; none: the accounts of the roles
    bool                    active = true;
};

// An earning is paid to the employee, a deduction is kept back for somebody else, a contribution is paid by us on top.
enum class ComponentKind { earning, deduction, contribution };
constexpr auto names_of(ComponentKind) { return tessera::names("earning", "deduction", "contribution"); }

// To whom a deduction or a contribution is owed: payroll.tax_payable, payroll.social_security_payable, payroll.deductions_payable.
enum class OwedTo { others, tax_office, social_security };
constexpr auto names_of(OwedTo) { return tessera::names("others", "tax_office", "social_security"); }

struct Component {  // payroll.component
    Id<Component> id{};
    std::string   code{};  // "basic"
    std::string   name{};
    ComponentKind kind = ComponentKind::earning;
    std::string   formula{};                  // an amount for a period
    std::string   condition{};                // zero while it does not hold; empty: always
    bool          taxable  = false;           // counts for `taxable`; a deduction lowers it
    bool          prorated = false;           // multiplied by payment_days / period_days
    OwedTo        owed_to  = OwedTo::others;  // of deductions and contributions
};

struct Structure;

struct StructureLine {  // payroll.structure_line
    Id<StructureLine> id{};
    Id<Structure>     document{};
    int               sequence = 0;  // 10, 20, …: reckoned in this order; after the last when left out
    Id<Component>     component{};
    Date              starts_on{}, ends_on{};  // both included; empty: always. The last day of a period decides
};

struct Structure {  // payroll.structure
    Id<Structure>              id{};
    std::string                code{};  // "staff"
    std::string                name{};
    std::vector<StructureLine> lines{};
};

struct Employee {  // payroll.employee
    Id<Employee>               id{};
    std::string                number{};  // "E1": part of the references in payment files
    std::string                name{};    // the party's when left out
    Id<directory::Party>       party{};
    Date                       hired_on{};
    Date                       left_on{};  // the last day of work; empty: works here
    Id<CostCentre>             cost_centre{};
    Id<directory::BankAccount> bank_account{};  // of the party; an IBAN, confirmed as every account we pay to
};

struct Assignment {  // payroll.assignment: holds until the employee's next one begins
    Id<Assignment> id{};
    Id<Employee>   employee{};
    Date           starts_on{};
    Id<Structure>  structure{};
    Money          base{};  // of a whole period
};

struct UnpaidLeave {  // payroll.unpaid_leave
    Id<UnpaidLeave> id{};
    Id<Employee>    employee{};
    Date            starts_on{}, ends_on{};  // both included
    std::string     reason{};
};

struct TaxTable;

struct TaxSlab {  // payroll.tax_slab
    Id<TaxSlab>          id{};
    Id<TaxTable>         document{};
    Money                from_amount{};
    Percent              rate{};
    std::optional<Money> fixed_amount{};  // the tax at from_amount, as the table prints it; none: that of the slabs below
};

struct TaxTable {  // payroll.tax_table: the newest of its code on the pay date is in force
    Id<TaxTable>         id{};
    std::string          code{};  // "wage_tax"
    std::string          name{};
    Date                 valid_from{};
    std::vector<TaxSlab> slabs{};
};

struct PayingAccount {  // payroll.paying_account: an account of ours that wages are paid from
    Id<PayingAccount> id{};
    std::string       name{};    // "Wages"
    std::string       holder{};  // the company's name when left out
    std::string       iban{};
    std::string       bic{};
};

}  // namespace payroll
