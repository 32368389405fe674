#include <crm/people.h>

#include "declare.h"

namespace crm {

using tessera::Refused;

namespace people {

// Spans of days that have one in common; the empty beginning and end have none.
constexpr auto overlap = " AND (starts_on IS NULL OR :until IS NULL OR starts_on <= :until) AND (ends_on IS NULL OR :since IS NULL OR ends_on >= :since)";

void check_relationship(Transaction& tx, Relationship& r) {
    if (!r.starts_on.empty() && !r.ends_on.empty() && r.ends_on < r.starts_on)
        throw Refused("crm.ends_before_it_begins", "To give {} a role from {}, let it end on that day or later, not on {}.", tx.label_of(r.contact), r.starts_on, r.ends_on)
            .with_status(422)
            .with_field("ends_on");
    static const std::string same = std::string("contact = :contact AND party = :party AND role = :role AND id <> :id") + overlap;
    if (tx.first<Relationship>(same, r.contact, r.party, r.role, r.id.value, r.ends_on, r.starts_on))
        throw Refused("crm.has_role_already", "To give {} the role {} at {}, end the one that holds on the same days first.", tx.label_of(r.contact), r.role, tx.label_of(r.party));
    static const std::string main = std::string("party = :party AND main_contact = 1 AND id <> :id") + overlap;
    if (const auto other = r.main_contact ? tx.first<Relationship>(main, r.party, r.id.value, r.ends_on, r.starts_on) : std::nullopt)
        throw Refused("crm.one_main_contact", "To make {} the main contact of {}, end that of {} first: there is one at a time.", tx.label_of(r.contact), tx.label_of(r.party),
                      tx.label_of(other->contact));
}

void check_told_apart(Transaction&, ToldApart& pair) {
    if (pair.party && pair.party == pair.other)
        throw Refused("crm.same_party", "To tell two parties apart, name two.").with_status(422).with_field("other");
    if (pair.other < pair.party) std::swap(pair.party, pair.other);
}

}  // namespace people

void declare_people(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Relationship>("crm.relationship", "Relationship")
        .field("contact", &Relationship::contact, required, indexed, erased_with)
        .field("party", &Relationship::party, required, indexed)
        .field("role", &Relationship::role, required, searchable, longest(100), help("What the person is there: Head of purchasing"))
        .field("starts_on", &Relationship::starts_on, help("Since ever when left out"))
        .field("ends_on", &Relationship::ends_on, help("The last day; until further notice when left out"))
        .field("main_contact", &Relationship::main_contact, help("Whom to turn to first; one at a time"))
        .field("note", &Relationship::note, multiline, personal)
        .display("role")
        .help("What a person is in an organisation, and from when to when")
        .menu(Menu::master_data)
        .validate(people::check_relationship);
    kernel.entity<ToldApart>("crm.told_apart", "Parties told apart")
        .plural("Parties told apart")
        .path("told_apart")
        .field("party", &ToldApart::party, required)
        .field("other", &ToldApart::other, required, indexed)
        .field("reason", &ToldApart::reason)
        .display("reason")
        .unique_together({"party", "other"})
        .help("Two parties that are alike and not the same: no longer proposed for merging")
        .menu(Menu::setup)
        .validate(people::check_told_apart);
}

}  // namespace crm
