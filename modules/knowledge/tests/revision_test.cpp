// What an asset has said: kept, compared, restored.
#include "tests/writers.h"

#include "assets/line_difference.h"

namespace knowledge::tests {

TEST_CASE("revision: every text is kept, with who wrote it and why; what is no text makes none") {
    Writers    office;
    const auto story = office.story();
    CHECK(office.revisions(story) == "1 Rain ada; ");
    CHECK(office.change("ada", story, R"({"objective":"Fewer returns"})") == "");
    CHECK(office.change("ben", story, R"({"title":"Heavy rain"})") == "");
    CHECK(office.revisions(story) == "1 Rain ada; 2 Heavy rain ben; ");
    CHECK(office.of(story).revision == 2);
    CHECK(office.step("ada", story, "restore", R"({"revision":3})") == "knowledge.no_revision");
    CHECK(office.step("ada", story, "restore", R"({"revision":1})") == "");
    CHECK(office.revisions(story) == "1 Rain ada; 2 Heavy rain ben; 3 Rain ada: Revision 1 restored; ");
    CHECK(office.company.verify() == "");
}

TEST_CASE("revision: restoring what a verified asset said asks for it to be verified again") {
    Writers    office;
    const auto story = office.verified_story();
    REQUIRE(office.change("ada", story, R"({"title":"Heavy rain"})") == "");
    REQUIRE(office.step("ben", story, "verify") == "");
    CHECK(office.step("ada", story, "restore", R"({"revision":1})") == "");
    CHECK(office.state(story) == AssetState::in_review);
}

TEST_CASE("revision: nobody changes one, and the revisions of a private note are its author's alone") {
    Writers    office;
    const auto note = office.write("ada", R"({"title":"Note","body":"Mine","audience":"private"})");
    const auto id   = office.company.value<std::int64_t>("SELECT id FROM knowledge_revision WHERE asset = :asset", note).value();
    CHECK(office.view("knowledge.revision", id, "difference", "ada").find("\"text\":\"Mine\"") != std::string::npos);
    CHECK(Writers::refusal([&] { office.view("knowledge.revision", id, "difference", "cem"); }) == "kernel.not_found");
    CHECK(Writers::refusal([&] {
              office.company.suite().run({.verb = tessera::RecordCommand::Verb::change, .entity = "knowledge.revision", .id = id, .body = R"({"title":"x"})", .info = office.as("ada")});
          }) == "kernel.not_editable");
}

TEST_CASE("revision: the difference shows line by line what was kept, added and removed") {
    Writers    office;
    const auto story = office.write("ada", R"({"title":"Rain","body":"one\ntwo\nthree\n"})");
    REQUIRE(office.change("ada", story, R"({"body":"one\n2\nthree\nfour\n"})") == "");
    const auto second = office.company.value<std::int64_t>("SELECT id FROM knowledge_revision WHERE asset = :asset AND number = 2", story).value();
    CHECK(office.view("knowledge.revision", second, "difference").find(
              R"("lines":[{"part":"title","change":"kept","text":"Rain"},{"part":"body","change":"kept","text":"one"},{"part":"body","change":"removed","text":"two"},)"
              R"({"part":"body","change":"added","text":"2"},{"part":"body","change":"kept","text":"three"},{"part":"body","change":"added","text":"four"}])") != std::string::npos);
}

TEST_CASE("revision: an asset that says something else than its newest revision is found") {
    Writers    office;
    const auto story = office.story();
    office.company.run([&](Transaction& tx) { tessera::testing::damage(tx, fmt::format("UPDATE knowledge_asset SET body = 'x' WHERE id = {}", story)); });
    CHECK(office.company.verify().find("knowledge.revisions") != std::string::npos);
}

std::string drawn(std::string_view before, std::string_view after) {
    std::string text;
    for (const auto& line : line_difference(before, after)) text += (line.change == LineChange::kept ? " " : line.change == LineChange::added ? "+" : "-") + line.text + "|";
    return text;
}

TEST_CASE("difference: as much is kept as can be") {
    struct Row {
        std::string_view before, after, drawn;
    };
    for (const auto& row : {Row{"", "", ""}, Row{"a", "a", " a|"}, Row{"", "a\nb", "+a|+b|"}, Row{"a\nb", "", "-a|-b|"}, Row{"a\nb\nc", "a\nx\nc", " a|-b|+x| c|"},
                            Row{"a\nb\nc\nd", "c\nd\na\nb", "-a|-b| c| d|+a|+b|"}, Row{"x\nx\ny\nx", "x\ny\nx\nx", " x|-x| y|+x| x|"}, Row{"{\na\n}\n{\nb\n}", "{\na\n}\n{\nc\n}\n{\nb\n}", " {| a| }| {|+c|+}|+{| b| }|"}})
        CHECK(drawn(row.before, row.after) == row.drawn);
}

TEST_CASE("difference: without what was added it is the old text, without what was removed the new one") {
    std::uint32_t seed = 7;
    const auto    text = [&] {
        std::vector<std::string> lines;
        for (int i = 0; i < 40; ++i) lines.push_back(std::string(1, static_cast<char>('a' + ((seed = seed * 1664525 + 1013904223) >> 24) % 12)));
        return lines;
    };
    const auto joined = [](const std::vector<std::string>& lines) {
        std::string all;
        for (const auto& line : lines) all += line + "\n";
        return all;
    };
    for (int round = 0; round < 200; ++round) {
        const auto               before = text(), after = text();
        std::vector<std::string> old_lines, new_lines;
        for (const auto& line : line_difference(joined(before), joined(after))) {
            if (line.change != LineChange::added) old_lines.push_back(line.text);
            if (line.change != LineChange::removed) new_lines.push_back(line.text);
        }
        CHECK(old_lines == before);
        CHECK(new_lines == after);
    }
}

}  // namespace knowledge::tests
