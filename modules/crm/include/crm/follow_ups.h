#pragma once
// Follow-up calls: after a delivery two are planned, one that asks whether the purchase was a good one, and one for when the next
// purchase is due. Whoever delivers says so, in its own transaction:
//
//     tx.service<crm::FollowUps>().after_delivery(tx, order.customer, tx.source_of(delivery), delivery.date);
//
// What is to be done today stands in the report crm.todays_calls, the most valuable first. A call is done with an outcome, and the
// outcome plans the next one; the purchases that follow are in the purchase log, to which the models are fitted every night.
//
// When the call is due (the decision itself is analysis/next_call.h). Let t be the days since the delivery.
//   - The check comes `check_after_days` after it: doubts about a purchase are strongest soon after the decision and before habit
//     (L. Festinger, A Theory of Cognitive Dissonance, 1957; on reassurance calls: J. Donnelly, J. Ivancevich, "Post-Purchase
//     Reinforcement and Back-Out Behavior", Journal of Marketing Research 7 (1970) 399-400).
//   - The call for the next purchase comes at the earlier of two days: the customer's own usual interval between purchases, known
//     from two repeats on; and the day by which half a purchase is expected, E[Y(t)] = 1/2 (BG/NBD). Before it the need is not there
//     yet, behind it the purchase is more likely missed than to come. It is never earlier than `earliest_days` nor later than
//     `latest_days`, and never at a weekend or on a holiday.
//   - The chance that the customer still buys is never used alone: of everybody who bought once the model says 100 %.
// A customer has one call for the next purchase at a time: a further delivery moves it, and so does a new fit of the model, unless
// somebody has chosen another day. Who is not to be called is not called, and
// whose value at stake is below the rule's `least_value` neither.

#include <crm/customer_value.h>

namespace crm {

struct Holiday {                          // crm.holiday: nobody works on it
    Id<Holiday> id{};
    Date        day{};
    std::string name{};
};

struct FollowUpRule {                     // crm.follow_up_rule: that of the customer's tier, else the one without a tier, else these figures
    Id<FollowUpRule> id{};
    Id<ValueTier>    tier{};
    std::int64_t     check_after_days = 3;
    std::int64_t     earliest_days    = 14;
    std::int64_t     latest_days      = 180;
    Money            least_value{};       // at stake, for a call to be planned
    std::int64_t     retry_days       = 2;     // working days, when nobody was reached
    std::int64_t     attempts_max     = 3;
    Quantity         dissonance_limit = Quantity::of(4);   // a mean above it opens a care task: 4 is the middle of the scale
};

enum class FollowUpKind { reassurance, repurchase, care };
constexpr auto names_of(FollowUpKind) { return tessera::names("reassurance", "repurchase", "care"); }
enum class FollowUpState { planned, done, skipped };
constexpr auto names_of(FollowUpState) { return tessera::names("planned", "done", "skipped"); }
enum class CallOutcome { ordered, wants_offer, later, no_need, satisfied, not_reached, do_not_call };
constexpr auto names_of(CallOutcome) { return tessera::names("ordered", "wants_offer", "later", "no_need", "satisfied", "not_reached", "do_not_call"); }

struct CallScript {                       // crm.call_script: what is said; the standard one of its kind when there is none
    Id<CallScript> id{};
    FollowUpKind   kind = FollowUpKind::reassurance;
    std::string    script{};
};

// The seven questions of a reassurance call, 1 "not at all" to 7 "very much": the two cognitive dimensions of J. Sweeney, D. Hausknecht,
// G. Soutar, "Cognitive Dissonance after Purchase: A Multidimensional Scale", Psychology & Marketing 17 (2000) 369-385: wisdom of the
// purchase (the first four) and concern over the deal. The score is their mean; more is more doubt.
struct FollowUp {                         // crm.follow_up
    Id<FollowUp>    id{};
    FollowUpKind    kind = FollowUpKind::repurchase;
    Id<Party>       party{};
    Id<Contact>     contact{};
    Id<Employee>    owner{};
    Date            due_on{};
    FollowUpState   state = FollowUpState::planned;
    Money           expected_value{};     // at stake: what is expected to be bought in 90 days
    std::string     reason{};             // why then
    std::string     script{};
    std::string     source_entity{};      // the delivery it follows
    std::int64_t    source_id = 0;
    Date            delivered_on{};
    Date            reckoned_for{};       // the day that was reckoned; another due_on was chosen by somebody
    std::int64_t    attempts  = 0;        // before this one, without reaching anybody
    Date            written_on{};         // the last letter that went out instead of, or before, the call
    Date            done_on{};
    std::optional<CallOutcome>  outcome{};
    std::string     note{};
    std::optional<std::int64_t> need_it{}, buy_at_all{}, right_choice{}, right_thing{}, been_fooled{}, spun_a_line{}, wrong_deal{};
    std::optional<Quantity>     score{};
    Id<FollowUp>    next{};               // what its outcome planned
};

// Published when the doubts told in a reassurance call are above the limit; the care task is planned already.
struct CareNeeded {                       // crm.care_needed
    Id<FollowUp> follow_up{}, care_task{};
    Id<Party>    party{};
    Quantity     score{};
};

struct PlannedCalls {
    Id<FollowUp> check{}, call{};         // empty: none
};

class FollowUps {
public:
    virtual ~FollowUps() = default;
    // Plans the calls that follow a delivery. The same source again changes nothing and gives the calls that were planned then.
    virtual PlannedCalls after_delivery(Transaction&, Id<Party> party, const tessera::Source& delivery, Date day) const = 0;
};

}  // namespace crm
