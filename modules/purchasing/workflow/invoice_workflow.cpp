// A vendor invoice, credit note or debit note:  draft --post--> posted --reverse--> reversed
#include "declare.h"
#include "services/invoicing.h"
#include "workflow/inputs.h"

namespace purchasing {

namespace invoice_workflow {

void reverse(tessera::Transaction& tx, VendorInvoice& invoice, const Undo& undo) {
    reverse_invoice(tx, invoice, undo.date, undo.reason);
}

}  // namespace invoice_workflow

void declare_invoice_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&VendorInvoice::state)
        .transition("post", draft, posted, needs("purchasing.invoice"),
                    explained("Books it, matches it, and holds what does not agree"), post_invoice)
        .transition("reverse", posted, reversed, needs("purchasing.invoice"), destructive,
                    explained("Undoes it while nothing of it is paid"), invoice_workflow::reverse);
}

}  // namespace purchasing
