#pragma once
// Finds the prices and offers that concern a product and a customer, and lets price_choice.h decide:
//
//     tx.service<Pricing>().find(tx, {.customer = shop, .product = bicycle, .quantity = two, .on = day, .currency = usd})

#include <sales/pricing.h>

namespace sales {

class PricingService : public Pricing {
public:
    PriceAnswer find(const tessera::Snapshot& tx, const PriceQuestion& question) const override;
};

}  // namespace sales
