// Numbers here are statistics.
#include "analysis/next_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crm {

namespace next_call_days {

constexpr double days_a_week = 7;

// Known from two repeats on: one interval is no rhythm.
std::optional<int> own_interval(const BuyingPattern& customer) {
    if (customer.frequency < 2) return std::nullopt;
    return static_cast<int>(std::lround(customer.recency * days_a_week / customer.frequency));
}

std::string reason_of(std::optional<int> own, std::optional<int> half) {
    if (own && half) return fmt::format("the customer's own interval is {} days, and half a purchase is expected within {}", *own, *half);
    if (own) return fmt::format("the customer's own interval is {} days", *own);
    if (half) return fmt::format("half a purchase is expected within {} days", *half);
    return "neither the customer's own interval nor the forecast tells a day";
}

}  // namespace next_call_days

std::optional<int> day_of_half_a_purchase(const bg_nbd::Parameters& parameters, const BuyingPattern& customer, int latest) {
    const auto reached = [&](int day) { return bg_nbd::expected_purchases(parameters, customer, day / next_call_days::days_a_week) >= 0.5; };
    if (!reached(latest)) return std::nullopt;
    int before = 0, after = latest;
    while (after - before > 1) {
        const int middle = before + (after - before) / 2;
        (reached(middle) ? after : before) = middle;
    }
    return after;
}

NextCall next_call(const std::optional<bg_nbd::Parameters>& parameters, const BuyingPattern& customer, const CallWindow& window) {
    const auto own  = next_call_days::own_interval(customer);
    const auto half = parameters ? day_of_half_a_purchase(*parameters, customer, window.latest) : std::nullopt;
    const int  due  = std::min(own.value_or(window.latest), half.value_or(window.latest));
    NextCall   call{std::clamp(due, window.earliest, window.latest), next_call_days::reason_of(own, half)};
    if (call.days != due) call.reason += fmt::format("; calls come {} to {} days after a delivery", window.earliest, window.latest);
    return call;
}

}  // namespace crm
