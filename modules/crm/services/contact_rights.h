#pragma once
// Consents and contact policies, asked before somebody is contacted.

#include <crm/campaign.h>

namespace crm {

class ContactRightsService : public ContactRights {
public:
    bool        has_consent(const Snapshot& tx, Id<Party> party, Id<Contact> contact, ConsentChannel channel, Date on) const override;
    std::string forbids(const Snapshot& tx, Id<Party> party, std::string_view kind, Id<Employee> by, Date on) const override;
};

// Touchpoints from our side within so many days, the day itself included; of one kind or, when it is empty, of any.
std::int64_t contacts_within(const Snapshot& tx, Id<Party> party, std::string_view kind, Date on, std::int64_t days);

}  // namespace crm
