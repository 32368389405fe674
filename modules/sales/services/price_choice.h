#pragma once
// Which price and which offer apply, decided on values alone: see sales/pricing.h for the rule.

#include <sales/pricing.h>

namespace sales {

enum class PriceSource { customer, customer_list, general_list, product };
constexpr auto names_of(PriceSource) { return tessera::names("customer", "customer_list", "general_list", "product"); }

struct PriceCandidate {
    PriceSource source = PriceSource::product;
    std::string name{};
    Quantity    minimum_quantity{};
    UnitPrice   price{};
    Currency    currency{};
    Date        valid_from{}, valid_to{};
};

struct OfferCandidate {
    Id<SpecialOffer> id{};
    std::string      name{};
    Percent          discount{};
    Quantity         minimum_quantity{};
    Quantity         maximum_quantity{};
    Date             valid_from{}, valid_to{};
    bool             fits = true;          // customer, territory, product and category
};

struct Verdict {
    bool        taken = false;
    std::string why{};
};

// One verdict per candidate, in their order; at most one is taken.
std::vector<Verdict> choose_price(const std::vector<PriceCandidate>& candidates, const PriceQuestion& question);
std::vector<Verdict> choose_offer(const std::vector<OfferCandidate>& candidates, const PriceQuestion& question);

}  // namespace sales
