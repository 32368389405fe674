#include "scenario.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace scenarios {

namespace {

constexpr std::string_view anything    = "…";
constexpr std::string_view only_engine = "# engine: ";

std::string without_end(std::string line) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    return line;
}

Lines lines_of(const std::string& text) {
    Lines              lines;
    std::istringstream all(text);
    for (std::string line; std::getline(all, line);) lines.push_back(without_end(line));
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

bool matches_from(const Lines& expected, std::size_t e, const Lines& actual, std::size_t a) {
    for (; e < expected.size(); ++e, ++a) {
        if (expected[e] == anything) {
            for (auto next = a; next <= actual.size(); ++next)
                if (matches_from(expected, e + 1, actual, next)) return true;
            return false;
        }
        if (a == actual.size() || !matches_line(expected[e], actual[a])) return false;
    }
    return a == actual.size();
}

}  // namespace

Scenario read_scenario(const std::filesystem::path& file) {
    std::ifstream      input(file);
    std::ostringstream text;
    text << input.rdbuf();
    Scenario scenario{.name = file.stem().string(), .lines = lines_of(text.str())};
    const auto& lines = scenario.lines;
    if (!lines.empty() && lines[0].starts_with(only_engine)) scenario.engine = lines[0].substr(only_engine.size());
    for (std::size_t i = 0; i < lines.size();) {
        if (!lines[i].starts_with("$ ")) {
            ++i;
            continue;
        }
        Step step{.command = lines[i].substr(2), .line = i + 1};
        for (++i; i < lines.size() && lines[i].starts_with(">"); ++i)
            step.command += "\n" + lines[i].substr(std::min<std::size_t>(2, lines[i].size()));
        step.from = i;
        while (i < lines.size() && !lines[i].starts_with("#") && !lines[i].starts_with("$ ")) ++i;
        step.to = i;
        while (step.to > step.from && lines[step.to - 1].empty()) --step.to;
        step.expected.assign(lines.begin() + static_cast<std::ptrdiff_t>(step.from),
                             lines.begin() + static_cast<std::ptrdiff_t>(step.to));
        scenario.steps.push_back(std::move(step));
    }
    return scenario;
}

Lines transcript(const whole::Ended& ended) {
    auto       lines  = lines_of(ended.output);
    const auto errors = lines_of(ended.errors);
    const auto before = ended.code == 0   ? "note: "
                        : ended.code == 1 ? "refused: "
                        : ended.code == 2 ? "called wrongly: "
                                          : "";
    for (const auto& sentence : errors) lines.push_back(before + sentence);
    if (ended.code > 2 || (ended.code != 0 && errors.empty())) lines.push_back("exit " + std::to_string(ended.code));
    return lines;
}

bool matches_line(std::string_view pattern, std::string_view line) {
    const auto first = pattern.find(anything);
    if (first == std::string_view::npos) return pattern == line;
    if (!line.starts_with(pattern.substr(0, first))) return false;
    line.remove_prefix(first);
    pattern.remove_prefix(first + anything.size());
    for (std::size_t i = 0; i <= line.size(); ++i)
        if (matches_line(pattern, line.substr(i))) return true;
    return false;
}

bool matches(const Lines& expected, const Lines& actual) { return matches_from(expected, 0, actual, 0); }

std::string difference(const Lines& expected, const Lines& actual) {
    std::size_t begin = 0, end = 0;
    const auto  shorter = std::min(expected.size(), actual.size());
    while (begin < shorter && expected[begin] != anything && matches_line(expected[begin], actual[begin])) ++begin;
    const auto from_end = [](const Lines& lines, std::size_t i) -> const std::string& {
        return lines[lines.size() - 1 - i];
    };
    while (end < shorter - begin && from_end(expected, end) != anything &&
           matches_line(from_end(expected, end), from_end(actual, end)))
        ++end;
    std::string text;
    for (std::size_t i = 0; i < begin; ++i) text += "  " + actual[i] + "\n";
    for (std::size_t i = begin; i < expected.size() - end; ++i) text += "- " + expected[i] + "\n";
    for (std::size_t i = begin; i < actual.size() - end; ++i) text += "+ " + actual[i] + "\n";
    for (std::size_t i = actual.size() - end; i < actual.size(); ++i) text += "  " + actual[i] + "\n";
    return text;
}

}  // namespace scenarios
