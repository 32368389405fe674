#pragma once

#include <sales/pricing.h>

namespace sales {

class PricingService : public Pricing {
public:
    PriceAnswer find(const tessera::Snapshot& tx, const PriceQuestion& question) const override;
};

}  // namespace sales
