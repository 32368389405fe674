#include "story.h"

#include "scenario.h"

#include <tessera/testing/database.h>

#include <fmt/format.h>

#include <fstream>
#include <regex>

namespace scenarios {

namespace {

namespace fs = std::filesystem;

// What differs from run to run stands as … in the files: moments, today, and where things lie.
std::string lasting(std::string line) {
    const auto today = whole::run({"date", "-u", "+%Y-%m-%d"}, {}).output.substr(0, 10);
    for (const auto& differing :
         {std::string("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC"),
          std::string("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"), std::string("#[A-Za-z0-9_-]{20,}"), today,
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

whole::Ended run(const Step& step, const fs::path& folder, const std::string& location, const std::string& modules) {
    std::vector<std::string> environment{"TESSERA_DATABASE=" + location};
    if (!modules.empty()) environment.push_back("TESSERA_MODULES=" + modules);
    auto ended = whole::run({"/bin/sh", "-c", step.command}, {.directory = folder, .environment = std::move(environment)});
    name_books(ended.output, location);
    name_books(ended.errors, location);
    return ended;
}

}  // namespace

std::string tell(const fs::path& file, const Telling& how) {
    const auto scenario = read_scenario(file);
    if (scenario.steps.empty()) return fmt::format("{}: there is no command in it\n", file.filename().string());
    if (!scenario.engine.empty() && scenario.engine != engine()) return {};
    const whole::Scratch             folder;
    const tessera::testing::Database books(folder.path(), "books");
    std::vector<Lines>               printed;
    std::string                      differences;
    for (const auto& step : scenario.steps) {
        printed.push_back(transcript(run(step, folder.path(), books.location(), how.modules)));
        if (!how.update && !matches(step.expected, printed.back()))
            differences += fmt::format("{}:{}: {}\n{}", file.filename().string(), step.line, step.command,
                                       difference(step.expected, printed.back()));
    }
    if (how.update) write_back(file, scenario, printed);
    return differences;
}

}  // namespace scenarios
