// Who has read and understood what, by questions where there are some.
#include "tests/writers.h"

#include "assets/quiz.h"

namespace knowledge::tests {

namespace {

struct Class : Writers {
    Class() { story = verified_story(); }
    void ask(const char* question, const char* answers, const char* right) { company.insert(QuizQuestion{.asset = story, .question = question, .answers = answers, .right_answer = right}); }
    std::string answer(const char* name, const char* letters) { return step(name, story, "answer_quiz", fmt::format(R"({{"answers":"{}"}})", letters)); }
    // "cem 1 understood 100; "
    std::string readings() {
        std::string text;
        company.read([&](const Snapshot& tx) {
            for (const auto& r : tx.select<Reading>("id > 0 ORDER BY id")) text += fmt::format("{} {} {}{}; ", r.reader, r.revision, r.understood ? "understood" : "read", r.score ? " " + std::to_string(*r.score) : std::string());
        });
        return text;
    }

    Id<Asset> story{};
};

}  // namespace

TEST_CASE("reading: it is noted once for each reader and revision") {
    Class office;
    CHECK(office.step("cem", office.story, "read") == "");
    CHECK(office.step("cem", office.story, "read") == "");
    REQUIRE(office.change("ada", office.story, R"({"title":"Heavy rain"})") == "");
    CHECK(office.step("cem", office.story, "read") == "");
    CHECK(office.readings() == "cem 1 understood; cem 2 understood; ");
}

TEST_CASE("quiz: it is understood by who answers enough of its questions rightly, and nobody is shown the right answers") {
    Class office;
    CHECK(office.answer("cem", "A") == "knowledge.no_quiz");
    office.ask("What first?", "Oil\nRide", "A");
    office.ask("When?", "Before rain\nAfter rain\nNever", "a");
    CHECK(office.step("cem", office.story, "read") == "knowledge.quiz_first");
    CHECK(office.answer("cem", "A") == "knowledge.answers_missing");
    CHECK(office.answer("cem", "A, 1") == "knowledge.no_letters");
    CHECK(office.answer("cem", "A, B") == "");
    CHECK(office.step("cem", office.story, "read") == "knowledge.quiz_first");
    CHECK(office.readings() == "cem 1 read 50; ");
    CHECK(office.answer("cem", "a;a") == "");
    CHECK(office.step("cem", office.story, "read") == "");
    CHECK(office.readings() == "cem 1 understood 100; ");
    CHECK(office.view("knowledge.asset", office.story.value, "quiz", "cem") ==
          R"({"pass_percent":80,"best_score":100,"questions":[{"question":"What first?","answers":[{"letter":"A","text":"Oil"},{"letter":"B","text":"Ride"}]},)"
          R"({"question":"When?","answers":[{"letter":"A","text":"Before rain"},{"letter":"B","text":"After rain"},{"letter":"C","text":"Never"}]}]})");
    CHECK(Writers::refusal([&] { office.company.suite().list(office.as("cem").actor, "knowledge.quiz_question", {}); }) == "kernel.not_permitted");
    CHECK(office.company.suite().list(office.as("ada").actor, "knowledge.quiz_question", {}).find("\"right_answer\":\"A\"") != std::string::npos);
}

TEST_CASE("quiz: a question has two to eight answers, one of which is right") {
    Class      office;
    const auto refused = [&](const char* answers, const char* right) { return office.company.refusal([&](Transaction& tx) { tx.insert(QuizQuestion{.asset = office.story, .question = "?", .answers = answers, .right_answer = right}); }); };
    CHECK(refused("One", "A") == "knowledge.quiz_answers");
    CHECK(refused("1\n2\n3\n4\n5\n6\n7\n8\n9", "A") == "knowledge.quiz_answers");
    CHECK(refused("One\nTwo", "C") == "knowledge.quiz_right_answer");
    CHECK(refused("One\nTwo", "") == "kernel.required");
}

TEST_CASE("quiz: the score is the share of right answers") {
    struct Row {
        const char *given, *right;
        std::int64_t percent;
    };
    for (const auto& row : {Row{"ABC", "ABC", 100}, Row{"ABC", "ABD", 66}, Row{"", "AB", 0}, Row{"CBA", "ABC", 33}, Row{"A", "", 100}}) CHECK(percent_right(row.given, row.right) == row.percent);
}

TEST_CASE("reading: who has to read something and has not is listed, until the next revision is verified") {
    Class      office;
    const auto unread = [&](const char* department = "") { return office.company.report("knowledge.unread", *department ? tessera::Suite::ParameterTexts{{"department", department}} : tessera::Suite::ParameterTexts{}); };
    CHECK(unread() == "");
    REQUIRE(office.change("ada", office.story, R"({"required_reading":true,"readers_department":"Workshop"})") == "");
    CHECK(unread() == "Rain | Workshop | ada | 2026-06-15\nRain | Workshop | ben | 2026-06-15\n");
    CHECK(unread("Sales") == "");
    CHECK(office.step("ada", office.story, "read") == "");
    CHECK(unread() == "Rain | Workshop | ben | 2026-06-15\n");
    REQUIRE(office.change("ada", office.story, R"({"readers_department":null,"title":"Heavy rain"})") == "");
    REQUIRE(office.step("ben", office.story, "verify") == "");
    CHECK(unread() == "Heavy rain | Workshop | ada | 2026-06-15\nHeavy rain | Workshop | ben | 2026-06-15\nHeavy rain | Sales | cem | 2026-06-15\n");
}

}  // namespace knowledge::tests
