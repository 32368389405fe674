#include <crm/timeline.h>

#include "declare.h"

namespace crm {

void declare_touchpoint(tessera::Kernel& kernel) {
    using namespace tessera;
    for (const auto& [name, title] : {std::pair{"mail", "E-mail"}, {"call", "Call"}, {"visit", "Visit"}, {"meeting", "Meeting"}, {"letter", "Letter"},
                                      {"web", "Web"}, {"note", "Note"}, {"quote", "Quotation"}, {"order", "Order"}, {"delivery", "Delivery"},
                                      {"invoice", "Invoice"}, {"payment", "Payment"}, {"complaint", "Complaint"}, {"campaign", "Campaign"}})
        kernel.contribute(TouchpointKind{name, title});

    kernel.entity<Touchpoint>("crm.touchpoint", "Touchpoint")
        .field("party", &Touchpoint::party, required, erased_with)
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
        .made_by_commands();
}

}  // namespace crm
