#pragma once
// Set while a document of this module changes how a product is costed, after posting what that does to the stock.

#include <inventory/stock.h>

namespace inventory {

struct OwnCostingChange {
    Id<Product> product{};
};

// Writes the product and forgets what the command knew of it.
void change_costing(Transaction& tx, Id<Product> product, catalog::Costing costing, tessera::UnitPrice standard_cost);

}  // namespace inventory
