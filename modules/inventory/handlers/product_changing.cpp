#include "services/own_costing_change.h"
#include "services/stock_book.h"

namespace inventory {

namespace product_changing {

using tessera::Refused;

bool ever_moved(const Snapshot& tx, Id<Product> product) {
    return tx.value<std::int64_t>("SELECT id FROM inventory_quantity_entry WHERE product = :product LIMIT 1", product)
        .has_value();
}

// What stands in the stock ledger is counted and valued as the product was: a change that would reread it is refused.
void guard_stock(Transaction& tx, const catalog::ProductChanging& change) {
    if (tx.scratch<OwnCostingChange>().product == change.product) return;
    if (change.unit && ever_moved(tx, change.product))
        throw Refused("inventory.unit_in_use",
                      "To count {} in another unit, make a new product: its stock ledger counts in this one.",
                      change.number)
            .with_field("unit");
    const auto on_hand = kept_of(tx, change.product).holding.quantity;
    if (on_hand.is_zero()) return;
    if (change.stocked)
        throw Refused("inventory.stock_on_hand", "To keep no stock of {}, take it out first: {} are on hand.",
                      change.number, on_hand)
            .with_field("stocked");
    if (change.costing)
        throw Refused("inventory.costing_needs_posting",
                      "To change how {} is costed, post a costing change: {} are on hand.", change.number, on_hand)
            .with_field("costing");
    if (change.standard_cost && StockBook(tx).product(change.product).costing == catalog::Costing::standard)
        throw Refused("inventory.standard_cost_needs_posting",
                      "To change the standard cost of {}, post a revaluation: {} are on hand.", change.number, on_hand)
            .with_field("standard_cost");
}

}  // namespace product_changing

void declare_product_changing(tessera::Kernel& kernel) { kernel.on(product_changing::guard_stock); }

}  // namespace inventory
