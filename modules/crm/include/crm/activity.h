#pragma once
// What somebody does with a customer: a call, a visit, a meeting, a letter, a note. It is planned for a day, and done it becomes a
// touchpoint of the party's timeline.
//
//     Activity call{.kind = "call", .subject = "Ask how the wheels run", .due_on = "2026-03-09"_date, .due_time = "10:30", .party = acme};
//     tx.insert(call);                                    planned ── done (outcome, next step) ──> done
//     tx.transition(call.id, "done");                             `─ cancel (reason) ──> cancelled
//
// An activity is with a party, a contact, or a lead that is no party yet: what was done with a lead comes on the timeline when the
// lead is converted, under the moment at which it was done.

#include <crm/opportunity.h>

namespace crm {

enum class ActivityState { planned, done, cancelled };
constexpr auto names_of(ActivityState) { return tessera::names("planned", "done", "cancelled"); }

struct Activity {                     // crm.activity
    Id<Activity>    id{};
    ActivityState   state = ActivityState::planned;
    std::string     kind = "call";    // a TouchpointKind
    std::string     subject{};
    Date            due_on{};
    std::string     due_time{};       // "09:30", or empty: at any time of the day
    Id<Employee>    owner{};          // who does it; the employee with the e-mail address of the user when left out
    Id<Party>       party{};
    Id<Contact>     contact{};
    Id<Lead>        lead{};
    Id<Opportunity> opportunity{};
    Direction       direction = Direction::outbound;
    std::string     note{};           // what is to be done
    std::string     outcome{};        // what came of it
    std::string     next_step{};
    Date            done_on{};
    Instant         done_at{};
    Id<Touchpoint>  touchpoint{};     // what it became on the timeline
};

}  // namespace crm
