// Assets that say the same are found, and become one.
#include "tests/writers.h"

#include "assets/shingles.h"

namespace knowledge::tests {

TEST_CASE("shingles: texts are as alike as the runs of four words they share") {
    const auto like = [](const char* a, const char* b) { return likeness(shingles_of(a), shingles_of(b)); };
    CHECK(like("one two three four five", "One, two; three four FIVE!") == 100);
    CHECK(like("one two three four five", "one two three four six") == 33);
    CHECK(like("one two three four", "four three two one") == 0);
    CHECK(like("", "") == 0);
    CHECK(like("öl auf die kette geben", "öl auf die kette geben") == 100);
    std::vector<Shingles> texts;
    for (int i = 0; i < 60; ++i) texts.push_back(shingles_of("a heading that all have " + std::to_string(i)));
    CHECK(alike(texts, 1).empty());
    texts.push_back(shingles_of("oil the chain before the rain comes"));
    texts.push_back(shingles_of("oil the chain before the rain falls"));
    const auto pairs = alike(texts, 30);
    REQUIRE(pairs.size() == 1);
    CHECK(pairs[0].first == 60);
    CHECK(pairs[0].second == 61);
    CHECK(pairs[0].percent == 60);
}

TEST_CASE("duplicates: pairs of assets that say the same are listed, the most alike first, without those that are retired") {
    Writers    office;
    const auto text = std::string("Oil the chain before it rains, wipe it after each ride, and look at it once a week for rust or dirt.");
    const auto write = [&](const char* title, const std::string& body) { return office.write("ada", fmt::format(R"({{"title":"{}","body":"{}"}})", title, body)); };
    write("First", text);
    const auto second = write("Second", text + " Every month is too rare.");
    write("Other", "Something else altogether that nobody else has ever said before.");
    const auto pairs = office.company.report("knowledge.duplicates");
    CHECK(pairs.starts_with("First | Second | draft | draft | "));
    CHECK(std::ranges::count(pairs, '\n') == 1);
    REQUIRE(office.step("ben", second, "retire") == "");
    CHECK(office.company.report("knowledge.duplicates") == "");
}

TEST_CASE("merge: uses, objections, links, topics and readings go over to the one that stays") {
    Writers    office;
    const auto shocks = office.company.insert(Topic{.name = "Shocks"});
    const auto kept = office.verified_story("Kept"), merged = office.verified_story("Merged"), third = office.story("ada", "Third");
    REQUIRE(office.change("ada", merged, fmt::format(R"({{"topics":[{{"topic":{}}}],"links":[{{"entity":"knowledge.asset","record":{}}},{{"entity":"knowledge.asset","record":{}}}]}})", shocks, third, kept)) == "");
    REQUIRE(office.change("ada", third, fmt::format(R"({{"links":[{{"entity":"knowledge.asset","record":{}}}]}})", merged)) == "");
    office.step("cem", merged, "use", R"({"helpful":"yes","minutes_saved":15})");
    office.step("cem", merged, "read");
    office.step("cem", merged, "object", R"({"text":"Twice"})");
    CHECK(office.step("ben", merged, "merge_into", fmt::format(R"({{"target":{}}})", merged)) == "knowledge.no_merge_target");
    CHECK(office.step("ada", merged, "merge_into", fmt::format(R"({{"target":{}}})", kept)) == "kernel.not_permitted");
    CHECK(office.step("ben", merged, "merge_into", fmt::format(R"({{"target":{}}})", kept)) == "");
    const auto asset = office.of(kept);
    CHECK(asset.state == AssetState::verified);
    CHECK(asset.minutes_saved == 15);
    CHECK(asset.topics.size() == 1);
    REQUIRE(asset.links.size() == 1);
    CHECK(asset.links[0].record == third.value);
    CHECK(office.of(third).links.at(0).record == kept.value);
    CHECK(office.count("SELECT count(*) FROM knowledge_use WHERE asset = :asset", kept) == 1);
    CHECK(office.count("SELECT count(*) FROM knowledge_objection WHERE asset = :asset", kept) == 1);
    CHECK(office.count("SELECT count(*) FROM knowledge_reading WHERE asset = :asset", kept) == 1);
    CHECK(office.of(merged).state == AssetState::retired);
    CHECK(office.of(merged).replaced_by == kept);
    CHECK(office.company.verify() == "");
}

}  // namespace knowledge::tests
