// A goods receipt:  draft --post--> posted --reverse--> reversed
#include "declare.h"
#include "services/receiving.h"
#include "workflow/inputs.h"

namespace purchasing {

namespace receipt_workflow {

void reverse(tessera::Transaction& tx, GoodsReceipt& receipt, const Undo& undo) {
    reverse_receipt(tx, receipt, undo.date, undo.reason);
}

}  // namespace receipt_workflow

void declare_receipt_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&GoodsReceipt::state)
        .transition("post", draft, posted, needs("purchasing.receive"), explained("Puts the goods into stock"),
                    post_receipt)
        .transition("reverse", posted, reversed, needs("purchasing.receive"), destructive,
                    explained("Takes the goods out again"), receipt_workflow::reverse);
}

}  // namespace purchasing
