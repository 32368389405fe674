// A landed cost:  draft --post--> posted --cancel--> cancelled
#include "declare.h"
#include "services/landed_costs.h"
#include "workflow/inputs.h"

namespace purchasing {

namespace landed_cost_workflow {

void cancel(tessera::Transaction& tx, LandedCost& cost, const Undo& undo) {
    cancel_landed_cost(tx, cost, undo.date, undo.reason);
}

}  // namespace landed_cost_workflow

void declare_landed_cost_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum LandedCostState;
    kernel.workflow(&LandedCost::state)
        .transition("post", draft, posted, needs("purchasing.invoice"),
                    explained("Adds the amount to the cost of the goods"), post_landed_cost)
        .transition("cancel", posted, cancelled, needs("purchasing.invoice"), destructive,
                    explained("Takes it out again"), landed_cost_workflow::cancel);
}

}  // namespace purchasing
