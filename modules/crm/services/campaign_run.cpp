#include "services/campaign_run.h"

#include <tessera/text.h>

#include "services/addressee.h"
#include "services/contact_rights.h"

#include <algorithm>

namespace crm {

using tessera::Refused;

namespace campaign_run {

class Run {
public:
    Run(Transaction& tx, Campaign& campaign) : tx_(tx), campaign_(campaign), segment_(tx.load(campaign.segment)) {}

    void decide(Id<Party> id) {
        const auto party     = tx_.load(id);
        const auto addressee = addressee_of(tx_, id);
        const auto obstacle  = obstacle_to(party, addressee);
        const bool held_out  = tx_.service<Segments>().is_held_out(segment_.id, id, segment_.hold_out);
        const auto treatment = !obstacle.empty() ? Treatment::left_out : held_out ? Treatment::held_out : Treatment::sent;
        (treatment == Treatment::left_out ? campaign_.left_out : held_out ? campaign_.held_out : campaign_.sent) += 1;
        const auto recipient = tx_.insert(
            CampaignRecipient{.campaign = campaign_.id, .party = id, .contact = addressee.contact, .treatment = treatment, .reason = obstacle, .date = tx_.today()});
        if (treatment == Treatment::sent) write_to(recipient, party, addressee);
    }

private:
    std::string obstacle_to(const Party& party, const Addressee& addressee) const {
        if (!addressee.can_be_reached()) return "no e-mail address";
        auto& rights = tx_.service<ContactRights>();
        if (!rights.has_consent(tx_, party.id, addressee.contact, ConsentChannel::email, tx_.today())) return "no consent";
        if (contacts_within(tx_, party.id, "campaign", tx_.today(), campaign_.in_days) >= campaign_.most_letters) return "written to too often";
        return rights.forbids(tx_, party.id, "campaign", {}, tx_.today());
    }

    void write_to(Id<CampaignRecipient> recipient, const Party& party, const Addressee& addressee) {
        const auto& letters = tx_.service<directory::Letters>();
        const auto  letter  = letters.filled({campaign_.subject, campaign_.text}, letters.values_about(tx_, party.id, addressee.contact, tx_.today()));
        send_letter(tx_, party.id, addressee, letter, {"crm.campaign_recipient", recipient.value, 0},
                    {.kind = "campaign", .source_entity = "crm.campaign", .source_id = campaign_.id.value});
    }

    Transaction& tx_;
    Campaign&    campaign_;
    Segment      segment_;
};

}  // namespace campaign_run

const ConversionSource& conversion_of(const Snapshot& tx, const Campaign& campaign) {
    const auto& sources = tx.contributions<ConversionSource>();
    const auto  found   = std::ranges::find(sources, campaign.conversion, &ConversionSource::name);
    if (found != sources.end()) return *found;
    std::string names;
    for (const auto& source : sources) names += (names.empty() ? "" : ", ") + source.name;
    throw Refused("crm.unknown_conversion", "To measure the success of {}, use one of {}; \"{}\" is none of them.", campaign.name, names, tessera::excerpt(campaign.conversion))
        .with_status(422)
        .with_field("conversion");
}

void start_campaign(Transaction& tx, Campaign& campaign) {
    campaign.started_on = tx.today();
    tx.service<Segments>().refresh(tx, campaign.segment);
    const auto members = tx.rows<Id<Party>>("SELECT party FROM crm_segment_member WHERE segment = :segment AND left_on IS NULL ORDER BY party", campaign.segment);
    if (members.empty())
        throw Refused("crm.nobody_in_segment", "To start {}, choose a segment that somebody belongs to: nobody satisfies the rule of {} today.", campaign.name,
                      tx.label_of(campaign.segment));
    campaign_run::Run run(tx, campaign);
    for (const auto party : members) run.decide(party);
}

}  // namespace crm
