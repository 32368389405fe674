// Differences of rates are statistics.
#include <crm/uplift.h>

#include <cmath>

namespace crm {

namespace uplift {

double rate(Proportion p) { return static_cast<double>(p.converted) / static_cast<double>(p.of); }

}  // namespace uplift

Uplift uplift_of(Proportion treated, Proportion held_out) {
    if (treated.of == 0 || held_out.of == 0) return {};
    const auto first = uplift::rate(treated), second = uplift::rate(held_out);
    const auto a = wilson_interval(treated), b = wilson_interval(held_out);
    const auto difference = first - second;
    return {true, difference, {difference - std::hypot(first - a.low, b.high - second), difference + std::hypot(a.high - first, second - b.low)}};
}

}  // namespace crm
