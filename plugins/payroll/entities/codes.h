#pragma once
// Codes that formulas call something by: of a component, of a tax table.
//
//     require_code("house_rent", "component");     // accepted; "House rent", "if" and "base" are refused: payroll.code_unfit

#include <string_view>

namespace payroll {

void require_code(std::string_view code, std::string_view what);

// base, payment_days, period_days, gross, taxable
bool is_fact(std::string_view name);

}  // namespace payroll
