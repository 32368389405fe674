#include <crm/customer_value.h>

#include "customer_base/declare.h"

namespace crm {

namespace value_tiers {

class Tiers : public ValueTiers {
public:
    std::optional<ValueTier> of(const Snapshot& tx, Id<Party> party, Date day) const override {
        auto tier = tx.first<ValueTier>("id = (SELECT tier FROM crm_customer_value WHERE party = :party)", party);
        auto promised = tx.first<ValueTier>(R"sql(
            id IN (SELECT tier FROM crm_tier_floor WHERE party = :party AND valid_from <= :day AND (valid_to IS NULL OR valid_to >= :day))
            ORDER BY from_value DESC LIMIT 1)sql", party, day);
        return promised && (!tier || tier->from_value < promised->from_value) ? promised : tier;
    }
};

}  // namespace value_tiers

void declare_value_tiers(tessera::Kernel& kernel) { kernel.provide<ValueTiers>(std::make_shared<value_tiers::Tiers>()); }

}  // namespace crm
