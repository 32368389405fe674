// Where knowledge was used, what that is worth, and how it ranks.
#include "tests/writers.h"

#include "assets/standing.h"

namespace knowledge::tests {

TEST_CASE("standing: verified, used and fresh ones are found before others") {
    struct Row {
        StandingFacts facts;
        std::int64_t  standing;
    };
    using enum AssetState;
    for (const auto& row : {Row{{.state = draft}, 950}, Row{{.state = in_review}, 1050}, Row{{.state = verified}, 1350}, Row{{.state = needs_review}, 850}, Row{{.state = retired, .best_practice = true, .uses = 50, .helpful = 50}, 300},
                            Row{{.state = verified, .confidence = Confidence::high}, 1400}, Row{{.state = verified, .confidence = Confidence::low}, 1300}, Row{{.state = draft, .confidence = Confidence::high}, 950},
                            Row{{.state = verified, .best_practice = true}, 1450}, Row{{.state = verified, .uses = 1}, 1375}, Row{{.state = verified, .uses = 3}, 1400}, Row{{.state = verified, .uses = 6}, 1400},
                            Row{{.state = verified, .uses = 7}, 1425}, Row{{.state = verified, .uses = 100'000}, 1550}, Row{{.state = verified, .helpful = 4, .unhelpful = 1}, 1380}, Row{{.state = verified, .unhelpful = 90}, 1200},
                            Row{{.state = verified, .helpful = 90}, 1500}, Row{{.state = verified, .days_old = 30}, 1350}, Row{{.state = verified, .days_old = 31}, 1325}, Row{{.state = verified, .days_old = 181}, 1300},
                            Row{{.state = verified, .days_old = 366}, 1250}, Row{{.state = verified, .days_old = 731}, 1200}})
        CHECK(standing_of(row.facts) == row.standing);
}

TEST_CASE("use: whoever uses an asset says on what and whether it helped, which moves its standing") {
    Writers    office;
    const auto story = office.verified_story();
    const auto before = office.of(story).standing;
    CHECK(office.step("cem", story, "use", fmt::format(R"({{"entity":"directory.employee","record":{},"helpful":"yes","minutes_saved":20}})", office.ada)) == "");
    CHECK(office.of(story).standing == before + 25 + 10);
    CHECK(office.of(story).minutes_saved == 20);
    CHECK(office.step("ada", story, "use", R"({"helpful":"no","comment":"Other bike"})") == "");
    CHECK(office.step("ada", story, "use", R"({"minutes_saved":50})") == "");
    CHECK(office.step("ada", story, "use", R"({"minutes_saved":30})") == "");
    CHECK(office.of(story).minutes_saved == 30);
    CHECK(office.count("SELECT count(*) FROM knowledge_use WHERE asset = :asset", story) == 4);
    CHECK(office.count("SELECT employee FROM knowledge_use WHERE asset = :asset AND used_by = 'cem'", story) == office.cem.value);
    CHECK(office.step("cem", story, "use", R"({"entity":"directory.employee","record":99})") == "knowledge.no_such_record");
    CHECK(office.step("cem", story, "use", R"({"minutes_saved":20000})") == "knowledge.minutes_saved");
    CHECK(office.company.verify() == "");
}

TEST_CASE("use: what it is worth are the minutes it saved, at the cost of an hour") {
    Writers    office;
    const auto rain = office.verified_story("Rain"), snow = office.verified_story("Snow");
    office.step("cem", rain, "use", R"({"helpful":"yes","minutes_saved":30})");
    office.step("cem", rain, "use", R"({"helpful":"unsaid"})");
    office.step("cem", rain, "use", R"({"helpful":"no"})");
    office.step("cem", snow, "use", R"({"helpful":"yes"})");
    const auto year = Date::today().year();
    const tessera::Suite::ParameterTexts span{{"from", fmt::format("{}-01-01", year)}, {"to", fmt::format("{}-12-31", year)}, {"cost_per_hour", "60"}};
    CHECK(office.company.report("knowledge.value", span) ==
          "Rain | story | 3 | 1 | 1 | 60 | 60.00\n"
          "Snow | story | 1 | 1 | 0 | 0 | 0.00\n"
          "=  |  | 4 | 2 | 1 | 60 | 60.00\n");
}

TEST_CASE("use: what is written, read and used is counted by topic, department and month") {
    Writers    office;
    const auto shocks = office.company.insert(Topic{.name = "Shocks"});
    const auto rain = office.story("ada", "Rain"), plain = office.story("ben", "Plain");
    REQUIRE(office.change("ada", rain, fmt::format(R"({{"topics":[{{"topic":{}}}]}})", shocks)) == "");
    office.step("cem", rain, "read");
    office.step("cem", rain, "use", R"({"helpful":"yes"})");
    office.step("cem", rain, "use", R"({"helpful":"no"})");
    office.step("ada", plain, "use");
    const auto month = tessera::Instant::now().date().str().substr(0, 7);
    const tessera::Suite::ParameterTexts span{{"from", month + "-01"}, {"to", tessera::Instant::now().date().str()}};
    CHECK(office.company.report("knowledge.use_by_topic", span) == fmt::format("Shocks | Sales | {0} | 0 | 1 | 2 | 1 | 1\n"
                                                                              "Shocks | Workshop | {0} | 1 | 0 | 0 | 0 | 0\n"
                                                                              "no topic | Workshop | {0} | 1 | 0 | 1 | 0 | 0\n"
                                                                              "=  |  |  | 2 | 1 | 3 | 1 | 1\n", month));
}

TEST_CASE("worklists: what is mine to finish, and what lacks an owner, an objective or a topic") {
    Writers    office;
    const auto rain = office.story("ada", "Rain"), snow = office.story("ben", "Snow");
    REQUIRE(office.change("ada", rain, R"({"objective":"Fewer returns"})") == "");
    office.company.run([&](Transaction& tx) {
        auto asset  = tx.load(snow);
        asset.owner = {};
        tx.save(asset);
    });
    const auto lacking = [&](const char* what) { return office.company.report("knowledge.lacking", {{"what", what}}); };
    CHECK(lacking("owner") == "KA-2026-00002 | Snow | story | draft |  | 2026-06-15 | \n");
    CHECK(lacking("objective") == "KA-2026-00002 | Snow | story | draft |  | 2026-06-15 | \n");
    CHECK(lacking("topic").find("Rain") != std::string::npos);
    const auto mine = office.company.suite().report(office.as("ada").actor, "knowledge.my_drafts", {});
    REQUIRE(mine.rows.size() == 1);
    CHECK(std::get<std::string>(mine.rows[0][1]) == "Rain");
}

}  // namespace knowledge::tests
