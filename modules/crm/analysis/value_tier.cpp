#include "analysis/value_tier.h"

#include <algorithm>

namespace crm {

TierDecision decide_tier(std::optional<Money> expected_value, std::span<const ValueTier> tiers, Id<ValueTier> floor, const std::string& contract) {
    TierDecision decision;
    for (const auto& tier : tiers)
        if (expected_value && tier.from_value <= *expected_value && (!decision.tier || decision.tier->from_value < tier.from_value)) decision.tier = &tier;
    if (decision.tier)
        decision.reason = fmt::format("an expected value of {} reaches {} (from {})", *expected_value, decision.tier->name, decision.tier->from_value);
    else
        decision.reason = expected_value ? fmt::format("an expected value of {} reaches no tier", *expected_value) : "there is no expected value";
    const auto promised = std::ranges::find_if(tiers, [&](const ValueTier& tier) { return floor && tier.id == floor; });
    if (promised == tiers.end() || (decision.tier && decision.tier->from_value >= promised->from_value)) return decision;
    return {&*promised, fmt::format("contract {} promises {}; without it, {}", contract, promised->name, decision.reason)};
}

}  // namespace crm
