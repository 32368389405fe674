#pragma once
// Whether things happen more rarely after something than before: two counts, each of so many chances, compared as rates of Poisson
// processes. (These are statistics.)
//
//     compare_rates({.count = 11, .of = 800}, {.count = 21, .of = 3011})
//     // ratio 1.971, with 95 percent confidence from 0.858 to 4.277, p = 0.0797
//
// Given how many happened in all, those of the first are binomial with the first's share of the chances, when the rates are equal. The
// two-sided p is the probability of all counts that are no likelier than the one that came; the interval is Clopper and Pearson's for that share,
// turned into a ratio of rates. Exact for counts however small.
//
// Sources: J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31 (1940) 313-323;
// C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934)
// 404-413. R's poisson.test gives the same.

#include <cstdint>
#include <optional>

namespace knowledge {

struct Counted {
    std::int64_t count = 0, of = 0;
};
struct RateComparison {
    double                p = 1;                          // of a difference at least as unlikely, when there is none
    std::optional<double> ratio{};                        // first by second; nothing when nothing happened in the second
    std::optional<double> low{}, high{};                  // high nothing: without limit
    // Test and interval can differ by a hair; only what both say is said.
    bool distinguishable() const { return p < 0.05 && ((low && *low > 1) || (high && *high < 1)); }
};
// Nothing can be said without chances, or when nothing happened at all: nothing then.
std::optional<RateComparison> compare_rates(Counted first, Counted second);

}  // namespace knowledge
