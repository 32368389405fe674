// Numbers here are statistics.
#include "analysis/wilson.h"

#include <algorithm>
#include <cmath>

namespace crm {

double wilson_lower(std::int64_t successes, std::int64_t trials, double z) {
    if (trials <= 0) return 0;
    const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n, square = z * z;
    const double spread = z * std::sqrt(p * (1 - p) / n + square / (4 * n * n));
    return std::max(0.0, (p + square / (2 * n) - spread) / (1 + square / n));
}

}  // namespace crm
