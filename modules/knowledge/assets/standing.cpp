#include "assets/standing.h"

#include <algorithm>
#include <bit>

namespace knowledge {

namespace standing {

std::int64_t by_state(AssetState state) {
    switch (state) {
        case AssetState::draft: return 900;
        case AssetState::in_review: return 1000;
        case AssetState::verified: return 1300;
        case AssetState::needs_review: return 800;
        case AssetState::retired: return 200;
    }
    return 0;
}

std::int64_t by_confidence(const StandingFacts& f) {
    if (f.state != AssetState::verified) return 0;
    return f.confidence == Confidence::high ? 50 : f.confidence == Confidence::low ? -50 : 0;
}

std::int64_t by_uses(std::int64_t uses) {
    const auto doublings = std::bit_width(static_cast<std::uint64_t>(std::max<std::int64_t>(0, uses) + 1)) - 1;
    return std::min<std::int64_t>(200, 25 * static_cast<std::int64_t>(doublings));
}

std::int64_t by_freshness(std::int64_t days) {
    if (days <= 30) return 50;
    if (days <= 180) return 25;
    if (days <= 365) return 0;
    return days <= 730 ? -50 : -100;
}

struct Counted {
    std::int64_t uses = 0, helpful = 0, unhelpful = 0;
};

}  // namespace standing

std::int64_t standing_of(const StandingFacts& f) {
    using namespace standing;
    auto sum = by_state(f.state) + by_confidence(f) + (f.best_practice ? 100 : 0);
    if (f.state != AssetState::retired) sum += by_uses(f.uses) + std::clamp<std::int64_t>(10 * (f.helpful - f.unhelpful), -150, 150) + by_freshness(f.days_old);
    return std::clamp<std::int64_t>(sum, 100, 2000);
}

std::int64_t standing_of(const Transaction& tx, const Asset& asset) {
    const auto counted = tx.row<standing::Counted>(R"sql(
        SELECT count(*), coalesce(sum(CASE WHEN helpful = 'yes' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN helpful = 'no' THEN 1 ELSE 0 END), 0)
          FROM knowledge_use WHERE asset = :asset)sql", asset.id).value_or(standing::Counted{});
    const auto fresh_on = std::max(asset.changed_on, asset.verified_on);
    return standing_of({.state         = asset.state,
                        .confidence    = asset.confidence,
                        .best_practice = asset.best_practice,
                        .uses          = counted.uses,
                        .helpful       = counted.helpful,
                        .unhelpful     = counted.unhelpful,
                        .days_old      = fresh_on.empty() ? 0 : tx.today() - fresh_on});
}

}  // namespace knowledge
