// When customers are called after a delivery, what the outcome of a call plans, and what the lists say.
#include "analysis/next_call.h"
#include "customers.h"
#include "follow_ups/dissonance.h"
#include "follow_ups/working_days.h"

#include <crm/campaign.h>
#include <crm/follow_ups.h>

#include <random>

using namespace crm;
using namespace crm::tests;
using tessera::Percent;
using tessera::Quantity;

namespace {

// The outcome of a call as it is typed in.
struct Typed {
    CallOutcome outcome = CallOutcome::satisfied;
    Date        call_again_on{};
    std::optional<std::int64_t> need_it{}, buy_at_all{}, right_choice{}, right_thing{}, been_fooled{}, spun_a_line{}, wrong_deal{};
    static void describe(tessera::Fields<Typed>& fields) {
        fields.field("outcome", &Typed::outcome).field("call_again_on", &Typed::call_again_on).field("need_it", &Typed::need_it).field("buy_at_all", &Typed::buy_at_all);
        fields.field("right_choice", &Typed::right_choice).field("right_thing", &Typed::right_thing).field("been_fooled", &Typed::been_fooled);
        fields.field("spun_a_line", &Typed::spun_a_line).field("wrong_deal", &Typed::wrong_deal);
    }
};

struct Why {
    std::string reason{};
    static void describe(tessera::Fields<Why>& fields) { fields.field("reason", &Why::reason); }
};

struct Sent {
    Id<directory::LetterTemplate> letter{};
    static void describe(tessera::Fields<Sent>& fields) { fields.field("letter", &Sent::letter); }
};

struct Calls : Customers {
    void bought(Id<Party> party, const char* day, std::string_view amount) {
        company.insert(PastPurchase{.party = party, .day = Date::parse(day), .amount = company.money(amount)});
    }
    PlannedCalls delivered(Id<Party> party, const char* day, std::int64_t number) {
        PlannedCalls planned;
        company.run([&](tessera::Transaction& tx) { planned = tx.service<FollowUps>().after_delivery(tx, party, {"sales.delivery", number}, Date::parse(day)); }, Date::parse(day));
        return planned;
    }
    void         done(Id<FollowUp> id, const Typed& typed, const char* day) { run_transition(id, "done", typed, Date::parse(day)); }
    FollowUp     next_of(Id<FollowUp> id) { return company.load(company.load(id).next); }
    std::int64_t planned() { return company.value<std::int64_t>("SELECT count(*) FROM crm_follow_up WHERE state = 'planned'").value_or(0); }
};

Typed all_answers(std::int64_t answer) { return {.need_it = answer, .buy_at_all = answer, .right_choice = answer, .right_thing = answer, .been_fooled = answer, .spun_a_line = answer, .wrong_deal = answer}; }

constexpr bg_nbd::Parameters cdnow_fit{0.2425945, 4.4136019, 0.7929199, 2.4258881};

}  // namespace

TEST_CASE("next call: the earlier of the customer's own interval and half an expected purchase, within the window") {
    const auto days = [](std::optional<bg_nbd::Parameters> p, BuyingPattern c, CallWindow w = {}) { return next_call(p, c, w).days; };
    CHECK(days({}, {4, 40, 40}) == 70);                       // 280 days in four intervals
    CHECK(days({}, {1, 10, 10}) == 180);                      // one interval is no rhythm
    CHECK(days({}, {}) == 180);
    CHECK(days({}, {10, 10, 10}) == 14);                      // every week: not earlier than the window
    CHECK(days({}, {2, 100, 100}) == 180);                    // every 350 days: not later
    CHECK(days({}, {2, 100, 100}, {14, 400}) == 350);
    CHECK(days(cdnow_fit, {}) == 84);                         // of somebody new half a purchase is expected in twelve weeks
    const auto half = day_of_half_a_purchase(cdnow_fit, {4, 40, 40}, 180);
    REQUIRE(half);
    CHECK(bg_nbd::expected_purchases(cdnow_fit, {4, 40, 40}, *half / 7.0) >= 0.5);
    CHECK(bg_nbd::expected_purchases(cdnow_fit, {4, 40, 40}, (*half - 1) / 7.0) < 0.5);
    CHECK(days(cdnow_fit, {4, 40, 40}) == std::min(70, *half));
    CHECK(next_call({}, {4, 40, 40}, {}).reason == "the customer's own interval is 70 days");
}

TEST_CASE("next call: always within the window, whatever the customer did") {
    std::mt19937                     random(5);
    std::uniform_real_distribution<> even;
    for (int i = 0; i < 500; ++i) {
        const double     age = 200 * even(random), x = std::floor(30 * even(random));   // statistics
        const CallWindow window{static_cast<int>(30 * even(random)), 60 + static_cast<int>(300 * even(random))};
        const auto       call = next_call(i % 2 ? std::optional(cdnow_fit) : std::nullopt, {x, x > 0 ? age : 0, age}, window);
        REQUIRE(call.days >= window.earliest);
        REQUIRE(call.days <= window.latest);
        REQUIRE(!call.reason.empty());
    }
}

TEST_CASE("working days: weekends and holidays are passed over") {
    const WorkingDays calendar({"2026-04-03"_date, "2026-04-06"_date});   // Good Friday, Easter Monday
    CHECK(calendar.on_or_after("2026-04-02"_date) == "2026-04-02"_date);
    CHECK(calendar.on_or_after("2026-04-03"_date) == "2026-04-07"_date);
    CHECK(calendar.plus("2026-04-02"_date, 0) == "2026-04-02"_date);
    CHECK(calendar.plus("2026-04-02"_date, 1) == "2026-04-07"_date);
    CHECK(calendar.plus("2026-04-04"_date, 2) == "2026-04-08"_date);
    CHECK(calendar.between("2026-04-02"_date, "2026-04-08"_date) == 2);
    CHECK(calendar.between("2026-04-08"_date, "2026-04-02"_date) == 0);
    for (int days = 0; days < 30; ++days) CHECK(calendar.between("2026-03-30"_date, calendar.plus("2026-03-30"_date, days)) == days);
}

TEST_CASE("dissonance: the score is the mean of seven answers from 1 to 7") {
    FollowUp call;
    CHECK(!dissonance_score(call));
    std::int64_t next = 1;
    for (const auto& question : dissonance_questions()) call.*question.answer = next++;
    CHECK(dissonance_score(call) == Quantity::of(4));
    call.need_it = 2;
    CHECK(dissonance_score(call) == Quantity::parse("4.14"));
    call.need_it = 8;
    CHECK_THROWS_WITH_AS(dissonance_score(call), doctest::Contains("not 8"), Refused);
    call.need_it.reset();
    CHECK_THROWS_WITH_AS(dissonance_score(call), doctest::Contains("6 are there"), Refused);
}

TEST_CASE("follow-ups: a delivery plans a check within days and a call when the next purchase is due") {
    Calls calls;
    for (const auto* day : {"2026-01-05", "2026-03-06", "2026-05-05"}) calls.bought(calls.acme, day, "100.00");
    const auto planned = calls.delivered(calls.acme, "2026-07-04", 1);
    const auto check = calls.company.load(planned.check), call = calls.company.load(planned.call);
    CHECK(check.kind == FollowUpKind::reassurance);
    CHECK(check.due_on == "2026-07-07"_date);                 // Saturday and three days
    CHECK(check.script.find("7. Have you wondered whether something was wrong with the deal?") != std::string::npos);
    CHECK(call.kind == FollowUpKind::repurchase);
    CHECK(call.due_on == "2026-09-02"_date);                  // 180 days in three intervals
    CHECK(call.reason == "Delivered on 2026-07-04: the customer's own interval is 60 days");
    CHECK(call.source_entity == "sales.delivery");

    const auto again = calls.delivered(calls.acme, "2026-07-04", 1);   // told twice
    CHECK(again.check == planned.check);
    CHECK(again.call == planned.call);
    CHECK(calls.planned() == 2);

    const auto later = calls.delivered(calls.acme, "2026-07-10", 2);   // another delivery moves the call
    CHECK(later.call == planned.call);
    CHECK(later.check != planned.check);
    CHECK(calls.company.load(later.call).due_on > "2026-08-20"_date);
    CHECK(calls.company.load(later.call).source_id == 2);
    CHECK(calls.planned() == 3);
}

TEST_CASE("follow-ups: a call moves with what is known of its customer, unless somebody has chosen another day") {
    Calls      calls;
    const auto today = Date::today();
    const auto other = calls.company.insert(Party{.name = "Other", .customer = true});
    const auto moved = calls.delivered(calls.acme, today.str().c_str(), 1).call, chosen = calls.delivered(other, today.str().c_str(), 2).call;
    const auto due_on = [&](Id<FollowUp> call) { return calls.company.load(call).due_on; };
    CHECK(due_on(moved) >= today.plus_days(180));
    calls.company.run([&](tessera::Transaction& tx) {
        auto call   = tx.load(chosen);
        call.due_on = today.plus_days(200);
        tx.save(call);
    });
    for (const auto party : {calls.acme, other})
        for (const int days : {-120, -80, -40}) calls.bought(party, today.plus_days(days).str().c_str(), "100.00");
    calls.company.suite().run_job("crm.customer_base");
    CHECK(due_on(moved) >= today.plus_days(40));
    CHECK(due_on(moved) <= today.plus_days(43));
    CHECK(calls.company.load(moved).reason == fmt::format("Delivered on {}: the customer's own interval is 40 days", today));
    CHECK(due_on(chosen) == today.plus_days(200));
}

TEST_CASE("follow-ups: who has agreed to e-mail may be written to, and is still called") {
    Calls      calls;
    const auto words = calls.company.insert(directory::LetterTemplate{.name = "Thanks", .purpose = "crm.follow_up", .subject = "Thank you", .text = "Your delivery of {{delivered_on}}"});
    const auto check = calls.delivered(calls.acme, "2026-06-02", 1).check;
    const auto wrote = [&] { return calls.refusal([&] { calls.run_transition(check, "write", Sent{words}, "2026-06-03"_date); }); };
    CHECK(wrote() == "crm.cannot_be_reached");
    calls.company.insert(Contact{.party = calls.acme, .name = "Ben", .email = "ben@acme.example"});
    CHECK(wrote() == "crm.no_consent");
    calls.company.insert(Consent{.party = calls.acme, .date = "2026-06-01"_date, .source = "Fair"});
    CHECK(wrote() == "");
    CHECK(calls.company.value<std::string>("SELECT text FROM mail_message") == "Your delivery of 2026-06-02");
    CHECK(calls.company.load(check).written_on == "2026-06-03"_date);
    CHECK(calls.company.load(check).state == FollowUpState::planned);
    calls.company.insert(ContactPolicy{.name = "One letter a month", .kind = "mail", .most = 1, .in_days = 30});
    CHECK(wrote() == "crm.contact_policy");
}

TEST_CASE("follow-ups: strong doubts open a care task, in the time that the customer's tier promises") {
    Calls      calls;
    const auto gold = calls.company.insert(ValueTier{.name = "Gold", .first_response_days = 1});
    calls.company.insert(TierFloor{.party = calls.acme, .tier = gold, .valid_from = "2026-01-01"_date, .contract = "C-1"});
    const auto planned = calls.delivered(calls.acme, "2026-06-02", 1);
    calls.done(planned.check, all_answers(5), "2026-06-05");                 // a Friday
    const auto check = calls.company.load(planned.check);
    CHECK(check.state == FollowUpState::done);
    CHECK(check.score == Quantity::of(5));
    const auto care = calls.next_of(planned.check);
    CHECK(care.kind == FollowUpKind::care);
    CHECK(care.due_on == "2026-06-08"_date);
    CHECK(care.reason == "Doubts of 5 after the purchase are above 4");
    CHECK(calls.timeline().starts_with("2026-06-05 call outbound Follow-up call (reassurance): satisfied"));
}

TEST_CASE("follow-ups: doubts at the limit open nothing, and answers belong to reassurance calls") {
    Calls      calls;
    const auto planned = calls.delivered(calls.acme, "2026-06-02", 1);
    CHECK(calls.refusal([&] { calls.done(planned.call, all_answers(4), "2026-06-05"); }) == "crm.no_questions");
    CHECK(calls.refusal([&] { calls.done(planned.check, all_answers(8), "2026-06-05"); }) == "crm.answer_out_of_scale");
    CHECK(calls.refusal([&] { calls.done(planned.check, Typed{.need_it = 3}, "2026-06-05"); }) == "crm.answers_incomplete");
    CHECK(calls.refusal([&] { calls.done(planned.check, Typed{.call_again_on = "2026-06-05"_date}, "2026-06-05"); }) == "crm.again_before_done");
    CHECK(calls.company.load(planned.check).state == FollowUpState::planned);
    calls.done(planned.check, all_answers(4), "2026-06-05");
    CHECK(!calls.company.load(planned.check).next);
    CHECK(calls.planned() == 1);
}

TEST_CASE("follow-ups: the outcome of a call plans the next one") {
    Calls calls;
    for (const auto* day : {"2026-01-05", "2026-03-06", "2026-05-05"}) calls.bought(calls.acme, day, "100.00");
    const auto after = [&](CallOutcome outcome, Date again = {}) {
        const auto party = calls.company.insert(Party{.name = fmt::format("Customer {}", calls.planned() + 100), .customer = true});
        for (const auto* day : {"2026-01-05", "2026-03-06", "2026-05-05"}) calls.bought(party, day, "100.00");
        const auto id = calls.company.insert(FollowUp{.party = party, .due_on = "2026-06-01"_date});
        calls.done(id, {.outcome = outcome, .call_again_on = again}, "2026-06-01");
        const auto next = calls.company.load(id).next;
        return next ? calls.company.load(next).due_on.str() : std::string("none");
    };
    CHECK(after(CallOutcome::ordered) == "none");
    CHECK(after(CallOutcome::satisfied) == "none");
    CHECK(after(CallOutcome::wants_offer) == "2026-06-08");
    CHECK(after(CallOutcome::later) == "2026-07-01");          // half of 60 days
    CHECK(after(CallOutcome::no_need) == "2026-07-31");        // 60 days
    CHECK(after(CallOutcome::later, "2026-06-20"_date) == "2026-06-22");   // agreed on a Saturday
    CHECK(after(CallOutcome::not_reached) == "2026-06-03");
    CHECK(after(CallOutcome::do_not_call) == "none");
}

TEST_CASE("follow-ups: who is never reached is given up after three attempts") {
    Calls calls;
    auto  id = calls.company.insert(FollowUp{.party = calls.acme, .due_on = "2026-06-01"_date});
    for (const auto* day : {"2026-06-01", "2026-06-03", "2026-06-05"}) {
        calls.done(id, {.outcome = CallOutcome::not_reached}, day);
        const auto next = calls.company.load(id).next;
        CHECK(static_cast<bool>(next) == (std::string_view(day) != "2026-06-05"));
        if (next) id = next;
    }
    CHECK(calls.company.load(id).attempts == 2);
    CHECK(calls.planned() == 0);
}

TEST_CASE("follow-ups: who does not want to be called is not called, also after the next delivery") {
    Calls      calls;
    const auto planned = calls.delivered(calls.acme, "2026-06-02", 1);
    calls.done(planned.check, {.outcome = CallOutcome::do_not_call}, "2026-06-05");
    CHECK(calls.company.load(planned.call).state == FollowUpState::skipped);
    const auto next = calls.delivered(calls.acme, "2026-06-12", 2);
    CHECK(!next.check);
    CHECK(!next.call);
    CHECK(calls.planned() == 0);
}

TEST_CASE("follow-ups: a rule sets the days and the least value, a tier's own before the general one") {
    Calls calls;
    calls.company.insert(FollowUpRule{.check_after_days = 1, .earliest_days = 20, .latest_days = 30});
    const auto planned = calls.delivered(calls.acme, "2026-06-01", 1);
    CHECK(calls.company.load(planned.check).due_on == "2026-06-02"_date);
    CHECK(calls.company.load(planned.call).due_on == "2026-07-01"_date);
    const auto gold = calls.company.insert(ValueTier{.name = "Gold"});
    calls.company.insert(FollowUpRule{.tier = gold, .least_value = calls.company.money("1000")});
    calls.company.insert(TierFloor{.party = calls.acme, .tier = gold, .valid_from = "2026-01-01"_date, .contract = "C-1"});
    CHECK(!calls.delivered(calls.acme, "2026-06-12", 2).check);
    const auto refused = [&](FollowUpRule rule) { return calls.company.refusal([&](tessera::Transaction& tx) { tx.insert(rule); }); };
    CHECK(refused({}) == "crm.rule_is_there");
    CHECK(refused({.tier = gold, .earliest_days = 10, .latest_days = 9}) == "crm.latest_before_earliest");
    CHECK(refused({.tier = gold, .dissonance_limit = Quantity::of(8)}) == "crm.limit_out_of_scale");
}

TEST_CASE("today's calls: what is due, the most valuable first; what is later is not there") {
    Calls      calls;
    const auto small = calls.company.insert(Party{.name = "Small", .customer = true, .phone = "12"});
    calls.company.insert(FollowUp{.party = small, .due_on = "2026-06-01"_date, .expected_value = calls.company.money("10")});
    calls.company.insert(FollowUp{.party = calls.acme, .due_on = "2026-06-10"_date, .expected_value = calls.company.money("90")});
    calls.company.insert(FollowUp{.party = calls.acme, .due_on = "2026-06-16"_date, .expected_value = calls.company.money("500")});
    CHECK(calls.company.report("crm.todays_calls", {{"as_of", "2026-06-15"}}) ==
          "Acme |  | repurchase | 2026-06-10 | 90.00 |  |  |  | Planned by hand\n"
          "Small | 12 | repurchase | 2026-06-01 | 10.00 |  |  |  | Planned by hand\n"
          "=  |  |  |  | 100.00 |  |  |  | \n");
}

TEST_CASE("outcomes of calls: a call converts when a purchase follows within the days") {
    Calls calls;
    for (const auto* day : {"2026-06-01", "2026-06-02"}) {
        const auto id = calls.company.insert(FollowUp{.party = calls.acme, .due_on = Date::parse(day)});
        calls.done(id, {.outcome = CallOutcome::ordered}, day);
    }
    const auto other = calls.company.insert(Party{.name = "Other", .customer = true});
    calls.done(calls.company.insert(FollowUp{.party = other, .due_on = "2026-06-01"_date}), {.outcome = CallOutcome::ordered}, "2026-06-01");
    calls.bought(calls.acme, "2026-06-02", "70.00");    // behind the first call, on the day of the second
    calls.bought(other, "2026-07-02", "40.00");         // 31 days behind
    CHECK(calls.company.report("crm.call_outcomes", {{"from", "2026-06-01"}, {"to", "2026-06-30"}}) ==
          "repurchase | ordered | 3 | 1 | 33.3 | 70.00\n"
          "=  |  | 3 | 1 |  | 70.00\n");
}

TEST_CASE("follow-ups: a call is skipped with a reason") {
    Calls      calls;
    const auto id = calls.company.insert(FollowUp{.party = calls.acme, .due_on = "2026-06-01"_date});
    CHECK(calls.refusal([&] { calls.run_transition(id, "skip", Why{}); }) != "");
    calls.run_transition(id, "skip", Why{"Visited instead"});
    CHECK(calls.company.load(id).state == FollowUpState::skipped);
    CHECK(calls.company.load(id).note == "Visited instead");
}
