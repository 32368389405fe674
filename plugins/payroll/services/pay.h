#pragma once
// What an employee is due for a period: a pure calculation from what is known about the employee and the set-up.
//
//     const auto pay = pay_of(set_up, employed, {from, to}, pay_date, usd);
//     pay->lines        // basic 1900.00, wage_tax 190.00
//
// Components are calculated in the order of the structure. Each is rounded to the decimals of the books, halves away from zero, after it
// has been prorated: this is the only rounding but for round() in a formula. Later formulas see the rounded amounts, `gross` the
// earnings and `taxable` what is taxed of the components before. Zero amounts make no line.
//
// Refused, with the names of employee and component: payroll.division_by_zero, payroll.amount_too_large, payroll.no_tax_table;
// payroll.no_assignment.

#include "services/pay_days.h"
#include "services/set_up.h"

namespace payroll {

struct DueLine {
    Id<Component> component{};
    Money         amount{};
};

struct Pay {
    PayDays              days{};
    Money                base{}, taxable{};
    std::vector<DueLine> lines{};
};

// Nothing when the employee works on no day of the period.
std::optional<Pay> pay_of(const SetUp& set_up, const Employed& employed, const Period& period, Date pay_date, tessera::Currency currency);

}  // namespace payroll
