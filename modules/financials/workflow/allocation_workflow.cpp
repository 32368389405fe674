//     draft --post--> posted --reverse--> reversed

#include "workflow/reversal.h"

#include <financials/allocation.h>

#include <algorithm>

namespace financials {
namespace allocation_workflow {

using tessera::Refused;

void check_days(const Transaction& tx, const Allocation& allocation) {
    auto&      items = tx.service<OpenItems>();
    const auto check = [&](const OpenItem& item) {
        if (item.date <= allocation.date) return;
        throw Refused("financials.settled_before", "To settle {} on {}, choose {} or later: it is of that day.", item.document,
                      allocation.date, item.date);
    };
    check(items.item(tx, allocation.credit));
    for (const auto& line : allocation.lines) check(items.item(tx, line.item));
}

void post(Transaction& tx, Allocation& allocation) {
    if (allocation.lines.empty())
        throw Refused("financials.no_lines", "To allocate {}, name the invoices that it is used for.", tx.label_of(allocation.credit));
    check_days(tx, allocation);
    allocation.number = tx.number("AL", allocation.date);
    for (const auto& line : allocation.lines)
        tx.service<OpenItems>().settle(tx, line.item, allocation.credit, line.amount, allocation.date);
}

void reverse(Transaction& tx, Allocation& allocation, const Reversal& input) {
    const auto date = tx.service<Ledger>().reversal_date(tx, allocation.date, input.date);
    tx.because(input.reason);
    for (const auto& line : allocation.lines) tx.service<OpenItems>().settle(tx, line.item, allocation.credit, -line.amount, date);
}

}  // namespace allocation_workflow

void declare_allocation_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&Allocation::state)
        .transition("post", AllocationState::draft, AllocationState::posted, needs("financials.collect"),
                    explained("Settles the invoices by the credit."), allocation_workflow::post)
        .transition("reverse", AllocationState::posted, AllocationState::reversed, needs("financials.collect"), destructive,
                    explained("The invoices and the credit are open again."), allocation_workflow::reverse);
}

}  // namespace financials
