#include <crm/lead.h>

#include "declare.h"
#include "services/stage_gate.h"

namespace crm {

using tessera::Refused;

namespace lead_entity {

void check(Transaction& tx, Lead& lead) {
    if (lead.state != LeadState::fresh) return;
    if (lead.company_name.empty() && lead.person_name.empty())
        throw Refused("crm.lead_is_nobody", "To keep a lead, say who it is: a company, a person or both.").with_status(422).with_field("company_name");
    if (lead.title.empty()) lead.title = lead.company_name.empty() ? lead.person_name : lead.company_name;
    if (lead.currency.none()) {
        lead.currency = tx.books().currency;
        lead.amount   = Money{lead.amount.minor(), lead.currency};
    }
    if (lead.amount.is_negative())
        throw Refused("crm.negative_amount", "To say what {} may be worth, give an amount of zero or more.", lead.title).with_status(422).with_field("amount");
    if (!lead.pipeline) lead.pipeline = usual_pipeline(tx);
    if (!lead.owner && !lead.id) lead.owner = tx.service<directory::Staff>().acting(tx);
}

}  // namespace lead_entity

void declare_lead(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Lead>("crm.lead", "Lead")
        .field("state", &Lead::state, read_only)
        .field("title", &Lead::title, searchable, longest(300), help("What they want; their name when left out"))
        .field("company_name", &Lead::company_name, searchable, longest(200), personal)
        .field("person_name", &Lead::person_name, searchable, longest(200), personal)
        .field("email", &Lead::email, searchable, personal)
        .field("phone", &Lead::phone, not_in_list, personal)
        .field("website", &Lead::website, not_in_list, personal)
        .field("tax_number", &Lead::tax_number, not_in_list, personal)
        .field("street", &Lead::street, not_in_list, personal)
        .field("postal_code", &Lead::postal_code, not_in_list, personal)
        .field("city", &Lead::city, not_in_list, personal)
        .field("region", &Lead::region, not_in_list)
        .field("country", &Lead::country)
        .field("source", &Lead::source, help("Where they come from: fair, web, recommendation"))
        .field("industry", &Lead::industry, not_in_list)
        .field("owner", &Lead::owner, indexed, help("The employee with your e-mail address when left out"))
        .field("pipeline", &Lead::pipeline, not_in_list, help("In which it will be an opportunity; the first when left out"))
        .field("currency", &Lead::currency, not_in_list)
        .field("amount", &Lead::amount, help("What it may be worth"))
        .field("note", &Lead::note, multiline, personal)
        .field("score", &Lead::score, read_only, help("How likely it is to be won by what became of others, in percent"))
        .field("scored_on", &Lead::scored_on, read_only, not_in_list)
        .field("decided_on", &Lead::decided_on, read_only, not_in_list)
        .field("lost_reason", &Lead::lost_reason, read_only, not_in_list)
        .field("party", &Lead::party, read_only, indexed, not_in_list, erased_with)
        .field("contact", &Lead::contact, read_only, not_in_list, indexed, erased_with)
        .field("opportunity", &Lead::opportunity, read_only, not_in_list)
        .display("title")
        .index({"state", "pipeline"})
        .help("Somebody who may become a customer")
        .menu(Menu::documents)
        .editable_while(LeadState::fresh)
        .validate(lead_entity::check);
    kernel.event<LeadConverted>("crm.lead_converted")
        .field("lead", &LeadConverted::lead)
        .field("party", &LeadConverted::party)
        .field("contact", &LeadConverted::contact)
        .field("opportunity", &LeadConverted::opportunity);
}

}  // namespace crm
