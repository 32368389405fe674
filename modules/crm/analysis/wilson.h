#pragma once
// How good a share is that few have been asked about: the lower end of the interval of Wilson's score. Two of two is a share of 100 %,
// and less proven than 90 of 100.
//
//     wilson_lower(90, 100)      // 0.826
//     wilson_lower(2, 2)         // 0.342
//     wilson_lower(0, 0)         // 0
//
//     (p + z²/2n − z √(p(1−p)/n + z²/4n²)) / (1 + z²/n),   p = successes / n,   z = 1.959964 for 95 %
//
// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American Statistical
// Association 22 (1927) 209-212. The numbers are statistics.

#include <cstdint>

namespace crm {

double wilson_lower(std::int64_t successes, std::int64_t trials, double z = 1.959963984540054);

}  // namespace crm
