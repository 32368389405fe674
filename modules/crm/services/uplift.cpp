// Differences of rates are statistics.
#include <crm/uplift.h>

#include <cmath>

namespace crm {

namespace uplift {

constexpr double z = 1.959963984540054;

double rate(Proportion p) { return static_cast<double>(p.converted) / static_cast<double>(p.of); }

}  // namespace uplift

Interval wilson_interval(Proportion proportion) {
    using uplift::z;
    if (proportion.of == 0) return {0, 1};
    const auto n = static_cast<double>(proportion.of), p = uplift::rate(proportion);
    const auto middle = 2 * n * p + z * z, half = z * std::sqrt(z * z + 4 * n * p * (1 - p)), whole = 2 * (n + z * z);
    return {(middle - half) / whole, (middle + half) / whole};
}

Uplift uplift_of(Proportion treated, Proportion held_out) {
    if (treated.of == 0 || held_out.of == 0) return {};
    const auto first = uplift::rate(treated), second = uplift::rate(held_out);
    const auto a = wilson_interval(treated), b = wilson_interval(held_out);
    const auto difference = first - second;
    return {true, difference, {difference - std::hypot(first - a.low, b.high - second), difference + std::hypot(a.high - first, second - b.low)}};
}

}  // namespace crm
