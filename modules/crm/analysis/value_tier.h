#pragma once
// Which value tier a customer is in, and why: decided on values alone.
//
//     decide_tier({usd("1240")}, {.tiers = tiers})            // Gold, "an expected value of 1240.00 reaches Gold (from 1000.00)"
//
// The tier with the highest from_value that the expected value reaches; without an estimate, or where none is reached, no tier. A floor
// that is higher (its tier has a higher from_value) wins over it.

#include <crm/customer_value.h>

#include <span>

namespace crm {

struct TierDecision {
    const ValueTier* tier = nullptr;  // of those given; none
    std::string      reason{};
};
// `floor` names the tier that a contract promises, with the contract's number for the reason.
TierDecision decide_tier(std::optional<Money> expected_value, std::span<const ValueTier> tiers, Id<ValueTier> floor = {}, const std::string& contract = {});

}  // namespace crm
