#pragma once
// Which stage of life a customer is in: the first rule by rank whose conditions all hold. A condition on what is not known (the usual
// interval of who bought once, a chance without a fit) does not hold.
//
//     stage_of({.purchases = 6, .silent_days = 200, .usual_interval_days = 60}, rules)      // "at risk": 333 % of the usual interval

#include <crm/customer_value.h>

#include <span>

namespace crm {

struct LifecycleFacts {
    std::int64_t                purchases = 0;
    std::optional<std::int64_t> silent_days{};          // nothing without a purchase
    std::optional<std::int64_t> usual_interval_days{};  // between purchase days; nothing without a repeat
    std::optional<Percent>      alive{};
};
// The rules come in the order of their ranks; "" when none holds.
std::string stage_of(const LifecycleFacts& facts, std::span<const LifecycleRule> rules);

// What a new company begins with: prospect, lost, at risk, new, bought once, active.
std::vector<LifecycleRule> standard_lifecycle();

}  // namespace crm
