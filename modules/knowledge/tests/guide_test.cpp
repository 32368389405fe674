// Guides from the draft to what came of walking them.
#include "guides/guide_tree.h"
#include "tests/house.h"

#include <knowledge/guide.h>

using namespace knowledge;
using namespace knowledge::tests;

namespace {

// "lit ? Does it light? / lit No > fuse / lit Yes > done / fuse ! Replace the fuse / …": ? a question, ! a remedy, @ a new complaint, # an article without its asset.
GuideVersion version_of(const std::string& text) {
    GuideVersion version;
    for (std::size_t from = 0; from < text.size();) {
        const auto  to   = std::min(text.find(" / ", from), text.size());
        const auto  line = text.substr(from, to - from);
        const auto  code = line.substr(0, line.find(' ')), rest = line.substr(code.size() + 1);
        const auto  goes = rest.find(" > ");
        if (goes != std::string::npos) version.answers.push_back({.step = code, .text = rest.substr(0, goes), .next_step = rest.substr(goes + 3)});
        else {
            const auto kind = rest[0] == '?' ? StepKind::question : rest[0] == '!' ? StepKind::remedy : rest[0] == '@' ? StepKind::new_record : StepKind::article;
            version.steps.push_back({.code = code, .kind = kind, .text = rest.substr(2), .entity = rest[0] == '@' ? "crm.complaint" : ""});
        }
        from = to + 3;
    }
    return version;
}

constexpr auto lamp = "lit ? Does it light? / fuse ! Replace the fuse / flicker ? Does it flicker? / send @ Have it sent in / clean ! Clean the contacts / "
                      "lit No > fuse / lit Yes > flicker / flicker Always > send / flicker Sometimes > clean";

struct Guides : House {
    Id<Guide> guide = company.insert(Guide{.name = "Lamp"});

    Id<GuideVersion> draft(const std::string& text) {
        auto version  = version_of(text);
        version.guide = guide;
        return company.insert(version);
    }
    Id<Walk> walk(const char* answers = "", Date on = today) {
        const auto id = company.insert(Walk{.guide = guide}, on);
        for (const auto& answer : words(answers)) REQUIRE(step(id, "answer", fmt::format(R"({{"answer":"{}"}})", answer)) == "");
        return id;
    }
    static std::vector<std::string> words(const std::string& text) {
        std::vector<std::string> all;
        for (std::size_t from = 0; from < text.size();) {
            const auto to = std::min(text.find(' ', from), text.size());
            all.push_back(text.substr(from, to - from));
            from = to + 1;
        }
        return all;
    }
    std::string here(Id<Walk> id) {
        std::string json;
        company.read([&](const Snapshot& tx) {
            tessera::JsonWriter writer(json);
            tx.kernel().find_record_view("knowledge.walk", "here")->write(tx, id.value, writer);
        });
        return json;
    }
};

}  // namespace

TEST_CASE("guide: what keeps a version from being published") {
    struct Case {
        const char *text, *fault;
    };
    const Case cases[] = {
        {lamp, ""},
        {"only ! Switch it on", ""},
        {"a ? One / a ? Two / a Yes > a", "knowledge.guide_step_twice"},
        {"a ? One / a Yes > b", "knowledge.guide_leads_nowhere"},
        {"a ? One / b ! End / x Yes > b / a No > b", "knowledge.guide_leads_nowhere"},
        {"a ? One / b ! End / a Yes > b / a Yes > b", "knowledge.guide_answer_twice"},
        {"a ? One", "knowledge.guide_without_answers"},
        {"a ? One / b # Read it / a Yes > b", "knowledge.guide_ends_in_nothing"},
        {"a ! One / b ! Two / a Yes > b", "knowledge.guide_goes_on"},
        {"", "knowledge.guide_without_start"},
        {"a ? One / b ? Two / a Yes > b / b No > a", "knowledge.guide_without_start"},
        {"a ? One / b ! End / c ! Never reached / a Yes > b", "knowledge.guide_starts_twice"},
        {"a ? One / b ? Two / c ? Three / d ! End / a Yes > b / b Yes > c / c No > b / c Yes > d", "knowledge.guide_turns_in_circles"},
        {"a ? One / d ! End / a Yes > d / b ? Two / c ? Three / b Yes > c / c Yes > b", "knowledge.guide_turns_in_circles"},
    };
    for (const auto& one : cases) {
        const auto fault = fault_of(version_of(one.text));
        CHECK_MESSAGE((fault ? fault->code : "") == one.fault, one.text);
    }
    CHECK(start_of(version_of(lamp)).code == "lit");
}

TEST_CASE("guide: a version is published when it is whole, changed while it is a draft, and ends the one before") {
    Guides     house;
    const auto broken = house.draft("a ? One");
    CHECK(house.step(broken, "publish") == "knowledge.guide_without_answers");
    const auto first = house.draft(lamp);
    CHECK(house.company.load(first).version_number == 2);
    CHECK(house.company.load(first).name == "Lamp, 2");
    CHECK(house.step(first, "publish", R"({"valid_from":"2026-06-01"})") == "");
    const auto changed = house.refusal([&] { house.company.suite().run({.verb = tessera::RecordCommand::Verb::change, .entity = "knowledge.guide_version", .id = first.value, .body = R"({"note":"x"})"}); });
    CHECK(changed == "kernel.wrong_state");
    CHECK(house.step(first, "revise") == "");
    const auto next = *house.company.value<Id<GuideVersion>>("SELECT max(id) FROM knowledge_guide_version");
    CHECK(house.company.load(next).steps.size() == 5);
    CHECK(house.step(next, "publish", R"({"valid_from":"2026-06-01"})") == "knowledge.guide_overlaps");
    CHECK(house.step(next, "publish", R"({"valid_from":"2026-07-01"})") == "");
    CHECK(house.company.load(first).valid_to == "2026-06-30"_date);
    CHECK(house.company.load(house.walk("", "2026-06-30"_date)).guide_version == first);
    CHECK(house.company.load(house.walk("", "2026-07-01"_date)).guide_version == next);
    CHECK(house.step(next, "retire", R"({"valid_to":"2026-07-31"})") == "");
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Walk{.guide = house.guide}); }, "2026-08-01"_date) == "knowledge.guide_not_in_use");
}

TEST_CASE("walk: answers lead to an end and back, and are kept with what was asked") {
    Guides     house;
    const auto version = house.draft(lamp);
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Walk{.guide = house.guide}); }) == "knowledge.guide_not_in_use");
    REQUIRE(house.step(version, "publish") == "");
    const auto complaint = house.complained({}, House::today);
    CHECK(house.company.refusal([&](Transaction& tx) { tx.insert(Walk{.guide = house.guide, .entity = "crm.complaint"}); }) == "knowledge.half_a_record");
    const auto id = house.company.insert(Walk{.guide = house.guide, .entity = "crm.complaint", .record = complaint.value});
    CHECK(house.here(id).find(R"("step":{"code":"lit","kind":"question","text":"Does it light?","asset":null,"entity":null},"answers":["No","Yes"],"path":[])") != std::string::npos);
    CHECK(house.step(id, "back") == "knowledge.at_the_start");
    CHECK(house.step(id, "answer", R"({"answer":"Perhaps"})") == "knowledge.no_such_answer");
    CHECK(house.step(id, "finish") == "kernel.wrong_state");
    CHECK(house.step(id, "answer", R"({"answer":"No"})") == "");
    CHECK(house.company.load(id).state == WalkState::arrived);
    CHECK(house.step(id, "back") == "");
    CHECK(house.step(id, "answer", R"({"answer":"Yes"})") == "");
    CHECK(house.step(id, "answer", R"({"answer":"Always"})") == "");
    CHECK(house.here(id).find(R"("kind":"new_record","text":"Have it sent in","asset":null,"entity":"crm.complaint"},"answers":[],"path":[{"step":"lit","question":"Does it light?","answer":"Yes"},{"step":"flicker")") != std::string::npos);
    CHECK(house.step(id, "finish", R"({"solved":"yes","note":"Sent in"})") == "");
    const auto walk = house.company.load(id);
    CHECK(walk.state == WalkState::finished);
    CHECK(walk.answers.size() == 2);
    CHECK(walk.answers.at(1).question == "Does it flicker?");
    CHECK(walk.walked_by == "administrator");
    CHECK(house.step(id, "settle", R"({"solved":"no"})") == "");
    CHECK(house.company.load(id).solved == Solved::no);
    CHECK(house.company.load(id).note == "Sent in");
    CHECK(house.step(house.walk("Yes"), "leave", R"({"reason":"Hung up"})") == "");
}

TEST_CASE("walk: who answers complaints walks guides and asks questions, and needs not be allowed to write assets") {
    Guides house;
    REQUIRE(house.step(house.draft(lamp), "publish") == "");
    house.employee("Dot");
    house.writes_nothing("dot");
    CHECK(house.create("knowledge.walk", fmt::format(R"({{"guide":{}}})", house.guide.value), "dot") == "");
    const auto id = *house.company.value<Id<Walk>>("SELECT max(id) FROM knowledge_walk");
    CHECK(house.company.load(id).walked_by == "dot");
    CHECK(house.step(id, "answer", R"({"answer":"No"})", "dot") == "");
    CHECK(house.step(id, "finish", R"({"solved":"yes"})", "dot") == "");
    CHECK(house.create("knowledge.asset", R"({"title":"Lamp","body":"New"})", "dot") == "kernel.not_permitted");
    house.topic("Lamps");
    CHECK(house.create("knowledge.question", R"({"text":"Which bulb?","topic":"Lamps"})", "dot") != "kernel.not_permitted");
}

TEST_CASE("guide success: of the whole, of each answer and of each end, with the range of the share") {
    Guides house;
    REQUIRE(house.step(house.draft(lamp), "publish") == "");
    const auto end = [&](const char* answers, const char* solved) { REQUIRE(house.step(house.walk(answers), "finish", fmt::format(R"({{"solved":"{}"}})", solved)) == ""); };
    end("No", "yes");
    end("No", "yes");
    end("No", "no");
    end("Yes Sometimes", "yes");
    end("Yes Sometimes", "unknown");
    house.walk("Yes");
    const auto report = house.company.report("knowledge.guide_success");
    CHECK(report ==
          "Lamp | 1 | guide |  |  |  | 6 | 5 | 4 | 3 | 75 | 30.1 | 95.4\n"
          "Lamp | 1 | answer | flicker | Does it flicker? | Sometimes | 2 | 2 | 1 | 1 | 100 | 20.7 | 100\n"
          "Lamp | 1 | answer | lit | Does it light? | No | 3 | 3 | 3 | 2 | 66.7 | 20.8 | 93.9\n"
          "Lamp | 1 | answer | lit | Does it light? | Yes | 3 | 2 | 1 | 1 | 100 | 20.7 | 100\n"
          "Lamp | 1 | end | clean | Clean the contacts |  | 2 | 2 | 1 | 1 | 100 | 20.7 | 100\n"
          "Lamp | 1 | end | fuse | Replace the fuse |  | 3 | 3 | 3 | 2 | 66.7 | 20.8 | 93.9\n");
    CHECK(house.company.report("knowledge.guide_success", {{"to", "2001-01-01"}}) == "");
}
