#include <inventory/documents.h>

#include "services/own_costing_change.h"
#include "services/stock_service.h"

namespace inventory {

namespace revaluation {

using catalog::Costing;
using tessera::Refused;

void check(Transaction& tx, Revaluation& r) {
    if (r.date.empty()) r.date = tx.today();
    if (r.new_unit_cost.has_value() == r.amount.has_value())
        throw Refused("inventory.revaluation_unclear",
                      "To revalue a product, give either its new unit cost or an amount.")
            .with_status(422)
            .with_field("new_unit_cost");
    if (r.new_unit_cost && r.new_unit_cost->is_negative())
        throw Refused("inventory.cost_negative", "To revalue a product, give a unit cost of zero or more.")
            .with_status(422)
            .with_field("new_unit_cost");
}

Money wanted_value(const Revaluation& r, const Holding& holding) {
    if (r.amount) return holding.value + *r.amount;
    return tessera::extend(holding.quantity, *r.new_unit_cost, holding.value.currency());
}

void check_possible(const Revaluation& r, const ProductFacts& product, const Holding& holding) {
    const bool standard = product.costing == Costing::standard;
    if (standard && r.amount)
        throw Refused("inventory.standard_needs_unit_cost",
                      "To revalue {}, give its new unit cost: it is kept at standard cost.", product.number)
            .with_field("new_unit_cost");
    if (!standard && holding.quantity <= Quantity{})
        throw Refused("inventory.nothing_to_revalue", "To revalue {}, bring some in first: none is on hand.",
                      product.number);
    if (wanted_value(r, holding).is_negative() && !holding.quantity.is_negative())
        throw Refused("inventory.value_below_zero", "To revalue {}, take off at most {}: that is what it is worth.",
                      product.number, holding.value)
            .with_field("amount");
}

void post(Transaction& tx, Revaluation& r) {
    StockBook  book(tx);
    const auto product = book.product(r.product);
    const auto holding = book.kept(r.product).holding;
    check_possible(r, product, holding);
    r.number       = tx.number("RV", r.date);
    r.quantity     = holding.quantity;
    r.value_before = holding.value;
    r.value_after  = wanted_value(r, holding);

    JournalEntry entry{.date    = r.date,
                       .journal = "inventory",
                       .memo    = fmt::format("Revaluation {} of {}: {}", r.number, product.number, r.reason),
                       .source  = tx.source_of(r)};
    if (product.costing == Costing::standard) change_costing(tx, r.product, Costing::standard, *r.new_unit_cost);
    revalue(tx, r.product, r.value_after - r.value_before, r.date, tx.source_of(r), entry);
    tx.service<financials::Ledger>().post(tx, entry);
}

}  // namespace revaluation

void declare_revaluation(tessera::Kernel& kernel) {
    kernel.entity<Revaluation>("inventory.revaluation", "Revaluation")
        .help("Changes what a product on hand is worth; for a product at standard cost, its standard cost.")
        .field("number", &Revaluation::number, tessera::read_only, tessera::unique, tessera::searchable)
        .field("date", &Revaluation::date, tessera::indexed)
        .field("product", &Revaluation::product, tessera::required, tessera::indexed)
        .field("new_unit_cost", &Revaluation::new_unit_cost)
        .field("amount", &Revaluation::amount,
               tessera::help("What to add, or to take off when negative, instead of a unit cost"))
        .field("reason", &Revaluation::reason, tessera::required)
        .field("state", &Revaluation::state, tessera::read_only)
        .field("quantity", &Revaluation::quantity, tessera::read_only)
        .field("value_before", &Revaluation::value_before, tessera::read_only)
        .field("value_after", &Revaluation::value_after, tessera::read_only)
        .display("number")
        .editable_while(PostedState::draft)
        .validate(revaluation::check);

    kernel.workflow(&Revaluation::state)
        .transition("post", PostedState::draft, PostedState::posted, tessera::needs("inventory.revalue"),
                    revaluation::post);
}

}  // namespace inventory
