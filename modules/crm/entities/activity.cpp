#include <crm/activity.h>
#include <crm/campaign.h>
#include <crm/lead.h>

#include "declare.h"
#include "services/contacts.h"
#include "services/timeline_service.h"

namespace crm {

using tessera::Refused;

namespace activity_entity {

bool is_time(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    return text.size() == 5 && digit(0) && digit(1) && text[2] == ':' && digit(3) && digit(4) && text.substr(0, 2) < "24" && text[3] < '6';
}

void take_from_opportunity(const Transaction& tx, Activity& activity) {
    if (!activity.opportunity || activity.party) return;
    if (const auto opportunity = tx.find(activity.opportunity)) activity.party = opportunity->party;
}

// Whoever sets policies may go beyond them.
void respect_policies(const Transaction& tx, const Activity& activity) {
    if (activity.direction != Direction::outbound || !activity.party || activity.kind == "note" || tx.user().may("crm.manage")) return;
    if (const auto why = tx.service<ContactRights>().forbids(tx, activity.party, activity.kind, activity.owner, activity.due_on); !why.empty())
        throw Refused("crm.contact_policy", "To plan this for {}, choose another day or another way, or ask who sets the policies: {}.", activity.due_on, why).with_field("due_on");
}

void check(Transaction& tx, Activity& activity) {
    if (activity.state != ActivityState::planned) return;
    require_kind(tx, activity.kind);
    take_from_opportunity(tx, activity);
    match_contact(tx, activity.party, activity.contact);
    if (!activity.party && !activity.contact && !activity.lead)
        throw Refused("crm.activity_with_nobody", "To plan this, say with whom: a party, a contact or a lead.").with_status(422).with_field("party");
    if (!activity.due_time.empty() && !is_time(activity.due_time))
        throw Refused("crm.malformed_time", "To give the time of day, write hours and minutes like 09:30.").with_status(422).with_field("due_time");
    if (activity.due_on.empty()) activity.due_on = tx.today();
    if (!activity.owner) activity.owner = tx.service<directory::Staff>().acting(tx);
    if (!activity.id) respect_policies(tx, activity);
}

}  // namespace activity_entity

void declare_activity(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Activity>("crm.activity", "Activity")
        .plural("Activities")
        .field("state", &Activity::state, read_only)
        .field("kind", &Activity::kind, required, longest(40), help("call, visit, meeting, mail, letter, note …"))
        .field("subject", &Activity::subject, required, searchable, longest(300), personal)
        .field("due_on", &Activity::due_on, help("Today when left out"))
        .field("due_time", &Activity::due_time, label("At"), help("Hours and minutes like 09:30; empty: at any time of the day"))
        .field("owner", &Activity::owner, help("Who does it; the employee with your e-mail address when left out"))
        .field("party", &Activity::party, indexed, erased_with)
        .field("contact", &Activity::contact, indexed, erased_with)
        .field("lead", &Activity::lead, indexed, not_in_list, erased_with)
        .field("opportunity", &Activity::opportunity, indexed, not_in_list)
        .field("direction", &Activity::direction, not_in_list)
        .field("note", &Activity::note, multiline, personal, help("What is to be done"))
        .field("outcome", &Activity::outcome, multiline, read_only, personal)
        .field("next_step", &Activity::next_step, not_in_list, read_only, personal)
        .field("done_on", &Activity::done_on, read_only)
        .field("done_at", &Activity::done_at, read_only, not_in_list)
        .field("touchpoint", &Activity::touchpoint, read_only, not_in_list, help("What it became on the timeline"))
        .display("subject")
        .index({"owner", "state", "due_on"})
        .index({"state", "due_on"})
        .help("A call, visit, meeting, letter or note: planned, then done, which puts it on the timeline")
        .menu(Menu::documents)
        .editable_while(ActivityState::planned)
        .validate(activity_entity::check);
}

}  // namespace crm
