#pragma once
// Who is written to when a party is: the contact that is named, the main contact of the day, then whoever belongs to the party, then the party itself.

#include <directory/letters.h>
#include <crm/timeline.h>

namespace crm {

struct Addressee {
    Id<Contact> contact{};        // none: the party itself
    std::string name{}, email{};
    bool        can_be_reached() const;
};
Addressee addressee_of(const Snapshot& tx, Id<Party> party, Id<Contact> contact = {});

// Refused crm.cannot_be_reached (422) when there is no e-mail address.
Addressee require_addressee(const Snapshot& tx, Id<Party> party, Id<Contact> contact = {});

// Queues the letter, which is erased with the record it is about, and puts it on the party's timeline.
void send_letter(Transaction& tx, Id<Party> party, const Addressee& addressee, const directory::Letter& letter, const tessera::Source& about, Touchpoint touchpoint);

}  // namespace crm
