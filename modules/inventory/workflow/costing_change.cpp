#include <inventory/documents.h>

#include "services/own_costing_change.h"
#include "services/stock_service.h"

namespace inventory {

namespace costing_change {

using catalog::Costing;
using tessera::Refused;
using tessera::UnitPrice;

void check(Transaction& tx, CostingChange& c) {
    if (c.date.empty()) c.date = tx.today();
    if (c.standard_cost && c.standard_cost->is_negative())
        throw Refused("inventory.cost_negative", "To change the costing, give a standard cost of zero or more.")
            .with_status(422)
            .with_field("standard_cost");
}

void check_possible(const CostingChange& c, const ProductFacts& product, const Holding& holding) {
    if (product.costing == c.costing)
        throw Refused("inventory.costing_unchanged",
                      "To change how {} is costed, choose another method: it is kept at {} already.", product.number,
                      c.costing == Costing::standard ? "standard cost; revalue it to change that" : "moving average");
    if (holding.quantity.is_negative())
        throw Refused("inventory.negative_on_hand",
                      "To change how {} is costed, bring in what is missing first: {} are on hand.", product.number,
                      holding.quantity);
}

// The average on hand is the standard cost that changes nothing.
UnitPrice new_standard_cost(const CostingChange& c, const ProductFacts& product, const Holding& holding) {
    if (c.standard_cost) return *c.standard_cost;
    if (holding.quantity.is_zero()) return product.standard_cost;
    return tessera::unit_price(holding.value, holding.quantity);
}

void post(Transaction& tx, CostingChange& c) {
    StockBook  book(tx);
    const auto product = book.product(c.product);
    const auto holding = book.kept(c.product).holding;
    check_possible(c, product, holding);
    c.number       = tx.number("CC", c.date);
    c.value_before = c.value_after = holding.value;

    auto standard_cost = product.standard_cost;
    if (c.costing == Costing::standard) {
        standard_cost = new_standard_cost(c, product, holding);
        c.value_after = tessera::extend(holding.quantity, standard_cost, holding.value.currency());
    }
    JournalEntry entry{.date    = c.date,
                       .journal = "inventory",
                       .memo    = fmt::format("Costing change {} of {}: {}", c.number, product.number, c.reason),
                       .source  = tx.source_of(c)};
    change_costing(tx, c.product, c.costing, standard_cost);
    revalue(tx, c.product, c.value_after - c.value_before, c.date, tx.source_of(c), entry);
    tx.service<financials::Ledger>().post(tx, entry);
}

}  // namespace costing_change

void declare_costing_change(tessera::Kernel& kernel) {
    kernel.entity<CostingChange>("inventory.costing_change", "Costing change")
        .help("Another costing method for a product with stock; what that does to its value is posted.")
        .field("number", &CostingChange::number, tessera::read_only, tessera::unique, tessera::searchable)
        .field("date", &CostingChange::date, tessera::indexed)
        .field("product", &CostingChange::product, tessera::required, tessera::indexed)
        .field("costing", &CostingChange::costing)
        .field("standard_cost", &CostingChange::standard_cost,
               tessera::help("Of the new method; what changes nothing when left empty"))
        .field("reason", &CostingChange::reason, tessera::required)
        .field("state", &CostingChange::state, tessera::read_only)
        .field("value_before", &CostingChange::value_before, tessera::read_only)
        .field("value_after", &CostingChange::value_after, tessera::read_only)
        .display("number")
        .editable_while(PostedState::draft)
        .validate(costing_change::check);

    kernel.workflow(&CostingChange::state)
        .transition("post", PostedState::draft, PostedState::posted, tessera::needs("inventory.revalue"),
                    costing_change::post);
}

}  // namespace inventory
