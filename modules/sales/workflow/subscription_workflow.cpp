// A subscription:  draft --start--> active --invoice_due--> active --(its last term is invoiced)--> ended
//                                      `----end (last day, reason)----> ended, once what is until then is invoiced
#include "services/subscribing.h"

#include <tessera/kernel.h>

#include "declare.h"
#include "workflow/inputs.h"

namespace sales {

namespace subscription_workflow {

struct LastDay {
    Date        last_day{};
    std::string reason{};
    static void describe(tessera::Fields<LastDay>& fields) {
        fields.field("last_day", &LastDay::last_day, tessera::required).field("reason", &LastDay::reason, tessera::required);
    }
};

void start(tessera::Transaction& tx, Subscription& subscription) { subscription.number = tx.number("SB", subscription.starts_on); }
void invoice_due(tessera::Transaction& tx, Subscription& subscription, const OnDay& on) { invoice_due_terms(tx, subscription, on.date); }
void end(tessera::Transaction& tx, Subscription& subscription, const LastDay& last) { end_subscription(tx, subscription, last.last_day, last.reason); }

}  // namespace subscription_workflow

void declare_subscription_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum SubscriptionState;
    kernel.workflow(&Subscription::state)
        .transition("start", draft, active, needs("sales.confirm"), explained("Gives it a number; its terms are invoiced from now on"), subscription_workflow::start)
        .transition("invoice_due", {active}, decided_by_action, needs("sales.invoice"), called("Invoice"), explained("Invoices every term that has begun"), subscription_workflow::invoice_due)
        .transition("end", {active}, decided_by_action, needs("sales.close"), explained("Sets the last day and invoices what is until then"), subscription_workflow::end);
}

}  // namespace sales
