#include <crm/campaign.h>

#include "declare.h"
#include "services/campaign_run.h"
#include "services/contacts.h"
#include "services/timeline_service.h"

namespace crm {

using tessera::Refused;

namespace campaign_entity {

void take_words(const Transaction& tx, Campaign& campaign) {
    const auto& letters = tx.service<directory::Letters>();
    if (campaign.letter && (campaign.subject.empty() || campaign.text.empty())) {
        const auto words = letters.words_of(tx, campaign.letter, campaign_purpose);
        if (campaign.subject.empty()) campaign.subject = words.subject;
        if (campaign.text.empty()) campaign.text = words.text;
    }
    letters.check(tx, campaign_purpose, {campaign.subject, campaign.text});
}

void check(Transaction& tx, Campaign& campaign) {
    if (campaign.state != CampaignState::draft) return;
    take_words(tx, campaign);
    conversion_of(tx, campaign);
    for (const auto& [value, field] : {std::pair{campaign.most_letters, "most_letters"}, {campaign.in_days, "in_days"}, {campaign.conversion_days, "conversion_days"}})
        if (value < 1 || value > 3650)
            throw Refused("crm.days_out_of_range", "To set {} of {}, use 1 to 3650, not {}.", field, campaign.name, value).with_status(422).with_field(field);
}

void check_consent(Transaction& tx, Consent& consent) {
    if (consent.date.empty()) consent.date = tx.today();
    if (consent.date > tx.today())
        throw Refused("crm.consent_in_the_future", "To keep a consent, give the day on which it was given, not {}.", consent.date).with_status(422).with_field("date");
    if (consent.entered_by.empty()) consent.entered_by = tx.user().name;
    match_contact(tx, consent.party, consent.contact);
    if (!consent.id) return;
    const auto written = tx.without(consent, [&] { return tx.find(consent.id); });
    if (written && (written->party != consent.party || written->contact != consent.contact || written->channel != consent.channel || written->answer != consent.answer ||
                    written->date != consent.date))
        throw Refused("crm.consent_is_evidence", "To change what {} has agreed to, enter the new answer: the old one stays as evidence.", tx.label_of(consent.party));
}

void check_policy(Transaction& tx, ContactPolicy& policy) {
    if (!policy.kind.empty()) require_kind(tx, policy.kind);
    if (policy.most < 0 || policy.in_days < 1 || policy.in_days > 3650)
        throw Refused("crm.days_out_of_range", "To limit contacts by {}, use 0 or more in 1 to 3650 days.", policy.name).with_status(422).with_field("in_days");
}

void declare_rights(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Consent>("crm.consent", "Consent")
        .field("party", &Consent::party, required, indexed, erased_with)
        .field("contact", &Consent::contact, indexed, erased_with, help("Of one person; of all of the party when left out"))
        .field("channel", &Consent::channel)
        .field("answer", &Consent::answer)
        .field("date", &Consent::date, help("Today when left out"))
        .field("source", &Consent::source, required, longest(300), personal, help("How we know: Web form, Letter of 2 May"))
        .field("entered_by", &Consent::entered_by, read_only)
        .display("channel")
        .help("Whether somebody may be contacted in a way; the newest answer holds, the older ones stay as evidence")
        .menu(Menu::master_data)
        .not_deletable()
        .validate(check_consent);
    kernel.entity<ContactPolicy>("crm.contact_policy", "Contact policy")
        .plural("Contact policies")
        .field("name", &ContactPolicy::name, required, unique, longest(100))
        .field("kind", &ContactPolicy::kind, longest(40), help("call, visit, mail, campaign …; any when left out"))
        .field("segment", &ContactPolicy::segment, indexed, help("Whom it protects; all parties when left out"))
        .field("employee", &ContactPolicy::employee, help("Who alone may contact them; anybody when left out"))
        .field("most", &ContactPolicy::most, help("So many contacts from our side …"))
        .field("in_days", &ContactPolicy::in_days, help("… within so many days"))
        .field("active", &ContactPolicy::active)
        .help("Who may contact whom, and how often")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(check_policy);
}

}  // namespace campaign_entity

void declare_campaign(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.contribute(directory::LetterPurpose{std::string(campaign_purpose), "Campaign", {}});
    campaign_entity::declare_rights(kernel);
    kernel.entity<Campaign>("crm.campaign", "Campaign")
        .field("state", &Campaign::state, read_only)
        .field("name", &Campaign::name, required, unique, searchable, longest(100))
        .field("segment", &Campaign::segment, required, indexed)
        .field("letter", &Campaign::letter, not_in_list, help("A letter template for crm.campaign, whose words are taken where none are given"))
        .field("subject", &Campaign::subject, required, longest(200), help("May contain {{party.name}}, {{party.number}}, {{contact.name}}, {{company.name}}, {{today}}"))
        .field("text", &Campaign::text, required, multiline, longest(20'000), help("The letter, with the same fields"))
        .field("most_letters", &Campaign::most_letters, not_in_list, help("So many campaign letters a party gets …"))
        .field("in_days", &Campaign::in_days, not_in_list, help("… within so many days"))
        .field("conversion", &Campaign::conversion, not_in_list, help("What counts as success: opportunity_won, purchase …"))
        .field("conversion_days", &Campaign::conversion_days, not_in_list, help("Within so many days from the start"))
        .field("started_on", &Campaign::started_on, read_only)
        .field("sent", &Campaign::sent, read_only)
        .field("held_out", &Campaign::held_out, read_only)
        .field("left_out", &Campaign::left_out, read_only)
        .help("A letter to those of a segment who have agreed to it, compared with those who are held out")
        .menu(Menu::documents)
        .needs("crm.manage")
        .editable_while(CampaignState::draft)
        .validate(campaign_entity::check);
    kernel.entity<CampaignRecipient>("crm.campaign_recipient", "Campaign recipient")
        .field("campaign", &CampaignRecipient::campaign, required, indexed)
        .field("party", &CampaignRecipient::party, required, indexed, erased_with)
        .field("contact", &CampaignRecipient::contact, not_in_list, erased_with)
        .field("treatment", &CampaignRecipient::treatment)
        .field("reason", &CampaignRecipient::reason, help("Why it was left out"))
        .field("date", &CampaignRecipient::date)
        .display("party")
        .unique_together({"campaign", "party"})
        .help("Who was written to, held out or left out by a campaign")
        .menu(Menu::ledgers)
        .made_by_commands();
    kernel.panel("crm.campaign_recipients", "crm.campaign", "Recipients", list_view("crm.campaign_recipient", {{"campaign", "=id"}}));
}

}  // namespace crm
