#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

using tessera::Transaction;

namespace landed_cost_entity {

void check(Transaction& tx, LandedCost& cost) {
    if (cost.state != LandedCostState::draft) return;
    if (cost.date.empty()) cost.date = tx.today();
    if (cost.invoice_line && cost.amount.is_zero())
        cost.amount =
            tx.value<Money>("SELECT amount FROM purchasing_vendor_invoice_line WHERE id = :line", cost.invoice_line)
                .value_or(tx.books().zero());
}

}  // namespace landed_cost_entity

void declare_landed_cost(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<LandedCostLine>("purchasing.landed_cost_line", "Landed cost line")
        .part_of(&LandedCostLine::document)
        .field("receipt_line", &LandedCostLine::receipt_line, required, indexed)
        .field("amount", &LandedCostLine::amount, read_only, help("Its share"));
    kernel.entity<LandedCost>("purchasing.landed_cost", "Landed cost")
        .needs("purchasing.invoice")
        .plural("Landed costs")
        .field("number", &LandedCost::number, read_only, unique, searchable, help("Given when it is posted"))
        .field("date", &LandedCost::date)
        .field("invoice_line", &LandedCost::invoice_line, indexed,
               help("The freight or charge it distributes; without one it is a plan awaiting its invoice"))
        .field("description", &LandedCost::description)
        .field("amount", &LandedCost::amount, required, help("In the books' currency; the charge's own when left out"))
        .field("allocated_by", &LandedCost::allocated_by)
        .field("state", &LandedCost::state, read_only)
        .lines("lines", &LandedCost::lines)
        .display("number")
        .help("Freight, duty and the like that become part of what received goods cost")
        .editable_while(LandedCostState::draft)
        .validate(landed_cost_entity::check);
}

}  // namespace purchasing
