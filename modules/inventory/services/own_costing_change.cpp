#include "services/own_costing_change.h"

#include "services/stock_memory.h"

namespace inventory {

void change_costing(Transaction& tx, Id<Product> product, catalog::Costing costing, tessera::UnitPrice standard_cost) {
    tx.scratch<OwnCostingChange>().product = product;
    tx.service<catalog::ProductCosting>().change(tx, product, costing, standard_cost);
    tx.scratch<OwnCostingChange>().product = {};
    tx.scratch<StockMemory>().products.erase(product.value);
}

}  // namespace inventory
