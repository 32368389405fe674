#include <crm/lead.h>

#include "declare.h"
#include "services/contacts.h"
#include "services/stage_gate.h"
#include "services/stage_history.h"

namespace crm {

using tessera::Refused;

namespace opportunity_entity {

// Where it begins, and that a stage belongs to its pipeline; stages change by the transitions, which ask for what they need.
void place(Transaction& tx, Opportunity& o) {
    if (!o.pipeline && !o.stage) o.pipeline = usual_pipeline(tx);
    if (!o.stage) {
        const auto stages = stages_of(tx, o.pipeline);
        if (stages.empty()) throw Refused("crm.no_stage", "To follow a sale in {}, give that pipeline its stages first.", tx.label_of(o.pipeline)).with_field("pipeline");
        o.stage = stages.front().id;
    }
    const auto stage = tx.load(o.stage);
    if (!o.pipeline) o.pipeline = stage.pipeline;
    if (stage.pipeline != o.pipeline)
        throw Refused("crm.stage_of_another", "To place {} at {}, choose a stage of {}.", o.title, stage.name, tx.label_of(o.pipeline)).with_status(422).with_field("stage");
    o.probability = o.state == OpportunityState::open ? stage.probability : o.state == OpportunityState::won ? Percent::of(100) : Percent{};
}

void require_plausible(const Opportunity& o) {
    if (o.amount.is_negative()) throw Refused("crm.negative_amount", "To say what {} may be worth, give an amount of zero or more.", o.title).with_status(422).with_field("amount");
}

void check(Transaction& tx, Opportunity& o) {
    if (o.opened_on.empty()) o.opened_on = tx.today();
    if (o.currency.none()) {
        const auto party = tx.find(o.party);
        o.currency       = party && !party->currency.none() ? party->currency : tx.books().currency;
        o.amount         = Money{o.amount.minor(), o.currency};
    }
    require_plausible(o);
    match_contact(tx, o.party, o.contact);
    if (!o.owner && !o.id) o.owner = tx.service<directory::Staff>().acting(tx);
    place(tx, o);
    follow_history(tx, o);
}

}  // namespace opportunity_entity

void declare_opportunity(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Opportunity>("crm.opportunity", "Opportunity")
        .plural("Opportunities")
        .field("state", &Opportunity::state, read_only)
        .field("title", &Opportunity::title, required, searchable, longest(300))
        .field("party", &Opportunity::party, required, indexed)
        .field("contact", &Opportunity::contact, not_in_list)
        .field("lead", &Opportunity::lead, read_only, not_in_list)
        .field("owner", &Opportunity::owner, indexed, help("The employee with your e-mail address when left out"))
        .field("pipeline", &Opportunity::pipeline, not_in_list, help("The first one when left out"))
        .field("stage", &Opportunity::stage, read_only, indexed)
        .field("probability", &Opportunity::probability, read_only, help("Of the stage, in percent"))
        .field("currency", &Opportunity::currency, not_in_list, help("The party's when left out"))
        .field("amount", &Opportunity::amount)
        .field("opened_on", &Opportunity::opened_on, not_in_list)
        .field("expected_close", &Opportunity::expected_close)
        .field("next_step", &Opportunity::next_step)
        .field("next_step_on", &Opportunity::next_step_on, not_in_list)
        .field("source", &Opportunity::source, not_in_list, help("Where they come from: fair, web, recommendation"))
        .field("country", &Opportunity::country, not_in_list)
        .field("region", &Opportunity::region, not_in_list)
        .field("industry", &Opportunity::industry, not_in_list)
        .field("competitor", &Opportunity::competitor, indexed, not_in_list)
        .field("lost_reason", &Opportunity::lost_reason, read_only, indexed, not_in_list)
        .field("outcome", &Opportunity::outcome, multiline, read_only)
        .field("closed_on", &Opportunity::closed_on, read_only, not_in_list)
        .field("score", &Opportunity::score, read_only, help("How likely it is to be won by what became of others, in percent"))
        .field("scored_on", &Opportunity::scored_on, read_only, not_in_list)
        .display("title")
        .worth("amount")
        .index({"state", "pipeline", "stage"})
        .help("A sale that may come about: what it is worth, where it stands, what is to be done next")
        .menu(Menu::documents)
        .editable_while(OpportunityState::open)
        .validate(opportunity_entity::check);
    kernel.entity<StageEntry>("crm.stage_entry", "Stage entry")
        .plural("Stage entries")
        .field("opportunity", &StageEntry::opportunity, required, indexed)
        .field("date", &StageEntry::date, required)
        .field("recorded_at", &StageEntry::recorded_at, required)
        .field("pipeline", &StageEntry::pipeline)
        .field("stage", &StageEntry::stage)
        .field("position", &StageEntry::position, not_in_list)
        .field("state", &StageEntry::state)
        .field("probability", &StageEntry::probability)
        .field("currency", &StageEntry::currency, not_in_list)
        .field("amount", &StageEntry::amount)
        .field("expected_close", &StageEntry::expected_close)
        .field("entered_by", &StageEntry::entered_by)
        .help("What an opportunity was from a day on: the funnel of any past day comes from here")
        .menu(Menu::ledgers)
        .append_only();
    kernel.event<OpportunityClosed>("crm.opportunity_closed")
        .field("opportunity", &OpportunityClosed::opportunity)
        .field("party", &OpportunityClosed::party)
        .field("state", &OpportunityClosed::state)
        .field("date", &OpportunityClosed::date);
}

}  // namespace crm
