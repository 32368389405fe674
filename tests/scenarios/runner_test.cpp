// Runs every *.test file beside it as one test case: scenarios_tests --subcase="period_lock". With
// TESSERA_UPDATE_SCENARIOS=1 it writes what was printed into the files instead of complaining; read the difference.
#include "scenario.h"

#include <doctest/doctest.h>
#include <tessera/testing/database.h>

#include <algorithm>
#include <fstream>
#include <regex>

namespace scenarios {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(fs::path(TESSERA_SOURCE_DIR) / "tests" / "scenarios"))
        if (entry.path().extension() == ".test") found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

// What differs from run to run stands as … in the files: moments, today, and where things lie.
std::string lasting(std::string line) {
    const auto today = whole::run({"date", "-u", "+%Y-%m-%d"}, {}).output.substr(0, 10);
    for (const auto& differing :
         {std::string("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC"),
          std::string("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"), today,
          std::string("/[A-Za-z0-9/._-]*/tessera-[A-Za-z0-9]{6}/"), std::string("/.*/lib/tessera/modules/")})
        line = std::regex_replace(line, std::regex(differing), "…");
    return line;
}

void write_back(const fs::path& file, const Scenario& scenario, const std::vector<Lines>& printed) {
    std::ofstream output(file);
    std::size_t   line = 0;
    for (std::size_t i = 0; i < printed.size(); ++i) {
        const auto& step = scenario.steps[i];
        for (; line < step.from; ++line) output << scenario.lines[line] << "\n";
        for (const auto& text : matches(step.expected, printed[i]) ? step.expected : printed[i])
            output << lasting(text) << "\n";
        line = step.to;
    }
    for (; line < scenario.lines.size(); ++line) output << scenario.lines[line] << "\n";
}

std::string engine() {
    const char* server = ::getenv("TESSERA_TEST_POSTGRES");
    return server && *server ? "postgresql" : "sqlite";
}

// The stories call their books by one name, wherever they are.
void name_books(std::string& text, const std::string& location) {
    constexpr std::string_view name = "books.tessera";
    for (auto at = text.find(location); at != std::string::npos; at = text.find(location, at + name.size()))
        text.replace(at, location.size(), name);
}

whole::Ended run(const Step& step, const fs::path& folder, const std::string& location) {
    auto ended = whole::run({"/bin/sh", "-c", step.command},
                            {.directory = folder, .environment = {"TESSERA_DATABASE=" + location}});
    name_books(ended.output, location);
    name_books(ended.errors, location);
    return ended;
}

void run(const fs::path& file) {
    const auto scenario = read_scenario(file);
    if (!scenario.engine.empty() && scenario.engine != engine()) return;
    const bool                       update = ::getenv("TESSERA_UPDATE_SCENARIOS") != nullptr;
    const whole::Scratch             folder;
    const tessera::testing::Database books(folder.path(), "books");
    std::vector<Lines>               printed;
    for (const auto& step : scenario.steps) {
        printed.push_back(transcript(run(step, folder.path(), books.location())));
        if (matches(step.expected, printed.back()) || update) continue;
        FAIL_CHECK(file.filename().string(), ":", step.line, ": ", step.command, "\n",
                   difference(step.expected, printed.back()));
    }
    CHECK(!scenario.steps.empty());
    if (update) write_back(file, scenario, printed);
}

}  // namespace

TEST_CASE("scenarios: every story is what the program does") {
    for (const auto& file : files()) {
        const auto name = file.stem().string();
        SUBCASE(name.c_str()) { run(file); }
    }
}

TEST_CASE("a scenario: … stands for anything in a line, and a line of it for any lines") {
    struct Row {
        Lines expected, actual;
        bool  same;
    };
    const Row rows[] = {
        {{"a"}, {"a"}, true},
        {{"a"}, {"b"}, false},
        {{}, {"a"}, false},
        {{"a … c"}, {"a b c"}, true},
        {{"a … c"}, {"a b d"}, false},
        {{"…"}, {}, true},
        {{"a", "…", "d"}, {"a", "b", "c", "d"}, true},
        {{"a", "…", "d"}, {"a", "b", "c"}, false},
        {{"…", "b", "…"}, {"a", "b"}, true},
        {{"made …"}, {"made 2026-01-01"}, true},
    };
    for (const auto& row : rows) CHECK(matches(row.expected, row.actual) == row.same);
}

TEST_CASE("a scenario: what a program printed, refused and exited with reads as one transcript") {
    CHECK(transcript({0, "one\ntwo\n", ""}) == Lines{"one", "two"});
    CHECK(transcript({1, "", "To go on, do this.\n"}) == Lines{"refused: To go on, do this."});
    CHECK(transcript({2, "", "To run it, name it.\n"}) == Lines{"called wrongly: To run it, name it."});
    CHECK(transcript({2, "text\n", ""}) == Lines{"text", "exit 2"});
    CHECK(transcript({134, "", "broken\n"}) == Lines{"broken", "exit 134"});
}

}  // namespace scenarios
