#pragma once
// By how much more of those who were treated did it than of those who were held out, and how sure that is. (These are statistics.)
//
//     uplift_of({.converted = 56, .of = 70}, {.converted = 48, .of = 80})       // 0.2000, from 0.0524 to 0.3339
//
// The 95 percent confidence interval of the difference of two independent proportions is Newcombe's hybrid of the two score intervals:
//
//     p = c / n, z = 1.959964,   (low, high) = (2 n p + z² ± z √(z² + 4 n p (1 − p))) / (2 (n + z²))         Wilson (1927)
//     d − √((p₁ − low₁)² + (high₂ − p₂)²)  to  d + √((high₁ − p₁)² + (p₂ − low₂)²),   d = p₁ − p₂
//
// Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions: comparison of eleven methods,
// Statistics in Medicine 17, 873–890, method 10; it holds for small groups and for proportions near 0 and 1.

#include <cmath>
#include <cstdint>

namespace crm {

struct Proportion {
    std::int64_t converted = 0, of = 0;
};
struct Interval {
    double low = 0, high = 0;
};
struct Uplift {
    bool     known = false;           // false: one of the groups is empty
    double   difference = 0;
    Interval interval{};
    bool     distinguishable() const { return known && (interval.low > 0 || interval.high < 0); }
};

inline Interval wilson_interval(Proportion proportion) {
    constexpr double z = 1.959963984540054;
    if (proportion.of == 0) return {0, 1};
    const auto n = static_cast<double>(proportion.of), p = static_cast<double>(proportion.converted) / n;
    const auto middle = 2 * n * p + z * z, half = z * std::sqrt(z * z + 4 * n * p * (1 - p)), whole = 2 * (n + z * z);
    return {(middle - half) / whole, (middle + half) / whole};
}
Uplift uplift_of(Proportion treated, Proportion held_out);

}  // namespace crm
