#include "configuration.h"

#include <tessera/text.h>

#include "options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>

namespace tessera::program {
namespace configuration {

struct Unit {
    std::string_view name;
    std::uint64_t    factor;
};
using Units = std::span<const Unit>;

constexpr std::array<Unit, 4> size_units{{{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};
constexpr std::array<Unit, 5> time_units{
    {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

// "512MiB": a whole number and a unit.
std::optional<std::uint64_t> measured(std::string_view written, Units units) {
    std::uint64_t amount       = 0;
    const auto [rest, problem] = std::from_chars(written.data(), written.data() + written.size(), amount);
    if (problem != std::errc{}) return std::nullopt;
    const auto unit  = trim(std::string_view(rest, written.data() + written.size()));
    const auto found = std::ranges::find(units, unit, &Unit::name);
    if (found == units.end() || amount > UINT64_MAX / found->factor) return std::nullopt;
    return amount * found->factor;
}

// In the largest unit that leaves a whole number.
std::string in_units(std::uint64_t amount, Units units) {
    auto fitting = units.begin();
    for (auto unit = units.begin(); amount && unit != units.end(); ++unit)
        if (amount % unit->factor == 0) fitting = unit;
    return fmt::format("\"{}{}\"", amount / fitting->factor, fitting->name);
}

template <class Number>
Value whole(Number& into, Number least, Number most) {
    return {.wanted  = fmt::format("a whole number from {} to {}", least, most),
            .written = fmt::format("{}", into),
            .take    = [&into, least, most](const toml::node& node) {
                const auto* given = node.as_integer();
                if (!given || given->get() < 0) return false;
                const auto amount = static_cast<std::uint64_t>(given->get());
                if (amount < least || amount > most) return false;
                into = static_cast<Number>(amount);
                return true;
            }};
}

// How many letters must be put in, left out or exchanged to come from one word to the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto exchanged = diagonal + (a[i - 1] != b[j - 1]);
            diagonal             = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, exchanged}));
        }
    }
    return row.back();
}

bool is_near(std::string_view given, std::string_view known) {
    return distance(given, known) <= std::max<std::size_t>(2, given.size() / 3) || (given.size() > 3 && known.starts_with(given));
}

Misuse malformed(const std::string& file, const toml::source_region& where, std::string_view what) {
    return Misuse(fmt::format("To run tessera serve, correct line {} of {}: {} (tessera serve --help-config).",
                              where.begin.line, excerpt(file, 200), what));
}

toml::table parsed(const std::string& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Misuse(fmt::format("To run tessera serve, name a configuration file that can be read, not {}.",
                                 excerpt(file, 200)));
    std::ostringstream text;
    text << input.rdbuf();
    try {
        return values::parse_toml(text.str(), file);
    } catch (const toml::parse_error& error) {
        throw malformed(file, error.source(), excerpt(error.description(), 200));
    }
}

}  // namespace configuration

Value text(std::string& into, std::string_view wanted) {
    return {.wanted  = fmt::format("{} in quotes", wanted),
            .written = fmt::format("\"{}\"", into),
            .take    = [&into](const toml::node& node) {
                const auto* given = node.as_string();
                if (given) into = given->get();
                return given != nullptr;
            }};
}

Value texts(std::vector<std::string>& into, std::string_view wanted) {
    return {.wanted  = fmt::format("a list of {}, each in quotes", wanted),
            .written = "[]",
            .take    = [&into](const toml::node& node) {
                const auto* list = node.as_array();
                if (!list || !std::ranges::all_of(*list, [](const auto& one) { return one.is_string(); })) return false;
                into.clear();
                for (const auto& one : *list) into.push_back(one.as_string()->get());
                return true;
            }};
}

Value flag(bool& into) {
    return {.wanted = "true or false", .written = into ? "true" : "false", .take = [&into](const toml::node& node) {
                const auto* given = node.as_boolean();
                if (given) into = given->get();
                return given != nullptr;
            }};
}

Value number(std::size_t& into, std::size_t least, std::size_t most) { return configuration::whole(into, least, most); }
Value number(unsigned& into, unsigned least, unsigned most) { return configuration::whole(into, least, most); }

Value size(std::uint64_t& into, std::uint64_t least, std::uint64_t most) {
    using namespace configuration;
    return {.wanted  = fmt::format("a size from {} to {}", in_units(least, size_units), in_units(most, size_units)),
            .written = in_units(into, size_units),
            .take    = [&into, least, most](const toml::node& node) {
                std::optional<std::uint64_t> given;
                if (const auto* written = node.as_string()) given = measured(written->get(), size_units);
                if (const auto* bytes = node.as_integer(); bytes && bytes->get() >= 0)
                    given = static_cast<std::uint64_t>(bytes->get());
                if (!given || *given < least || *given > most) return false;
                into = *given;
                return true;
            }};
}

Value duration(std::chrono::milliseconds& into, std::chrono::milliseconds least, std::chrono::milliseconds most) {
    using namespace configuration;
    const auto written = [](std::chrono::milliseconds time) {
        return in_units(static_cast<std::uint64_t>(time.count()), time_units);
    };
    return {.wanted  = fmt::format("a time from {} to {}", written(least), written(most)),
            .written = written(into),
            .take    = [&into, least, most](const toml::node& node) {
                const auto* text  = node.as_string();
                const auto  given = text ? measured(text->get(), time_units) : std::nullopt;
                if (!given || *given > static_cast<std::uint64_t>(most.count())) return false;
                const std::chrono::milliseconds time(*given);
                if (time < least) return false;
                into = time;
                return true;
            }};
}

Configuration& Configuration::section(std::string name, std::string help) {
    sections_.push_back({std::move(name), std::move(help)});
    return *this;
}

Configuration& Configuration::key(std::string name, Value value, std::string help) {
    keys_.push_back({sections_.back().name, std::move(name), std::move(help), std::move(value)});
    return *this;
}

const Configuration::Key* Configuration::find(std::string_view section, std::string_view name) const {
    const auto found = std::ranges::find_if(keys_, [&](const Key& key) { return key.section == section && key.name == name; });
    return found == keys_.end() ? nullptr : &*found;
}

std::string Configuration::suggestion(std::string_view section, std::string_view name) const {
    for (const auto& key : keys_)
        if (key.name == name) return fmt::format("it belongs to [{}]", key.section);
    const Key*  nearest = nullptr;
    const auto  far     = [&](const Key& key) { return 2 * configuration::distance(key.name, name) + (key.section != section); };
    for (const auto& key : keys_)
        if (configuration::is_near(name, key.name) && (!nearest || far(key) < far(*nearest))) nearest = &key;
    if (nearest && nearest->section == section) return fmt::format("the nearest is {}", nearest->name);
    if (nearest) return fmt::format("the nearest is {} in [{}]", nearest->name, nearest->section);
    std::vector<std::string_view> names;
    for (const auto& key : keys_)
        if (key.section == section) names.push_back(key.name);
    return fmt::format("it has {}", fmt::join(names, ", "));
}

void Configuration::read_section(const std::string& file, std::string_view name, const toml::table& table) const {
    for (const auto& [word, node] : table) {
        const auto* key = find(name, word.str());
        if (!key)
            throw configuration::malformed(file, word.source(),
                                           fmt::format("[{}] has no key \"{}\", {}", name, excerpt(word.str()),
                                                       suggestion(name, word.str())));
        if (!key->value.take(node))
            throw configuration::malformed(file, node.source(),
                                           fmt::format("{} in [{}] is {}", key->name, name, key->value.wanted));
    }
}

void Configuration::read(const std::string& file) const {
    const auto document = configuration::parsed(file);
    for (const auto& [word, node] : document) {
        const auto known = std::ranges::find(sections_, word.str(), &Section::name);
        if (known != sections_.end() && node.is_table()) {
            read_section(file, known->name, *node.as_table());
            continue;
        }
        std::vector<std::string> names;
        for (const auto& section : sections_) names.push_back("[" + section.name + "]");
        const auto of_section = std::ranges::find(keys_, word.str(), &Key::name);
        throw configuration::malformed(
            file, word.source(),
            of_section != keys_.end() && !node.is_table()
                ? fmt::format("{} belongs below a line [{}]", of_section->name, of_section->section)
                : fmt::format("\"{}\" is none of the sections {}", excerpt(word.str()), fmt::join(names, ", ")));
    }
}

std::string Configuration::example() const {
    std::string text;
    for (const auto& section : sections_) {
        text += fmt::format("{}# {}\n[{}]\n", text.empty() ? "" : "\n", section.help, section.name);
        for (const auto& key : keys_)
            if (key.section == section.name)
                text += fmt::format("# {} ({})\n# {} = {}\n", key.help, key.value.wanted, key.name, key.value.written);
    }
    return text;
}

}  // namespace tessera::program
