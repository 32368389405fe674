// Rates and their differences are statistics.
#include "measured/poisson_rates.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>

#include <algorithm>

namespace knowledge {

namespace poisson_rates {

using Binomial = boost::math::binomial_distribution<double>;
using Beta     = boost::math::beta_distribution<double>;

// Counts as likely as the observed one count in full, however their last digits are rounded.
double two_sided(const Binomial& binomial, std::int64_t observed, std::int64_t all) {
    const auto limit = boost::math::pdf(binomial, static_cast<double>(observed)) * (1 + 1e-7);
    double     p     = 0;
    for (std::int64_t k = 0; k <= all; ++k)
        if (const auto chance = boost::math::pdf(binomial, static_cast<double>(k)); chance <= limit) p += chance;
    return std::min(p, 1.0);
}

}  // namespace poisson_rates

std::optional<RateComparison> compare_rates(Counted first, Counted second) {
    const auto all = first.count + second.count;
    if (first.of <= 0 || second.of <= 0 || all == 0) return {};
    constexpr double tail = 0.025;
    const auto       one = static_cast<double>(first.count), other = static_cast<double>(second.count);
    const auto       chances = static_cast<double>(second.of) / static_cast<double>(first.of);
    RateComparison   found;
    found.p = poisson_rates::two_sided(poisson_rates::Binomial(static_cast<double>(all), 1 / (1 + chances)), first.count, all);
    const auto ratio_of = [&](double share) { return share / (1 - share) * chances; };
    if (second.count > 0) found.ratio = one / other * chances;
    found.low = first.count == 0 ? 0.0 : ratio_of(boost::math::quantile(poisson_rates::Beta(one, other + 1), tail));
    if (second.count > 0) found.high = ratio_of(boost::math::quantile(boost::math::complement(poisson_rates::Beta(one + 1, other), tail)));
    return found;
}

}  // namespace knowledge
