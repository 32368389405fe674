#include "entities/codes.h"

#include "formula/formula.h"

#include <tessera/text.h>

#include <algorithm>
#include <array>

namespace payroll {

namespace codes {

// A code is what reads as a name in a formula.
bool is_name(std::string_view code) {
    try {
        const auto names = Formula::parse(code).names();
        return names.size() == 1 && names.front().name == code;
    } catch (const tessera::Refused&) {
        return false;
    }
}

}  // namespace codes

bool is_fact(std::string_view name) {
    constexpr std::array<std::string_view, 5> facts = {"base", "payment_days", "period_days", "gross", "taxable"};
    return std::ranges::find(facts, name) != facts.end();
}

void require_code(std::string_view code, std::string_view what) {
    if (codes::is_name(code) && !is_fact(code)) return;
    throw tessera::Refused(
        "payroll.code_unfit",
        "To save this {}, give it a code of small letters, digits and underscores that formulas have no other use for; \"{}\" is none.",
        what, tessera::excerpt(code))
        .with_status(422)
        .with_field("code");
}

}  // namespace payroll
