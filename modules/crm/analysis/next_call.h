#pragma once
// On which day a customer is called about the next purchase, and why: decided on values alone. The rule and its reasons stand in
// <crm/follow_ups.h>.
//
//     next_call(fit.parameters, {.frequency = 4, .recency = 40, .age = 40}, {.earliest = 14, .latest = 180})
//         // in 61 days: "half a purchase is expected within 61 days; the customer's own interval is 70"
//
// The history ends on the day of the delivery, which is its last purchase; times are in weeks. Numbers are statistics.

#include "analysis/bg_nbd.h"

#include <optional>
#include <string>

namespace crm {

struct CallWindow {
    int earliest = 14, latest = 180;  // days
};

struct NextCall {
    int         days = 0;  // after the delivery
    std::string reason{};
};
// Without parameters the customer's own interval decides alone; without that too, the latest day.
NextCall next_call(const std::optional<bg_nbd::Parameters>& parameters, const BuyingPattern& customer, const CallWindow& window);

// The first whole day by which half a purchase is expected; nothing when it is behind `latest`.
std::optional<int> day_of_half_a_purchase(const bg_nbd::Parameters& parameters, const BuyingPattern& customer, int latest);

}  // namespace crm
