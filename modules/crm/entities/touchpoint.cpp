#include <crm/timeline.h>

#include "declare.h"
#include "services/contacts.h"
#include "services/timeline_service.h"

namespace crm {

using tessera::Refused;

namespace touchpoint_entity {

void complete(Transaction& tx, Touchpoint& touchpoint) {
    if (touchpoint.day.empty()) touchpoint.day = touchpoint.moment.empty() ? tx.today() : touchpoint.moment.date();
    if (touchpoint.moment.empty()) touchpoint.moment = touchpoint.day == tx.now().date() ? tx.now() : beginning_of(touchpoint.day);
    if (touchpoint.entered_by.empty()) touchpoint.entered_by = tx.user().name;
}

bool is_blank(const std::string& text) { return text.empty() || text.starts_with("Erased "); }

void keep_as_written(const Transaction& tx, const Touchpoint& touchpoint) {
    const auto written = tx.without(touchpoint, [&] { return tx.find(touchpoint.id); });
    if (!written) return;
    const bool same = written->party == touchpoint.party && written->contact == touchpoint.contact && written->moment == touchpoint.moment &&
                      written->kind == touchpoint.kind && written->direction == touchpoint.direction && written->source_entity == touchpoint.source_entity &&
                      written->source_id == touchpoint.source_id && (written->subject == touchpoint.subject || is_blank(touchpoint.subject)) &&
                      (written->body == touchpoint.body || is_blank(touchpoint.body));
    if (!same) throw Refused("crm.touchpoint_is_written", "To correct what the timeline says, add another entry: one that is there never changes.");
}

void check(Transaction& tx, Touchpoint& touchpoint) {
    if (touchpoint.id) return keep_as_written(tx, touchpoint);
    require_kind(tx, touchpoint.kind);
    match_contact(tx, touchpoint.party, touchpoint.contact);
    if (!touchpoint.party && !touchpoint.contact)
        throw Refused("crm.touchpoint_of_nobody", "To put something on a timeline, say with whom it was: a party or a contact.").with_status(422).with_field("party");
    complete(tx, touchpoint);
}

}  // namespace touchpoint_entity

void declare_touchpoint(tessera::Kernel& kernel) {
    using namespace tessera;
    for (const auto& [name, title] : {std::pair{"mail", "E-mail"}, {"call", "Call"}, {"visit", "Visit"}, {"meeting", "Meeting"}, {"letter", "Letter"},
                                      {"web", "Web"}, {"note", "Note"}, {"quote", "Quotation"}, {"order", "Order"}, {"delivery", "Delivery"},
                                      {"invoice", "Invoice"}, {"payment", "Payment"}, {"complaint", "Complaint"}, {"campaign", "Campaign"}})
        kernel.contribute(TouchpointKind{name, title});

    kernel.entity<Touchpoint>("crm.touchpoint", "Touchpoint")
        .field("party", &Touchpoint::party, erased_with)
        .field("contact", &Touchpoint::contact, indexed, erased_with)
        .field("day", &Touchpoint::day, required)
        .field("moment", &Touchpoint::moment, required, not_in_list)
        .field("kind", &Touchpoint::kind, required, longest(40), help("mail, call, visit, order, payment and the like"))
        .field("direction", &Touchpoint::direction, help("From them, to them, or among ourselves"))
        .field("subject", &Touchpoint::subject, required, searchable, longest(300), personal)
        .field("body", &Touchpoint::body, multiline, longest(20'000), personal)
        .field("entered_by", &Touchpoint::entered_by, not_in_list)
        .field("source_entity", &Touchpoint::source_entity, not_in_list, help("What record it is about"))
        .field("source_id", &Touchpoint::source_id, not_in_list)
        .display("subject")
        .index({"party", "moment", "id"})
        .help("What happened between a party and us: written once, never changed")
        .menu(Menu::ledgers)
        .made_by_commands()
        .validate(touchpoint_entity::check);
    kernel.entity<Pin>("crm.pin", "Pinned touchpoint")
        .path("pins")
        .field("touchpoint", &Pin::touchpoint, required, unique)
        .field("reason", &Pin::reason, help("Why everybody should see it first"))
        .display("reason")
        .help("What stays on top of a timeline")
        .menu(Menu::hidden);
}

}  // namespace crm
