#pragma once
// Reads the text of a formula into steps: recursive descent, one function for each strength of binding.
//
//     parse_steps("a + 2 * b", false)     // a, 2, b, multiply, add

#include "formula/formula.h"

namespace payroll {

std::vector<Formula::Step> parse_steps(std::string_view text, bool wants_condition);

}  // namespace payroll
