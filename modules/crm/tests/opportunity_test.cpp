// From a lead to a sale that is won or lost: what each step asks for, and what the funnel was on any day.
#include "services/lead_conversion.h"
#include "tests/selling.h"

#include <random>

namespace crm::tests {

TEST_CASE("leads: converting one makes a party, a contact and an opportunity, with what was done before on the timeline") {
    Selling    shop;
    const auto lead = shop.company.insert(Lead{.title        = "Twenty city bikes",
                                               .company_name = "Velo AG",
                                               .person_name  = "Ben",
                                               .email        = "ben@velo.example",
                                               .city         = "Bern",
                                               .country      = "CH",
                                               .source       = "Fair",
                                               .amount       = shop.company.money("18000")},
                                          "2026-03-01"_date);
    const auto call = shop.company.insert(Activity{.kind = "call", .subject = "First talk", .lead = lead}, "2026-03-02"_date);
    shop.company.transition(call, "done", "2026-03-02"_date);
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_touchpoint") == 0);
    shop.run_transition(lead, "convert", Conversion{.expected_close = "2026-09-30"_date}, "2026-03-10"_date);
    const auto now = shop.company.load(lead);
    CHECK(now.state == LeadState::qualified);
    CHECK(shop.company.load(now.party).name == "Velo AG");
    CHECK(shop.company.load(now.party).customer);
    CHECK(shop.company.load(now.contact).email == "ben@velo.example");
    const auto deal = shop.company.load(now.opportunity);
    CHECK(deal.title == "Twenty city bikes");
    CHECK(deal.amount == shop.company.money("18000"));
    CHECK(deal.source == "Fair");
    CHECK(deal.expected_close == "2026-09-30"_date);
    CHECK(shop.stands(deal.id) == "Contacted");
    CHECK(shop.timeline({}, "Velo AG") == "2026-03-02 call outbound First talk\n");
    CHECK(shop.company.value<std::string>("SELECT city FROM directory_address WHERE party = :party", now.party) == "Bern");
}

TEST_CASE("leads: somebody who is there already is not made again unless one says so") {
    Selling    shop;
    const auto lead = shop.company.insert(Lead{.company_name = "Acme", .person_name = "Eva"});
    CHECK(shop.refusal([&] { shop.company.transition(lead, "convert"); }) == "crm.party_is_known");
    CHECK(shop.company.load(lead).state == LeadState::fresh);
    shop.run_transition(lead, "convert", Conversion{.party = shop.acme});
    CHECK(shop.company.load(lead).party == shop.acme);
    const auto again = shop.company.insert(Lead{.company_name = "Acme"});
    shop.run_transition(again, "convert", Conversion{.new_party = true});
    CHECK(shop.company.load(again).party != shop.acme);
}

TEST_CASE("leads: one that comes to nothing says why, and may be taken up again") {
    Selling    shop;
    const auto lead = shop.company.insert(Lead{.person_name = "Eva"});
    CHECK(shop.company.load(lead).title == "Eva");
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.insert(Lead{.title = "Nobody"}); }) == "crm.lead_is_nobody");
    shop.run_transition(lead, "disqualify", LostWith{.reason = shop.reason("No budget")});
    CHECK(shop.company.load(lead).lost_reason == shop.reason("No budget"));
    CHECK(shop.refusal([&] { shop.company.transition(lead, "convert"); }) == "kernel.wrong_state");
    shop.company.transition(lead, "reopen");
    CHECK(!shop.company.load(lead).lost_reason);
}

TEST_CASE("opportunities: a stage is entered when its fields are filled and its steps were done; none is skipped") {
    Selling shop;
    shop.company.run([&](Transaction& tx) {
        auto needs            = tx.load(shop.stage("Needs known"));
        needs.required_fields = "amount contact";
        needs.items           = {{.text = "Needs written down"}};
        tx.save(needs);
        auto offered  = tx.load(shop.stage("Offered"));
        offered.items = {{.text = "Offer read by a second person"}};
        tx.save(offered);
    });
    const auto deal = shop.deal("Bikes");
    std::string sentence;
    try {
        shop.company.transition(deal, "advance");
    } catch (const Refused& refused) { sentence = refused.sentence(); }
    CHECK(sentence == "To enter Needs known with Bikes, complete first: amount, contact, the step \"Needs written down\".");
    CHECK(shop.refusal([&] { shop.run_transition(deal, "move", MovedTo{shop.stage("Negotiated")}); }) == "crm.stage_asks_for");
    CHECK(shop.refusal([&] { shop.company.transition(deal, "win"); }) == "crm.stage_asks_for");

    const auto ben = shop.company.insert(Contact{.party = shop.acme, .name = "Ben"});
    shop.company.run([&](Transaction& tx) {
        auto changed    = tx.load(deal);
        changed.amount  = tx.books().money("100");
        changed.contact = ben;
        tx.save(changed);
    });
    shop.tick(deal, "Needs written down");
    shop.company.transition(deal, "advance");
    CHECK(shop.stands(deal) == "Needs known");
    CHECK(shop.refusal([&] { shop.run_transition(deal, "move", MovedTo{shop.stage("Negotiated")}); }) == "crm.stage_asks_for");
    shop.run_transition(deal, "move", MovedTo{shop.stage("Contacted")});
    CHECK(shop.stands(deal) == "Contacted");
    shop.tick(deal, "Offer read by a second person");
    shop.run_transition(deal, "move", MovedTo{shop.stage("Negotiated")});
    CHECK(shop.stands(deal) == "Negotiated");
    CHECK(shop.company.load(deal).probability == Percent::of(75));
    CHECK(shop.refusal([&] { shop.company.transition(deal, "advance"); }) == "crm.last_stage");
    shop.company.transition(deal, "win");
    CHECK(shop.company.load(deal).state == OpportunityState::won);
}

TEST_CASE("opportunities: what is refused in the set-up and in the figures") {
    Selling    shop;
    const auto other = shop.company.insert(Pipeline{.name = "Partners", .position = 2});
    const auto deal  = shop.deal("Bikes");
    const auto refused = [&](auto record) { return shop.company.refusal([&](Transaction& tx) { tx.insert(record); }); };
    CHECK(refused(Stage{.pipeline = other, .name = "x", .required_fields = "shoe_size"}) == "crm.no_such_field");
    CHECK(refused(Stage{.pipeline = other, .name = "x", .probability = Percent::of(101)}) == "crm.probability_out_of_range");
    CHECK(refused(Opportunity{.title = "x", .party = shop.acme, .pipeline = other}) == "crm.no_stage");
    CHECK(refused(Opportunity{.title = "x", .party = shop.acme, .pipeline = other, .stage = shop.stage("Offered")}) == "crm.stage_of_another");
    CHECK(refused(Opportunity{.title = "x", .party = shop.acme, .amount = shop.company.money("-1")}) == "crm.negative_amount");
    const auto foreign = shop.company.insert(Stage{.pipeline = other, .name = "First"});
    CHECK(shop.refusal([&] { shop.run_transition(deal, "move", MovedTo{foreign}); }) == "crm.stage_of_another");
    CHECK(shop.refusal([&] { shop.run_transition(deal, "lose", LostWith{.reason = shop.reason("Price"), .date = "2027-01-01"_date}); }) == "crm.closed_on_another_day");
    shop.company.run([](Transaction& tx) { tx.execute("UPDATE crm_pipeline SET active = 0"); });
    CHECK(refused(Opportunity{.title = "x", .party = shop.acme}) == "crm.no_pipeline");
}

TEST_CASE("funnel: what stood where on any day, worked out from what was recorded") {
    Selling    shop;
    const auto a = shop.deal("A", "1000", "2026-01-05"_date);
    const auto b = shop.deal("B", "500", "2026-01-05"_date);
    shop.run_transition(a, "move", MovedTo{shop.stage("Offered")}, "2026-02-01"_date);
    shop.company.run([&](Transaction& tx) {
        auto changed   = tx.load(b);
        changed.amount = tx.books().money("800");
        tx.save(changed);
    }, "2026-02-10"_date);
    shop.company.transition(a, "win", "2026-03-01"_date);
    shop.run_transition(b, "lose", LostWith{.reason = shop.reason("Price")}, "2026-03-15"_date);
    const auto funnel = [&](const char* day) { return shop.company.report("crm.funnel", {{"as_of", day}}); };
    CHECK(funnel("2026-01-04") ==
          "Contacted | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\nNeeds known | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\nOffered | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\nNegotiated | 0 | 0.00 "
          "| 0.00 | 0 | 0 | 0 | 0\n"
          "=  | 0 | 0.00 | 0.00 |  |  | 0 | 0\n");
    CHECK(funnel("2026-01-31") ==
          "Contacted | 2 | 1500.00 | 150.00 | 2 | 100 | 0 | 0\nNeeds known | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\nOffered | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\nNegotiated | 0 "
          "| 0.00 | 0.00 | 0 | 0 | 0 | 0\n"
          "=  | 2 | 1500.00 | 150.00 |  |  | 0 | 0\n");
    CHECK(funnel("2026-02-28") ==
          "Contacted | 1 | 800.00 | 80.00 | 2 | 100 | 0 | 0\nNeeds known | 0 | 0.00 | 0.00 | 1 | 50 | 0 | 0\nOffered | 1 | 1000.00 | 500.00 | 1 | 100 | 0 | "
          "0\nNegotiated | 0 | 0.00 | 0.00 | 0 | 0 | 0 | 0\n"
          "=  | 2 | 1800.00 | 580.00 |  |  | 0 | 0\n");
    CHECK(funnel("2026-12-31") ==
          "Contacted | 0 | 0.00 | 0.00 | 2 | 100 | 0 | 1\nNeeds known | 0 | 0.00 | 0.00 | 1 | 50 | 0 | 0\nOffered | 0 | 0.00 | 0.00 | 1 | 100 | 1 | 0\nNegotiated | 0 | "
          "0.00 | 0.00 | 1 | 100 | 0 | 0\n"
          "=  | 0 | 0.00 | 0.00 |  |  | 1 | 1\n");
    CHECK(shop.company.report("crm.opportunities", {{"as_of", "2026-02-28"}, {"stage", "Offered"}}) ==
          "A | Acme | Offered | open | 50 | USD | 1000.00 |  |  | \n=  |  |  |  |  |  | 1000.00 |  |  | \n");
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_stage_entry") == 6);
}

TEST_CASE("funnel: one entry per command and change, whatever is saved in between; the sums of any day are those of the opportunities then") {
    Selling                       shop;
    std::mt19937                  random(11);
    std::vector<Id<Opportunity>>  deals;
    std::map<std::int64_t, std::int64_t> amounts;   // minor units of those that are open
    std::vector<std::pair<Date, std::int64_t>> sums;
    auto day = "2026-01-01"_date;
    for (int step = 0; step < 60; ++step) {
        day = day.plus_days(1);
        shop.company.run([&](Transaction& tx) {
            if (deals.size() < 5 || random() % 4 == 0) {
                const auto amount = static_cast<std::int64_t>(random() % 1000) * 100;
                deals.push_back(tx.insert(Opportunity{.title = "x", .party = shop.acme, .amount = Money{amount, tx.books().currency}}));
                amounts[deals.back().value] = amount;
                return;
            }
            const auto id = deals[random() % deals.size()];
            if (!amounts.contains(id.value)) return;
            if (random() % 5 == 0) {
                tx.transition(id, "win");
                amounts.erase(id.value);
                return;
            }
            auto deal   = tx.load(id);
            deal.amount = Money{static_cast<std::int64_t>(random() % 1000) * 100, deal.amount.currency()};
            tx.save(deal);
            deal.next_step = "again";
            tx.save(deal);
            amounts[id.value] = deal.amount.minor();
        }, day);
        std::int64_t sum = 0;
        for (const auto& [id, amount] : amounts) sum += amount;
        sums.emplace_back(day, sum);
    }
    for (const auto& [on, sum] : sums) {
        const auto result = shop.company.report_result("crm.funnel", {{"as_of", on.str()}});
        CHECK(std::get<tessera::Decimal>(result.totals.at(2)).units == sum);
    }
}

TEST_CASE("outcomes: what was won and lost, by reason, competitor and source, in the books' currency") {
    Selling    shop;
    const auto rival = shop.company.insert(Competitor{.name = "Rival"});
    shop.company.insert(directory::ExchangeRate{
        .base = Currency::of("EUR"), .quote = Currency::of("USD"), .date = "2026-01-01"_date, .rate = tessera::Fixed<tessera::RateTag, 10>::parse("1.2")});
    const auto lose = [&](Id<Opportunity> deal, const char* reason, Id<Competitor> to) { shop.run_transition(deal, "lose", LostWith{shop.reason(reason), to}); };
    lose(shop.deal("A", "100", "2026-02-01"_date), "Price", rival);
    lose(shop.deal("B", "50", "2026-02-01"_date), "Price", {});
    lose(shop.company.insert(Opportunity{.title = "C", .party = shop.acme, .currency = Currency::of("EUR"), .amount = Money{10'000, Currency::of("EUR")}}), "No decision", rival);
    const auto won = shop.company.insert(Opportunity{.title = "D", .party = shop.acme, .amount = shop.company.money("70"), .source = "Fair", .competitor = rival});
    shop.company.transition(won, "win");
    CHECK(shop.company.report("crm.outcomes") ==
          "Price | 0 | 0.00 | 2 | 150.00 | 0\nNo decision | 0 | 0.00 | 1 | 120.00 | 0\n | 1 | 70.00 | 0 | 0.00 | 100\n=  | 1 | 70.00 | 3 | 270.00 | \n");
    CHECK(shop.company.report("crm.outcomes", {{"by", "competitor"}}) == "Rival | 1 | 70.00 | 2 | 220.00 | 33.3333\n | 0 | 0.00 | 1 | 50.00 | 0\n=  | 1 | 70.00 | 3 | 270.00 | \n");
    CHECK(shop.company.report("crm.outcomes", {{"from", "2026-07-01"}}) == "=  | 0 | 0.00 | 0 | 0.00 | \n");
    shop.run_transition(won, "reopen", Because{"They cancelled"});
    CHECK(shop.company.load(won).state == OpportunityState::open);
}

}  // namespace crm::tests
