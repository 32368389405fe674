// Allocations: what a customer has in his favour, used for invoices.

#include "entities/payment_completion.h"

#include <financials/allocation.h>

namespace financials {
namespace allocation {

using tessera::Refused;

void take_credit(const Transaction& tx, Allocation& allocation) {
    if (!allocation.credit) return;
    const auto credit   = tx.service<OpenItems>().item(tx, allocation.credit);
    allocation.party    = credit.party;
    allocation.currency = credit.currency;
    if (credit.side == ItemSide::receivable && credit.amount.is_negative()) return;
    throw Refused("financials.not_a_credit", "To allocate {}, choose a credit note or money on account of a customer: it is none.",
                  credit.document)
        .with_status(422)
        .with_field("credit");
}

void complete(Transaction& tx, Allocation& allocation) {
    if (allocation.state != AllocationState::draft) return;
    take_credit(tx, allocation);
    allocation.total = Money{0, allocation.currency};
    for (auto& line : allocation.lines) {
        line.amount = payment_completion::in_currency(line.amount, allocation.currency);
        allocation.total += line.amount;
    }
    payment_completion::check_lines(tx, allocation, ItemSide::receivable);
}

void check_removal(Transaction&, const Allocation& allocation) {
    if (allocation.state != AllocationState::draft)
        throw Refused("financials.entry_posted", "To undo allocation {}, reverse it: it is posted.", allocation.number);
}

}  // namespace allocation

void declare_allocations(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<AllocationLine>("financials.allocation_line", "Allocation line")
        .part_of(&AllocationLine::document)
        .field("item", &AllocationLine::item, required, help("The invoice that is settled"))
        .field("amount", &AllocationLine::amount, positive);

    kernel.entity<Allocation>("financials.allocation", "Allocation")
        .help("A credit note or money on account of a customer, used for invoices. No money moves.")
        .menu(Menu::documents)
        .field("number", &Allocation::number, read_only, unique, searchable)
        .field("party", &Allocation::party, read_only, label("Customer"), indexed)
        .field("date", &Allocation::date, required)
        .field("state", &Allocation::state, read_only)
        .field("credit", &Allocation::credit, required, indexed, help("The credit note or the payment on account that is used"))
        .field("memo", &Allocation::memo)
        .field("currency", &Allocation::currency, read_only)
        .field("total", &Allocation::total, read_only)
        .lines("lines", &Allocation::lines)
        .display("number")
        .editable_while(AllocationState::draft)
        .needs("financials.collect")
        .validate(allocation::complete)
        .before_remove(allocation::check_removal);
}

}  // namespace financials
