// A customer invoice or credit note:  draft --post--> posted --reverse--> reversed
// A milestone:                        planned --reach--> reached --(its invoice)--> invoiced
#include "declare.h"
#include "services/invoicing.h"
#include "workflow/inputs.h"

namespace sales {

namespace invoice_workflow {

void reverse(tessera::Transaction& tx, Invoice& invoice, const Undo& undo) { reverse_invoice(tx, invoice, undo.date, undo.reason); }
void reach(tessera::Transaction& tx, Milestone& milestone) { milestone.reached_on = tx.today(); }

}  // namespace invoice_workflow

void declare_invoice_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&Invoice::state)
        .transition("post", draft, posted, needs("sales.invoice"), explained("Books revenue, tax and what the customer owes"), post_invoice)
        .transition("reverse", posted, reversed, needs("sales.invoice"), destructive, explained("Undoes it while nothing of it is paid"), invoice_workflow::reverse);
    kernel.workflow(&Milestone::state)
        .transition("reach", MilestoneState::planned, MilestoneState::reached, needs("sales.edit"), explained("It may be invoiced now"), invoice_workflow::reach);
}

}  // namespace sales
