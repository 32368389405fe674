#include "services/contact_rights.h"

#include "services/party_family.h"

namespace crm {

namespace contact_rights {

bool applies(const Snapshot& tx, const ContactPolicy& policy, Id<Party> party, std::string_view kind) {
    if (!policy.kind.empty() && policy.kind != kind) return false;
    return !policy.segment ||
           tx.value<std::int64_t>("SELECT id FROM crm_segment_member WHERE segment = :segment AND party = :party AND left_on IS NULL", policy.segment, party).has_value();
}

}  // namespace contact_rights

bool ContactRightsService::has_consent(const Snapshot& tx, Id<Party> party, Id<Contact> contact, ConsentChannel channel, Date on) const {
    const auto newest = tx.first<Consent>(R"sql(
        (party = :party OR party IN (SELECT id FROM directory_party WHERE crm_merged_into = :party)) AND (contact IS NULL OR contact = :contact)
        AND channel = :channel AND date <= :day ORDER BY date DESC, id DESC LIMIT 1)sql",
                                          party, contact, channel, on);
    return newest && newest->answer == ConsentAnswer::given;
}

std::int64_t contacts_within(const Snapshot& tx, Id<Party> party, std::string_view kind, Date on, std::int64_t days) {
    std::int64_t count = 0;
    for (const auto one : family_of(tx, party))
        count += tx.value<std::int64_t>(
                       "SELECT count(id) FROM crm_touchpoint WHERE party = :party AND direction = 'outbound' AND day > :before AND day <= :day AND (:kind IS NULL OR "
                       "kind = :kind)",
                       one, on.plus_days(-static_cast<int>(days)), on, std::string(kind))
                     .value_or(0);
    return count;
}

std::string ContactRightsService::forbids(const Snapshot& tx, Id<Party> party, std::string_view kind, Id<Employee> by, Date on) const {
    for (const auto& policy : tx.select<ContactPolicy>("active = 1 ORDER BY id")) {
        if (!contact_rights::applies(tx, policy, party, kind)) continue;
        if (policy.employee && policy.employee != by) return fmt::format("by the policy {} only {} contacts {}", policy.name, tx.label_of(policy.employee), tx.label_of(party));
        if (contacts_within(tx, party, policy.kind, on, policy.in_days) >= policy.most)
            return fmt::format("by the policy {} {} is contacted at most {} times in {} days", policy.name, tx.label_of(party), policy.most, policy.in_days);
    }
    return {};
}

}  // namespace crm
