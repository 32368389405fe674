// How likely a lead is to be won: the published figures, by hand, and what must hold of any.
#include <crm/lead.h>
#include <crm/lead_score.h>

#include "tests/customers.h"

#include <random>

namespace crm::tests {

namespace {

FactorValues named(const char* country, const char* region, const char* source) { return {{"country", country}, {"region", region}, {"source", source}}; }

}  // namespace

TEST_CASE("lead score: the published example of the first team, 33.49 percent") {
    ScoreModel model(3);
    model.learn(Decided::lost, 1, named("c1", "s1", "src1"));
    model.learn(Decided::lost, 2, named("c2", "s2", "src2"));
    model.learn(Decided::won, 3, named("c3", "s3", "src3"));
    const auto score = model.score(2, named("c1", "s2", "src3"));
    CHECK(fmt::format("{:.2f}", score.percent) == "33.49");
    CHECK(score.won_start == doctest::Approx(1.1 / 3.2));
    CHECK(score.lost_start == doctest::Approx(2.1 / 3.2));
    REQUIRE(score.factors.size() == 4);
    CHECK(score.factors[0].lost == doctest::Approx(1.1));
    CHECK(score.factors[0].lost_total == doctest::Approx(2.1));
    CHECK(score.factors[1].won == doctest::Approx(0.1));
    CHECK(score.factors[1].won_total == doctest::Approx(1.3));
}

TEST_CASE("lead score: the published example of the second team, 7.74 percent") {
    ScoreModel model(3);
    model.learn(Decided::lost, 3, named("c1", "s2", "src2"));
    model.learn(Decided::lost, 2, named("c1", "s2", "src3"));
    model.learn(Decided::won, 1, named("c1", "s3", "src3"));
    CHECK(fmt::format("{:.2f}", model.score(2, named("c1", "s2", "src3")).percent) == "7.74");
}

TEST_CASE("lead score: without anything won, or lost, nothing is known") {
    ScoreModel model(2);
    CHECK(!model.score(1, {}).known);
    model.learn(Decided::lost, 1, {});
    CHECK(!model.score(1, {}).known);
    model.learn(Decided::won, 1, {});
    CHECK(model.score(1, {}).percent == doctest::Approx(50));
}

TEST_CASE("lead score: what was never seen says nothing, and more that were won with a value never lower it") {
    std::mt19937 random(3);
    const auto   any = [&] {
        return named(("c" + std::to_string(random() % 3)).c_str(), ("r" + std::to_string(random() % 3)).c_str(), ("s" + std::to_string(random() % 3)).c_str());
    };
    for (int round = 0; round < 200; ++round) {
        ScoreModel model(4);
        for (int i = 0; i < 30; ++i) model.learn(random() % 3 ? Decided::lost : Decided::won, 1 + static_cast<std::int64_t>(random() % 4), any());
        model.learn(Decided::won, 4, any());
        model.learn(Decided::lost, 1, any());
        const auto values = any();
        const auto before = model.score(2, values).percent;
        CHECK((before >= 0.01 && before <= 99.99));
        CHECK(model.score(2, {values[0], {"region", ""}, {"source", "nobody"}}).percent == doctest::Approx(model.score(2, {values[0]}).percent));
        model.learn(Decided::won, 4, values, 5);
        CHECK(model.score(2, values).percent >= before - 1e-9);
    }
}

TEST_CASE("lead score: in the books it comes from what was decided in the pipeline, shows its counts and is kept by the job") {
    Customers  shop;
    const auto team    = shop.company.insert(Pipeline{.name = "Team", .position = 5});
    std::vector<Id<Stage>> stages;
    for (const auto* name : {"One", "Two", "Three"}) stages.push_back(shop.company.insert(Stage{.pipeline = team, .name = name}));
    const auto reason = *shop.company.value<Id<LostReason>>("SELECT min(id) FROM crm_lost_reason");
    const auto deal   = [&](std::size_t stage, const char* country, const char* region, const char* source) {
        return shop.company.insert(
              Opportunity{.title = "x", .party = shop.acme, .pipeline = team, .stage = stages[stage - 1], .source = source, .country = country, .region = region});
    };
    struct Lost { Id<LostReason> reason{}; static void describe(tessera::Fields<Lost>& f) { f.field("reason", &Lost::reason); } };
    shop.run_transition(deal(1, "c1", "s1", "src1"), "lose", Lost{reason});
    shop.run_transition(deal(2, "c2", "s2", "src2"), "lose", Lost{reason});
    shop.company.transition(deal(3, "c3", "s3", "src3"), "win");
    const auto asked = deal(2, "c1", "s2", "src3");
    shop.company.transition(asked, "score");
    CHECK(shop.company.load(asked).score == Percent::parse("33.49"));
    const auto view = shop.company.suite().record_view({}, "crm.opportunity", asked.value, "likelihood");
    CHECK(view.find(R"("percent":"33.49","won_start":"0.34375","lost_start":"0.65625")") != std::string::npos);
    CHECK(view.find(R"({"factor":"stage","value":"2","won":"1.1","won_total":"1.1","lost":"1.1","lost_total":"2.1"})") != std::string::npos);

    const auto lead = shop.company.insert(Lead{.company_name = "New", .country = "c1", .source = "src3", .pipeline = team});
    CHECK(!shop.company.load(lead).score);
    shop.company.suite().run_job("crm.lead_scores");
    REQUIRE(shop.company.load(lead).score);
    ScoreModel model(3);
    model.learn(Decided::lost, 1, named("c1", "s1", "src1"));
    model.learn(Decided::lost, 2, named("c2", "s2", "src2"));
    model.learn(Decided::won, 3, named("c3", "s3", "src3"));
    CHECK(shop.company.load(lead).score == Percent::raw(std::llround(model.score(1, named("c1", "", "src3")).percent * 100) * 10'000));
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_lead WHERE score IS NULL") == 0);
}

}  // namespace crm::tests
