#pragma once
// A contact and the party it is named with belong together.

#include <crm/timeline.h>

namespace crm {

// Takes the contact's party when none is given. Refused crm.contact_of_another (422) when the contact belongs to another party, unless
// that one was merged with it or the contact has a role there (crm.relationship).
void match_contact(const Snapshot& tx, Id<Party>& party, Id<Contact> contact);

}  // namespace crm
