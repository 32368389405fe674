#include "services/credit_pairing.h"

#include <algorithm>

namespace financials {

CreditPairing pair_credits(const std::vector<tessera::Money>& settled) {
    CreditPairing result{.rest = settled};
    std::size_t   invoice = 0;
    for (std::size_t credit = 0; credit < settled.size(); ++credit) {
        if (!settled[credit].is_negative()) continue;
        auto& left = result.rest[credit];
        while (!left.is_zero() && invoice < settled.size()) {
            auto& open = result.rest[invoice];
            if (settled[invoice].is_negative() || open.is_zero()) {
                ++invoice;
                continue;
            }
            const auto amount = std::min(open, -left);
            result.pairs.push_back({invoice, credit, amount});
            open -= amount;
            left += amount;
        }
    }
    return result;
}

}  // namespace financials
