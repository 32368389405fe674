// A match hold:  held --release (reason)--> released;  held --> cleared, by itself, when its cause is gone
#include <purchasing/events.h>

#include "declare.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "workflow/inputs.h"

namespace purchasing {

using tessera::Transaction;

namespace hold_workflow {

void release(Transaction& tx, MatchHold& hold, const Because& because) {
    hold.released_by    = tx.user().name;
    hold.release_reason = because.reason;
    hold.ended_on       = tx.today();
    tx.because(because.reason);
    tx.save(hold);
    record(tx, hold, hold.ended_on);
    refresh_held(tx, hold.invoice);
    if (hold.purchase_order) {
        auto order = tx.load(hold.purchase_order);
        follow_quantities(tx, order);
        tx.save(order);
    }
    tx.publish(HoldReleased{hold.id, hold.invoice});
}

}  // namespace hold_workflow

void declare_hold_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&MatchHold::state)
        .transition("release", HoldState::held, HoldState::released, needs("purchasing.release_holds"),
                    explained("Lets the amount be paid all the same"), hold_workflow::release);
}

}  // namespace purchasing
