// A customer return:  draft --post--> posted --reverse--> reversed
#include "declare.h"
#include "services/returning.h"
#include "workflow/inputs.h"

namespace sales {

namespace return_workflow {

void reverse(tessera::Transaction& tx, CustomerReturn& document, const Undo& undo) { reverse_return(tx, document, undo.date, undo.reason); }

}  // namespace return_workflow

void declare_return_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum PostingState;
    kernel.workflow(&CustomerReturn::state)
        .transition("post", draft, posted, needs("sales.ship"), explained("Puts the goods back into stock"), post_return)
        .transition("reverse", posted, reversed, needs("sales.ship"), destructive, explained("Takes the goods out again, while they are not credited"), return_workflow::reverse);
}

}  // namespace sales
