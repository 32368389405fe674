#include <crm/follow_ups.h>

#include "follow_ups/declare.h"
#include "follow_ups/planning.h"
#include "services/contacts.h"

namespace crm {

namespace follow_up {

using tessera::Refused;

void check_rule(Transaction& tx, FollowUpRule& rule) {
    if (rule.latest_days < rule.earliest_days)
        throw Refused("crm.latest_before_earliest", "To plan calls, let the latest day ({}) be at least the earliest ({}).", rule.latest_days, rule.earliest_days)
            .with_status(422)
            .with_field("latest_days");
    if (rule.dissonance_limit < Quantity::of(1) || rule.dissonance_limit > Quantity::of(7))
        throw Refused("crm.limit_out_of_scale", "To judge doubts, give a limit from 1 to 7, not {}.", rule.dissonance_limit).with_status(422).with_field("dissonance_limit");
    const auto other = tx.without(rule, [&] { return tx.value<std::int64_t>("SELECT count(*) FROM crm_follow_up_rule WHERE tier IS NULL AND id <> :id", rule.id.value); });
    if (!rule.tier && other.value_or(0) > 0)
        throw Refused("crm.rule_is_there", "To plan calls for all customers, change the rule without a tier that is there already.").with_field("tier");
}

void complete(Transaction& tx, FollowUp& call) {
    if (call.contact) match_contact(tx, call.party, call.contact);
    if (call.script.empty()) call.script = script_for(tx, call.kind);
    if (call.party && call.reason.empty()) call.reason = "Planned by hand";
    if (call.party && !call.id && call.expected_value.is_zero()) call.expected_value = value_at_stake(tx, call.party);
}

}  // namespace follow_up

void declare_follow_up_rules(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Holiday>("crm.holiday", "Holiday")
        .help("A day on which nobody works, beside Saturdays and Sundays")
        .field("day", &Holiday::day, required, unique)
        .field("name", &Holiday::name, required)
        .display("name")
        .menu(Menu::setup)
        .needs("crm.manage");
    kernel.entity<FollowUpRule>("crm.follow_up_rule", "Follow-up rule")
        .help("When customers are called after a delivery: those of a tier, or all others")
        .field("tier", &FollowUpRule::tier, unique, help("None: all that have no rule of their tier"))
        .field("check_after_days", &FollowUpRule::check_after_days, not_negative, help("Days from the delivery to the call that asks whether all is well"))
        .field("earliest_days", &FollowUpRule::earliest_days, not_negative, help("The call for the next purchase comes no earlier after the delivery"))
        .field("latest_days", &FollowUpRule::latest_days, positive, help("… and no later"))
        .field("least_value", &FollowUpRule::least_value, not_negative, help("Expected to be bought in 90 days, for calls to be planned at all"))
        .field("retry_days", &FollowUpRule::retry_days, positive, help("Working days until the next attempt when nobody was reached"))
        .field("attempts_max", &FollowUpRule::attempts_max, positive)
        .field("dissonance_limit", &FollowUpRule::dissonance_limit, help("1 to 7: a mean of the answers above it opens a care task"))
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(follow_up::check_rule);
    kernel.entity<CallScript>("crm.call_script", "Call script")
        .help("What is said in calls of a kind, in the words of the company")
        .field("kind", &CallScript::kind, unique)
        .field("script", &CallScript::script, required, multiline)
        .display("kind")
        .menu(Menu::setup)
        .needs("crm.manage");
}

void declare_follow_up(tessera::Kernel& kernel) {
    using namespace tessera;
    const auto answer = help("Answer from 1 (not at all) to 7 (very much)");
    kernel.entity<FollowUp>("crm.follow_up", "Follow-up call")
        .help("A call that follows a delivery: whether the purchase was a good one, or what is needed next")
        .field("party", &FollowUp::party, required, indexed, erased_with)
        .field("kind", &FollowUp::kind)
        .field("due_on", &FollowUp::due_on, required, indexed)
        .field("state", &FollowUp::state, read_only)
        .field("expected_value", &FollowUp::expected_value, not_negative, help("At stake: what is expected to be bought in 90 days"))
        .field("contact", &FollowUp::contact, not_in_list, erased_with)
        .field("owner", &FollowUp::owner, help("Who calls"))
        .field("reason", &FollowUp::reason, read_only, not_in_list, help("Why then"))
        .field("script", &FollowUp::script, multiline, help("The company's, or the standard one, when left out"))
        .field("source_entity", &FollowUp::source_entity, read_only, not_in_list)
        .field("source_id", &FollowUp::source_id, read_only, not_in_list)
        .field("delivered_on", &FollowUp::delivered_on, read_only, not_in_list)
        .field("reckoned_for", &FollowUp::reckoned_for, read_only, not_in_list, help("The day that was reckoned: the call moves with the model while it is due then"))
        .field("attempts", &FollowUp::attempts, read_only, not_in_list, help("Before this one, without reaching anybody"))
        .field("written_on", &FollowUp::written_on, read_only, not_in_list, help("When they were written to last"))
        .field("done_on", &FollowUp::done_on, read_only)
        .field("outcome", &FollowUp::outcome, read_only)
        .field("note", &FollowUp::note, multiline, personal)
        .field("need_it", &FollowUp::need_it, read_only, not_in_list, answer)
        .field("buy_at_all", &FollowUp::buy_at_all, read_only, not_in_list, answer)
        .field("right_choice", &FollowUp::right_choice, read_only, not_in_list, answer)
        .field("right_thing", &FollowUp::right_thing, read_only, not_in_list, answer)
        .field("been_fooled", &FollowUp::been_fooled, read_only, not_in_list, answer)
        .field("spun_a_line", &FollowUp::spun_a_line, read_only, not_in_list, answer)
        .field("wrong_deal", &FollowUp::wrong_deal, read_only, not_in_list, answer)
        .field("score", &FollowUp::score, read_only, help("Mean of the answers: more is more doubt"))
        .field("next", &FollowUp::next, read_only, not_in_list, help("The call that came of it"))
        .index({"source_entity", "source_id"})
        .editable_while(FollowUpState::planned)
        .validate(follow_up::complete);
}

}  // namespace crm
