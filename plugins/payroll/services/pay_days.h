#pragma once
// Which days of a period an employee is paid for, and what the base pay is then.
//
//     January, hired on the 11th, unpaid leave on the 20th and 21st, a base of 3100.00:
//     pay_days_of(…)       31 days in the period, 21 employed, 19 paid; base 3100.00
//
// Where the base changes within the period, it is weighted by the days paid on each: 3000 on ten days and 3300 on twenty make 3200.

#include "formula/number.h"

#include <payroll/master_data.h>

namespace payroll {

struct Period {
    Date from{}, to{};  // both included
    int  days() const { return to - from + 1; }
};

struct Employed {
    Employee                 employee{};
    std::vector<Assignment>  assignments{};  // in the order of their days
    std::vector<UnpaidLeave> leaves{};       // none shares a day with another
};

struct PayDays {
    int           period   = 0;
    int           employed = 0;
    int           paid     = 0;
    Number        base{};
    Id<Structure> structure{};  // of the last day employed
};

// Nothing when the employee works on no day of the period. Refused "payroll.no_assignment" when no pay is known on a day employed.
std::optional<PayDays> pay_days_of(const Employed& employed, const Period& period);

}  // namespace payroll
