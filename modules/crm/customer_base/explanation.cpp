#include "customer_base/explanation.h"

namespace crm {

namespace explanation {

std::string facts_of(const CustomerValue& value, const Background& background) {
    if (value.purchases == 0) return "Has not bought yet.";
    if (value.purchases == 1) return fmt::format("Bought once, on {}.", value.first_purchase);
    return fmt::format("Bought on {} days from {} to {}, every {} days on average.", value.purchases, value.first_purchase, value.last_purchase,
                       background.usual_interval_days.value_or(0));
}

std::string estimates_of(const CustomerValue& value, const Background& background) {
    if (value.purchases == 0) return {};
    if (!value.alive || !value.next_365_days) return fmt::format(" No forecast of purchases: {}.", background.purchases);
    auto text = fmt::format(" Still buys with a chance of {} %; {} purchases are expected in 365 days", *value.alive, *value.next_365_days);
    if (!value.expected_spend || !value.expected_value) return text + fmt::format(". No forecast of their amounts: {}.", background.spend);
    return text + fmt::format(", at {} each: worth {} over {} months.", *value.expected_spend, *value.expected_value, background.horizon_months);
}

}  // namespace explanation

std::string explain(const CustomerValue& value, const Background& background) {
    auto text = explanation::facts_of(value, background) + explanation::estimates_of(value, background);
    if (value.tier || value.expected_value) text += fmt::format(" Tier: {}.", background.tier);
    return text;
}

}  // namespace crm
