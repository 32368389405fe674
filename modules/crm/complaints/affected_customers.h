#pragma once
// Who else got what was complained about: from what was shipped of the product, of the same lot where one is named.

#include <crm/complaints.h>

#include <vector>

namespace crm {

struct AffectedCustomer {
    Id<Party>         party{};
    tessera::Quantity quantity{};
    std::int64_t      deliveries = 0;
    Date              last_delivery{};
    std::string       last_document{}, lot{};
};
// One for each customer but the one who complained, the largest quantity first.
std::vector<AffectedCustomer> affected_by(const std::vector<ShippedTo>& shipments, Id<Party> complaining);

}  // namespace crm
