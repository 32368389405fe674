#include "services/activities.h"

namespace crm {

namespace activities {

std::string body_of(const Activity& activity) {
    std::string body;
    for (const auto* text : {&activity.note, &activity.outcome})
        if (!text->empty()) body += (body.empty() ? "" : "\n\n") + *text;
    if (!activity.next_step.empty()) body += (body.empty() ? "Next: " : "\n\nNext: ") + activity.next_step;
    return body;
}

}  // namespace activities

Id<Touchpoint> put_on_timeline(Transaction& tx, const Activity& activity) {
    const auto source = tx.source_of(activity);
    return tx.service<Timeline>().add(tx, {.party         = activity.party,
                                           .contact       = activity.contact,
                                           .day           = activity.done_on,
                                           .moment        = activity.done_at,
                                           .kind          = activity.kind,
                                           .direction     = activity.direction,
                                           .subject       = activity.subject,
                                           .body          = activities::body_of(activity),
                                           .source_entity = source.entity,
                                           .source_id     = source.id});
}

}  // namespace crm
