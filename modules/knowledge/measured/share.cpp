// Shares are statistics.
#include "measured/share.h"

#include <crm/uplift.h>

#include <cmath>

namespace knowledge {

namespace share {

tessera::Percent tenths(double share) { return tessera::Percent::raw(std::llround(share * 1000) * 100'000); }

}  // namespace share

Share share_of(std::int64_t part, std::int64_t of) {
    if (of <= 0) return {};
    const auto [low, high] = crm::wilson_interval({part, of});
    return {share::tenths(static_cast<double>(part) / static_cast<double>(of)), share::tenths(low), share::tenths(high)};
}

}  // namespace knowledge
