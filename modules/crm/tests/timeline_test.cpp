// One history of a customer: what people do, what the books say, and in which order it is read.
#include "tests/customers.h"

#include <financials/payment.h>
#include <financials/periods.h>


namespace crm::tests {

TEST_CASE("timeline: a call that was done is part of the customer's history, with what came of it") {
    Customers  shop;
    const auto call = shop.company.insert(
        Activity{.kind = "call", .subject = "Ask how the wheels run", .due_on = "2026-03-09"_date, .party = shop.acme, .note = "Bring the list"}, "2026-03-02"_date);
    CHECK(shop.timeline() == "");
    shop.run_transition(call, "done", Outcome{.outcome = "They run well", .next_step = "Send the new catalogue", .next_on = "2026-03-20"_date}, "2026-03-09"_date);
    CHECK(shop.timeline() == "2026-03-09 call outbound Ask how the wheels run\n");
    CHECK(shop.company.value<std::string>("SELECT body FROM crm_touchpoint") == "Bring the list\n\nThey run well\n\nNext: Send the new catalogue");
    CHECK(shop.company.value<std::string>("SELECT subject FROM crm_activity WHERE state = 'planned' AND due_on = '2026-03-20'") == "Send the new catalogue");
}

TEST_CASE("timeline: what is cancelled never happened") {
    Customers  shop;
    const auto visit = shop.company.insert(Activity{.kind = "visit", .subject = "Show the frames", .party = shop.acme});
    shop.run_transition(visit, "cancel", Because{"Fair was called off"});
    CHECK(shop.timeline() == "");
    CHECK(shop.company.load(visit).outcome == "Fair was called off");
    CHECK(shop.refusal([&] { shop.company.transition(visit, "done"); }) == "kernel.wrong_state");
}

TEST_CASE("timeline: newest first, by moment and then by the order of entry, whatever the order in which it was told") {
    Customers shop;
    shop.add("2026-03-05", "visit", "Visit");
    shop.add("2026-03-01", "web", "Asked on the web page");
    shop.add("2026-03-05", "note", "Afterwards");
    CHECK(shop.timeline() == "2026-03-05 note inbound Afterwards\n2026-03-05 visit inbound Visit\n2026-03-01 web inbound Asked on the web page\n");
    CHECK(shop.timeline({{"kind", "visit"}}) == "2026-03-05 visit inbound Visit\n");
}

TEST_CASE("timeline: pages by the last entry that was shown give every entry once, also of one moment") {
    Customers shop;
    shop.company.run([&](Transaction& tx) {
        for (int i = 0; i < 25; ++i)
            tx.service<Timeline>().add(tx, {.party = shop.acme, .day = "2026-03-01"_date.plus_days(i / 10), .kind = "note", .subject = std::to_string(i)});
    });
    std::string all, last;
    for (int page = 0; page < 10; ++page) {
        tessera::Suite::ParameterTexts p{{"party", "Acme"}, {"rows", "4"}};
        if (!last.empty()) p.emplace_back("before", last);
        const auto result = shop.company.report_result("crm.timeline", p);
        for (const auto& row : result.rows) {
            all += std::get<std::string>(row[3]) + " ";
            last = std::to_string(std::get<std::int64_t>(row[12]));
        }
    }
    std::string expected;
    for (int i = 25; i-- > 0;) expected += std::to_string(i) + " ";
    CHECK(all == expected);
    CHECK(shop.refusal([&] { shop.timeline({{"before", "99999"}}); }) == "crm.no_such_place");
}

TEST_CASE("timeline: what is written never changes; only erasing the person blanks it") {
    Customers  shop;
    const auto id = shop.add("2026-03-01", "note", "Likes blue");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        auto touchpoint    = tx.load(id);
        touchpoint.subject = "Likes red";
        tx.save(touchpoint);
    }) == "crm.touchpoint_is_written");
    shop.company.suite().erase({.name = "erase", .reason = "Asked for"}, "directory.party", shop.acme.value);
    CHECK(shop.company.load(id).subject == fmt::format("Erased {}", id));
    CHECK(shop.company.load(id).kind == "note");
}

TEST_CASE("timeline: a touchpoint is with somebody, and of a kind that is known") {
    Customers  shop;
    const auto other = shop.company.insert(Party{.number = "OTHER", .name = "Other", .customer = true});
    const auto ben   = shop.company.insert(Contact{.party = other, .name = "Ben"});
    const auto refused = [&](Touchpoint touchpoint) { return shop.company.refusal([&](Transaction& tx) { tx.service<Timeline>().add(tx, touchpoint); }); };
    CHECK(refused({.kind = "note", .subject = "x"}) == "crm.touchpoint_of_nobody");
    CHECK(refused({.party = shop.acme, .kind = "telepathy", .subject = "x"}) == "crm.unknown_kind");
    CHECK(refused({.party = shop.acme, .contact = ben, .kind = "note", .subject = "x"}) == "crm.contact_of_another");
    CHECK(refused({.contact = ben, .kind = "note", .subject = "x"}) == "");
    CHECK(shop.company.value<std::int64_t>("SELECT party FROM crm_touchpoint") == other.value);
}

TEST_CASE("timeline: a payment of the books stands there by itself, for customers") {
    Customers  shop;
    const auto supplier = shop.company.insert(Party{.number = "SUP", .name = "Supplier", .supplier = true});
    const auto pay      = [&](Id<Party> party) {
        shop.company.run([&](Transaction& tx) {
            const auto payment = tx.insert(financials::Payment{.party = party, .date = "2026-03-02"_date, .on_account = shop.company.money("10")});
            tx.transition(payment, "post");
        }, "2026-03-02"_date);
    };
    pay(supplier);
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_touchpoint") == 0);
    pay(shop.acme);
    CHECK(shop.timeline() == "2026-03-02 payment outbound Payment PAY-2026-00002 to Acme\n");
    CHECK(shop.company.value<std::string>("SELECT source_entity FROM crm_touchpoint") == "financials.payment");
}

TEST_CASE("activities: what a plan must say") {
    Customers  shop;
    const auto refused = [&](Activity activity) { return shop.company.refusal([&](Transaction& tx) { tx.insert(activity); }); };
    CHECK(refused({.kind = "call", .subject = "Nobody"}) == "crm.activity_with_nobody");
    CHECK(refused({.kind = "shout", .subject = "x", .party = shop.acme}) == "crm.unknown_kind");
    for (const char* time : {"9:30", "24:00", "12:60", "1200", "ab:cd"})
        CHECK(refused({.kind = "call", .subject = "x", .due_time = time, .party = shop.acme}) == "crm.malformed_time");
    CHECK(refused({.kind = "call", .subject = "x", .due_time = "23:59", .party = shop.acme}) == "");
    const auto plan = shop.company.insert(Activity{.kind = "call", .subject = "x", .party = shop.acme});
    CHECK(shop.refusal([&] { shop.run_transition(plan, "done", Outcome{.date = "2027-01-01"_date}); }) == "crm.done_in_the_future");
    CHECK(shop.refusal([&] { shop.run_transition(plan, "done", Outcome{.next_on = "2026-08-01"_date}); }) == "crm.next_step_missing");
}

TEST_CASE("activities: the calendar shows an employee's days, the overdue list what was left") {
    Customers  shop;
    const auto eva  = shop.company.insert(Employee{.number = "1", .name = "Eva"});
    const auto plan = [&](const char* day, const char* time, const char* subject, Id<Employee> owner) {
        return shop.company.insert(Activity{.kind = "call", .subject = subject, .due_on = Date::parse(day), .due_time = time, .owner = owner, .party = shop.acme});
    };
    plan("2026-06-01", "", "Left", eva);
    plan("2026-06-02", "", "Of another", {});
    const auto done = plan("2026-06-03", "", "Done late", eva);
    shop.company.transition(done, "done");
    plan("2026-06-16", "14:00", "Afternoon", eva);
    plan("2026-06-16", "", "Any time", eva);
    plan("2026-06-16", "09:00", "Morning", eva);
    plan("2026-06-30", "", "Later", eva);
    CHECK(shop.company.report("crm.calendar", {{"from", "2026-06-15"}, {"owner", "1"}, {"as_of", "2026-06-15"}}) ==
          "2026-06-16 | 09:00 | call | Morning | Eva | Acme |  | planned | 0\n"
          "2026-06-16 | 14:00 | call | Afternoon | Eva | Acme |  | planned | 0\n"
          "2026-06-16 |  | call | Any time | Eva | Acme |  | planned | 0\n");
    CHECK(shop.company.report("crm.overdue_activities", {{"as_of", "2026-06-15"}}) ==
          "2026-06-01 |  | call | Left | Eva | Acme |  | planned | 14\n"
          "2026-06-02 |  | call | Of another |  | Acme |  | planned | 13\n");
    CHECK(shop.company.report("crm.calendar", {{"from", "2026-06-03"}, {"to", "2026-06-03"}}) == "2026-06-03 |  | call | Done late | Eva | Acme |  | done | 12\n");
}

TEST_CASE("timeline: of ten thousand entries a page is shown, of one kind or from a place on too") {
    Customers shop;
    shop.company.run([&](Transaction& tx) {
        for (int i = 0; i < 10'000; ++i)
            tx.service<Timeline>().add(tx, {.party = shop.acme, .day = "2020-01-01"_date.plus_days(i / 5), .kind = i % 50 ? "note" : "visit", .subject = "Entry"});
    });
    for (const auto& more : {tessera::Suite::ParameterTexts{}, {{"kind", "visit"}}, {{"kind", "letter"}}, {{"before", "5000"}}}) {
        auto p = tessera::Suite::ParameterTexts{{"party", "Acme"}};
        p.insert(p.end(), more.begin(), more.end());
        const auto result = shop.company.report_result("crm.timeline", p);
        CHECK(result.rows.size() == (more.empty() || more[0].second != "letter" ? 100 : 0));
    }
}

}  // namespace crm::tests
