// An activity:  planned --done (outcome, next step)--> done;  planned --cancel (reason)--> cancelled
#include <crm/activity.h>

#include "declare.h"
#include "services/activities.h"
#include "services/timeline_service.h"
#include "workflow/inputs.h"

namespace crm {

using tessera::Refused;

namespace activity_workflow {

void plan_next(Transaction& tx, const Activity& activity, Date on) {
    tx.insert(Activity{.kind        = activity.kind,
                       .subject     = activity.next_step,
                       .due_on      = on,
                       .owner       = activity.owner,
                       .party       = activity.party,
                       .contact     = activity.contact,
                       .lead        = activity.lead,
                       .opportunity = activity.opportunity});
}

void done(Transaction& tx, Activity& activity, const Outcome& outcome) {
    activity.done_on = outcome.date.empty() ? tx.today() : outcome.date;
    if (activity.done_on > tx.today())
        throw Refused("crm.done_in_the_future", "To call it done, give the day on which it was, not {}.", activity.done_on).with_status(422).with_field("date");
    if (!outcome.next_on.empty() && outcome.next_step.empty())
        throw Refused("crm.next_step_missing", "To plan the next step for {}, say what it is.", outcome.next_on).with_status(422).with_field("next_step");
    activity.done_at   = activity.done_on == tx.now().date() ? tx.now() : beginning_of(activity.done_on);
    activity.outcome   = outcome.outcome;
    activity.next_step = outcome.next_step;
    if (activity.party || activity.contact) activity.touchpoint = put_on_timeline(tx, activity);
    if (!outcome.next_on.empty()) plan_next(tx, activity, outcome.next_on);
}

void cancel(Transaction& tx, Activity& activity, const Because& because) {
    activity.outcome = because.reason;
    tx.because(because.reason);
}

}  // namespace activity_workflow

void declare_activity_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&Activity::state)
        .transition("done", ActivityState::planned, ActivityState::done, needs("crm.edit"), explained("Puts it on the timeline"), activity_workflow::done)
        .transition("cancel", ActivityState::planned, ActivityState::cancelled, needs("crm.edit"), destructive, activity_workflow::cancel);
}

}  // namespace crm
