#include "services/contacts.h"

#include <crm/people.h>

#include "services/party_family.h"

namespace crm {

void match_contact(const Snapshot& tx, Id<Party>& party, Id<Contact> contact) {
    if (!contact) return;
    const auto person = tx.find(contact);
    if (!person || !person->party) return;
    if (!party) party = person->party;
    if (party == person->party || survivor_of(tx, party) == survivor_of(tx, person->party)) return;
    if (tx.value<std::int64_t>("SELECT id FROM crm_relationship WHERE contact = :contact AND party = :party", contact, party)) return;
    throw tessera::Refused("crm.contact_of_another", "To name {} here, choose a contact of {}: {} belongs to {}.", person->name, tx.label_of(party), person->name,
                           tx.label_of(person->party))
        .with_status(422)
        .with_field("contact");
}

}  // namespace crm
