#pragma once
// The one history of a customer: every mail, call, visit, quote, delivery, invoice, payment and complaint of a party is a
// touchpoint, newest first, whichever module it comes from.
//
//     tx.service<crm::Timeline>().add(tx, {.party = order.customer, .day = order.date, .kind = "order", .direction = crm::Direction::inbound,
//                                          .subject = "Order SO-2026-00007", .source_entity = "sales.order", .source_id = order.id.value});
//
// A touchpoint is written once and never changed: what was wrong is told by another one. Only erasing a person blanks its texts.

#include <directory/records.h>

namespace crm {

using directory::Contact;
using directory::Employee;
using directory::Party;
using tessera::Currency;
using tessera::Date;
using tessera::Id;
using tessera::Instant;
using tessera::Money;
using tessera::Percent;
using tessera::Quantity;
using tessera::Snapshot;
using tessera::Transaction;

enum class Direction { inbound, outbound, internal };
constexpr auto names_of(Direction) { return tessera::names("inbound", "outbound", "internal"); }

struct Touchpoint {                   // crm.touchpoint
    Id<Touchpoint> id{};
    Id<Party>      party{};
    Id<Contact>    contact{};
    Date           day{};             // when it happened; today when left out
    Instant        moment{};          // the same to the microsecond; the beginning of the day, or now when that is today
    std::string    kind{};            // one of those declared as TouchpointKind
    Direction      direction = Direction::inbound;
    std::string    subject{};
    std::string    body{};
    std::string    entered_by{};      // the user whose command wrote it
    std::string    source_entity{};   // the record it is about: "financials.payment"
    std::int64_t   source_id = 0;
};

struct Pin {                          // crm.pin: stays on top of the timeline until it is removed
    Id<Pin>        id{};
    Id<Touchpoint> touchpoint{};
    std::string    reason{};
};

// What kinds of touchpoints there are: any module that needs this one may contribute more.
//
//     kernel.contribute(crm::TouchpointKind{"training", "Training"});
struct TouchpointKind {
    std::string name{};               // "visit", small letters
    std::string title{};              // "Visit"
};

// Documents whose journal entries come on the timeline of the customers that their lines name, under the entry's memo.
struct PostedOnTimeline {
    std::string entity{};             // "financials.payment", the source of the entry
    std::string kind{};               // "payment"
    Direction   direction = Direction::inbound;
};

class Timeline {
public:
    virtual ~Timeline() = default;
    // Adds what happened, with a party or a contact (whose party is taken); completes day, moment and user. Refused:
    // crm.unknown_kind, crm.touchpoint_of_nobody, crm.contact_of_another (422).
    virtual Id<Touchpoint> add(Transaction&, Touchpoint) const = 0;
};

}  // namespace crm
