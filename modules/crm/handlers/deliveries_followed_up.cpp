// After a delivery calls are planned, once it is committed: shipping waits for nothing. What was shipped so long ago that no call
// would still follow it, as when years are imported, plans none.
#include <crm/follow_ups.h>
#include <sales/events.h>

#include "declare.h"

namespace crm {

namespace deliveries_followed_up {

void follow_up(Transaction& tx, const sales::GoodsShipped& event) {
    if (tx.today() - event.date > FollowUpRule{}.latest_days) return;
    tx.service<FollowUps>().after_delivery(tx, event.customer, {"sales.shipment", event.shipment.value, 0}, event.date);
}

}  // namespace deliveries_followed_up

void declare_deliveries_followed_up(tessera::Kernel& kernel) { kernel.after(deliveries_followed_up::follow_up); }

}  // namespace crm
