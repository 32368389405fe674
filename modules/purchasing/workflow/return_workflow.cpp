// A supplier return:  draft --post--> posted --reverse--> reversed
// From a posted one, "create_debit_note" posts the debit note over what was returned and had been invoiced.
#include "declare.h"
#include "services/returning.h"
#include "workflow/inputs.h"

namespace purchasing {

namespace return_workflow {

void reverse(tessera::Transaction& tx, SupplierReturn& document, const Undo& undo) {
    reverse_return(tx, document, undo.date, undo.reason);
}

void create_debit_note(tessera::Transaction& tx, SupplierReturn& document, const OnDay& on) {
    const auto note = tx.insert(debit_note_for(tx, document, on.date));
    tx.transition(note, "post");
}

}  // namespace return_workflow

void declare_return_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&SupplierReturn::state)
        .transition("post", draft, posted, needs("purchasing.receive"), explained("Takes the goods out of stock"),
                    post_return)
        .transition("create_debit_note", {posted}, decided_by_action, needs("purchasing.invoice"),
                    explained("Posts a debit note over what was returned and had been invoiced"),
                    return_workflow::create_debit_note)
        .transition("reverse", posted, reversed, needs("purchasing.receive"), destructive,
                    explained("Puts the goods back"), return_workflow::reverse);
}

}  // namespace purchasing
