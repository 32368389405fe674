#include "services/lead_conversion.h"

#include "services/activities.h"

namespace crm {

using tessera::Refused;

void Conversion::describe(tessera::Fields<Conversion>& fields) {
    using namespace tessera;
    fields.field("party", &Conversion::party, help("Who they are already; a new party is made when left out"))
        .field("new_party", &Conversion::new_party, help("Make a new party even though one looks the same"))
        .field("title", &Conversion::title, help("Of the opportunity; the lead's when left out"))
        .field("expected_close", &Conversion::expected_close);
}

namespace lead_conversion {

void refuse_when_known(const Transaction& tx, const Lead& lead, const std::string& name) {
    const auto known = tx.value<Id<Party>>(R"sql(
        SELECT id FROM directory_party
         WHERE active = 1 AND (name = :name OR email = :email OR phone = :phone OR tax_number = :tax_number) ORDER BY id LIMIT 1)sql",
                                           name, lead.email, lead.phone, lead.tax_number);
    if (known)
        throw Refused("crm.party_is_known", "To convert {}, say whether it is {}, which is there already (party), or another (new_party).", lead.title,
                      tx.label_of(*known))
            .with_field("party");
}

Id<Party> new_party(Transaction& tx, const Lead& lead) {
    const bool person = lead.company_name.empty();
    const auto party  = tx.insert(Party{.name       = person ? lead.person_name : lead.company_name,
                                        .customer   = true,
                                        .tax_number = lead.tax_number,
                                        .currency   = lead.currency,
                                        .email      = lead.email,
                                        .phone      = lead.phone,
                                        .website    = lead.website});
    if (!lead.street.empty() || !lead.city.empty() || !lead.country.empty())
        tx.insert(directory::Address{.party = party, .street = lead.street, .city = lead.city, .region = lead.region, .postal_code = lead.postal_code, .country = lead.country});
    return party;
}

Id<Party> party_for(Transaction& tx, const Lead& lead, const Conversion& conversion) {
    if (!conversion.party) {
        if (!conversion.new_party) refuse_when_known(tx, lead, lead.company_name.empty() ? lead.person_name : lead.company_name);
        return new_party(tx, lead);
    }
    auto party = tx.load(conversion.party);
    if (!party.customer) {
        party.customer = true;
        tx.save(party);
    }
    return conversion.party;
}

Id<Contact> contact_for(Transaction& tx, const Lead& lead, Id<Party> party) {
    if (lead.person_name.empty()) return {};
    const auto known = tx.value<Id<Contact>>("SELECT id FROM directory_contact WHERE party = :party AND name = :name ORDER BY id LIMIT 1", party, lead.person_name);
    return known ? *known : tx.insert(Contact{.party = party, .name = lead.person_name, .email = lead.email, .phone = lead.phone});
}

// What was done with the lead is part of the party's history, under the moment at which it was done.
void bring_activities(Transaction& tx, const Lead& lead) {
    for (auto& activity : tx.select<Activity>("lead = :lead ORDER BY id", lead.id)) {
        if (!activity.party) activity.party = lead.party;
        if (!activity.opportunity) activity.opportunity = lead.opportunity;
        if (!activity.touchpoint && activity.state == ActivityState::done) activity.touchpoint = put_on_timeline(tx, activity);
        tx.save(activity);
    }
}

}  // namespace lead_conversion

void convert_lead(Transaction& tx, Lead& lead, const Conversion& conversion) {
    using namespace lead_conversion;
    lead.party       = party_for(tx, lead, conversion);
    lead.contact     = contact_for(tx, lead, lead.party);
    lead.opportunity = tx.insert(Opportunity{.title          = conversion.title.empty() ? lead.title : conversion.title,
                                             .party          = lead.party,
                                             .contact        = lead.contact,
                                             .lead           = lead.id,
                                             .owner          = lead.owner,
                                             .pipeline       = lead.pipeline,
                                             .currency       = lead.currency,
                                             .amount         = lead.amount,
                                             .expected_close = conversion.expected_close,
                                             .source         = lead.source,
                                             .country        = lead.country,
                                             .region         = lead.region,
                                             .industry       = lead.industry});
    lead.decided_on = tx.today();
    bring_activities(tx, lead);
    tx.publish(LeadConverted{lead.id, lead.party, lead.contact, lead.opportunity});
}

}  // namespace crm
