// Runs every *.test file beside it, and those of the plugins with the plugins loaded, as one test case each:
// scenarios_tests --subcase="period_lock". With TESSERA_UPDATE_SCENARIOS=1 it writes what was printed into the files instead of
// complaining; read the difference.
#include "scenario.h"
#include "story.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace scenarios {

namespace {

namespace fs = std::filesystem;

void add_files(std::vector<fs::path>& found, const fs::path& folder) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        if (entry.path().extension() == ".test") found.push_back(entry.path());
}

std::vector<fs::path> files() {
    std::vector<fs::path> found;
    add_files(found, fs::path(TESSERA_SOURCE_DIR) / "tests" / "scenarios");
    for (const auto& plugin : fs::directory_iterator(fs::path(TESSERA_SOURCE_DIR) / "plugins"))
        add_files(found, plugin.path() / "tests");
    std::ranges::sort(found);
    return found;
}

bool is_of_plugin(const fs::path& file) { return file.string().starts_with((fs::path(TESSERA_SOURCE_DIR) / "plugins").string()); }

void run(const fs::path& file) {
    Telling how{.update = ::getenv("TESSERA_UPDATE_SCENARIOS") != nullptr};
    if (is_of_plugin(file)) how.modules = TESSERA_BUILD_DIR "/lib/tessera/plugins";
    const auto differences = tell(file, how);
    CHECK_MESSAGE(differences.empty(), differences);
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
