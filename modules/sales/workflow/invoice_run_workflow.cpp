// An invoice run:  draft --post--> posted
#include "services/invoice_run.h"

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

void declare_invoice_run_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&InvoiceRun::state)
        .transition("post", RunState::draft, RunState::posted, needs("sales.invoice"), explained("Makes and posts one invoice for each order"), post_invoice_run);
}

}  // namespace sales
