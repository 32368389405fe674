#pragma once
// Says in words how the value of a customer came about, so that whoever reads a tier or a chance can follow it:
//
//     Bought on 5 days from 2025-01-03 to 2026-02-01, every 98 days on average. Still buys with a chance of 93.1 %; 1.24 purchases are
//     expected in 365 days, at 35.00 each: worth 38.00 over 12 months. Tier Gold: an expected value of 38.00 reaches Gold (from 30.00).
//
// What could not be estimated is said to be so, with the reason.

#include <crm/customer_value.h>

namespace crm {

struct Background {
    std::optional<std::int64_t> usual_interval_days{};
    std::int64_t                horizon_months = 12;
    std::string_view            purchases{}, spend{};  // how the fits ended
    std::string_view            tier{};                // why this tier
};
std::string explain(const CustomerValue& value, const Background& background);

}  // namespace crm
