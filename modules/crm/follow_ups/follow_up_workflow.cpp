// A follow-up:  planned --done (outcome, answers)--> done;  planned --skip (reason)--> skipped. The outcome plans what comes next.
#include "follow_ups/declare.h"
#include "follow_ups/dissonance.h"
#include "follow_ups/planning.h"
#include "follow_ups/working_days.h"
#include "services/addressee.h"
#include "workflow/inputs.h"

#include <crm/campaign.h>

#include <algorithm>

namespace crm {

namespace follow_up_workflow {

using tessera::name_of;
using tessera::Refused;

struct CallDone {
    CallOutcome outcome = CallOutcome::satisfied;
    std::string note{};
    Date        date{}, call_again_on{};
    std::optional<std::int64_t> need_it{}, buy_at_all{}, right_choice{}, right_thing{}, been_fooled{}, spun_a_line{}, wrong_deal{};
    static void describe(tessera::Fields<CallDone>& fields) {
        using namespace tessera;
        fields.field("outcome", &CallDone::outcome, required)
            .field("note", &CallDone::note, multiline)
            .field("date", &CallDone::date, help("When it was; today when left out"))
            .field("call_again_on", &CallDone::call_again_on, help("As agreed with them; else the next call is reckoned"))
            .field("need_it", &CallDone::need_it, help("1 to 7, in a reassurance call: whether they really need it"))
            .field("buy_at_all", &CallDone::buy_at_all, help("Whether they should have bought anything at all"))
            .field("right_choice", &CallDone::right_choice, help("Whether it was the right choice"))
            .field("right_thing", &CallDone::right_thing, help("Whether buying it was the right thing to do"))
            .field("been_fooled", &CallDone::been_fooled, help("Whether they were fooled"))
            .field("spun_a_line", &CallDone::spun_a_line, help("Whether they were told more than is true"))
            .field("wrong_deal", &CallDone::wrong_deal, help("Whether something was wrong with the deal"));
    }
};

void take_answers(FollowUp& call, const CallDone& input) {
    call.need_it = input.need_it, call.buy_at_all = input.buy_at_all, call.right_choice = input.right_choice, call.right_thing = input.right_thing;
    call.been_fooled = input.been_fooled, call.spun_a_line = input.spun_a_line, call.wrong_deal = input.wrong_deal;
    call.score = dissonance_score(call);
    if (call.score && call.kind != FollowUpKind::reassurance)
        throw Refused("crm.no_questions", "To note answers, use a reassurance call: in a {} call nothing is scored.", name_of(call.kind)).with_status(422);
}

FollowUp next_of(const Snapshot& tx, const FollowUp& call, FollowUpKind kind, Date due_on, std::string reason) {
    return {.kind           = kind,
            .party          = call.party,
            .contact        = call.contact,
            .owner          = call.owner,
            .due_on         = due_on,
            .expected_value = call.expected_value,
            .reason         = std::move(reason),
            .script         = script_for(tx, kind),
            .source_entity  = call.source_entity,
            .source_id      = call.source_id,
            .delivered_on   = call.delivered_on};
}

void care_for(Transaction& tx, FollowUp& call, const FollowUpRule& rule) {
    if (!call.score || *call.score <= rule.dissonance_limit) return;
    const auto tier = tx.service<ValueTiers>().of(tx, call.party, call.done_on);
    const auto days = tier ? std::max<std::int64_t>(tier->first_response_days, 0) : 1;
    auto       care = next_of(tx, call, FollowUpKind::care, WorkingDays(tx).plus(call.done_on, days),
                              fmt::format("Doubts of {} after the purchase are above {}", *call.score, rule.dissonance_limit));
    call.next = tx.insert(care);
    tx.publish(CareNeeded{call.id, call.next, call.party, *call.score});
}

// Half the way to the next purchase for who asks for later, the whole for who needs nothing now.
Date reckoned(const Snapshot& tx, const FollowUp& call, const FollowUpRule& rule, int part) {
    const auto pattern  = pattern_until(tx, call.party, call.done_on, false);
    const auto interval = pattern.frequency >= 2 ? static_cast<std::int64_t>(pattern.recency * 7 / pattern.frequency) : 2 * rule.earliest_days;
    const auto days     = std::clamp<std::int64_t>(interval / part, rule.earliest_days, rule.latest_days);
    return call.done_on.plus_days(static_cast<int>(days));
}

// A call that comes before one that is planned already moves that one.
void plan(Transaction& tx, FollowUp& call, Date due_on, const std::string& reason, std::int64_t attempts = 0) {
    const auto kind    = call.kind == FollowUpKind::care ? FollowUpKind::care : attempts > 0 ? call.kind : FollowUpKind::repurchase;
    auto       next    = next_of(tx, call, kind, WorkingDays(tx).on_or_after(due_on), reason);
    const auto planned = tx.first<FollowUp>("party = :party AND kind = :kind AND state = 'planned' AND id <> :id ORDER BY id LIMIT 1", call.party, next.kind, call.id);
    next.attempts      = attempts;
    if (planned) next.id = planned->id, tx.save(next);
    else tx.insert(next);
    call.next = next.id;
}

void skip_others(Transaction& tx, const FollowUp& call) {
    for (auto& other : tx.select<FollowUp>("party = :party AND state = 'planned' AND id <> :id", call.party, call.id)) {
        other.state = FollowUpState::skipped;
        other.note  = "They do not want to be called";
        tx.save(other);
    }
}

void plan_next(Transaction& tx, FollowUp& call, const CallDone& input, const FollowUpRule& rule) {
    const auto agreed = [&](Date otherwise) { return input.call_again_on.empty() ? otherwise : input.call_again_on; };
    switch (input.outcome) {
        case CallOutcome::ordered:
        case CallOutcome::satisfied:
            if (!input.call_again_on.empty()) plan(tx, call, input.call_again_on, "Agreed in the last call");
            return;
        case CallOutcome::wants_offer: return plan(tx, call, agreed(WorkingDays(tx).plus(call.done_on, 5)), "Wanted an offer: ask what became of it");
        case CallOutcome::later: return plan(tx, call, agreed(reckoned(tx, call, rule, 2)), "Asked to be called later");
        case CallOutcome::no_need: return plan(tx, call, agreed(reckoned(tx, call, rule, 1)), "Needed nothing in the last call");
        case CallOutcome::not_reached:
            if (call.attempts + 1 < rule.attempts_max) plan(tx, call, agreed(WorkingDays(tx).plus(call.done_on, rule.retry_days)), "Nobody was reached", call.attempts + 1);
            return;
        case CallOutcome::do_not_call: return skip_others(tx, call);
    }
}

void done(Transaction& tx, FollowUp& call, const CallDone& input) {
    call.done_on = input.date.empty() ? tx.today() : input.date;
    if (call.done_on > tx.today())
        throw Refused("crm.done_in_the_future", "To call it done, give the day on which it was, not {}.", call.done_on).with_status(422).with_field("date");
    if (!input.call_again_on.empty() && input.call_again_on <= call.done_on)
        throw Refused("crm.again_before_done", "To call again, choose a day after {}.", call.done_on).with_status(422).with_field("call_again_on");
    call.outcome = input.outcome;
    call.note    = input.note;
    take_answers(call, input);
    const auto rule = follow_up_rule(tx, call.party, call.done_on);
    care_for(tx, call, rule);
    plan_next(tx, call, input, rule);
    tx.service<Timeline>().add(tx, {.party         = call.party,
                                    .contact       = call.contact,
                                    .day           = call.done_on,
                                    .kind          = "call",
                                    .direction     = Direction::outbound,
                                    .subject       = fmt::format("Follow-up call ({}): {}", name_of(call.kind), name_of(input.outcome)),
                                    .body          = input.note,
                                    .source_entity = "crm.follow_up",
                                    .source_id     = call.id.value});
}

void skip(Transaction& tx, FollowUp& call, const Because& because) {
    call.note    = because.reason;
    call.done_on = tx.today();
    tx.because(because.reason);
}

struct Words {
    Id<directory::LetterTemplate> letter{};
    static void describe(tessera::Fields<Words>& fields) { fields.field("letter", &Words::letter, tessera::required, tessera::help("A letter template for crm.follow_up")); }
};

constexpr std::string_view letter_purpose = "crm.follow_up";

void require_welcome(const Transaction& tx, const FollowUp& call, Id<Contact> contact) {
    const auto& rights = tx.service<ContactRights>();
    if (!rights.has_consent(tx, call.party, contact, ConsentChannel::email, tx.today()))
        throw Refused("crm.no_consent", "To write to {}, call them, or enter that they have agreed to e-mail.", tx.label_of(call.party));
    if (const auto why = rights.forbids(tx, call.party, "mail", call.owner, tx.today()); !why.empty())
        throw Refused("crm.contact_policy", "To write to {}, choose another day or another way, or ask who sets the policies: {}.", tx.label_of(call.party), why);
}

void write(Transaction& tx, FollowUp& call, const Words& words) {
    const auto addressee = require_addressee(tx, call.party, call.contact);
    require_welcome(tx, call, addressee.contact);
    const auto& letters    = tx.service<directory::Letters>();
    auto        values     = letters.values_about(tx, call.party, addressee.contact, tx.today());
    values["delivered_on"] = call.delivered_on.empty() ? "" : call.delivered_on.str();
    send_letter(tx, call.party, addressee, letters.filled(letters.words_of(tx, words.letter, letter_purpose), values), tx.source_of(call),
                {.kind = "mail", .source_entity = "crm.follow_up", .source_id = call.id.value});
    call.written_on = tx.today();
}

}  // namespace follow_up_workflow

void declare_follow_up_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.contribute(directory::LetterPurpose{std::string(follow_up_workflow::letter_purpose), "Follow-up of a delivery", {"delivered_on"}});
    kernel.workflow(&FollowUp::state)
        .transition("done", FollowUpState::planned, FollowUpState::done, needs("crm.edit"), explained("Notes what came of it, and plans what comes next"), follow_up_workflow::done)
        .transition("write", FollowUpState::planned, FollowUpState::planned, needs("crm.edit"), explained("Sends a letter to who has agreed to e-mail; the call stays planned"), follow_up_workflow::write)
        .transition("skip", FollowUpState::planned, FollowUpState::skipped, needs("crm.edit"), destructive, follow_up_workflow::skip);
    kernel.event<CareNeeded>("crm.care_needed")
        .field("follow_up", &CareNeeded::follow_up)
        .field("care_task", &CareNeeded::care_task)
        .field("party", &CareNeeded::party)
        .field("score", &CareNeeded::score);
}

}  // namespace crm
