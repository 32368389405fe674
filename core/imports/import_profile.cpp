#include "imports/import_profile.h"

#include <tessera/text.h>

#include "values/toml.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <initializer_list>
#include <sstream>

namespace tessera::imports {

Refused malformed_profile(const std::string& source, int line, std::string_view what) {
    return Refused("kernel.malformed_profile", "To import with {}, correct line {}: {}.", source, line, what)
        .with_status(422);
}

namespace import_profile {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

// One [table] of a profile: its words are taken one by one, and what is left over was not understood.
class Words {
public:
    Words(const toml::table& table, const std::string& source) : table_(table), source_(source) {}

    int line() const { return line_of(table_); }

    std::string text(std::string_view word, std::string_view fallback = {}) {
        const auto* node = take(word);
        if (!node) return std::string(fallback);
        if (const auto* value = node->as_string()) return value->get();
        throw malformed_profile(source_, line_of(*node), fmt::format("{} is text in quotes", word));
    }
    std::string required_text(std::string_view word) {
        auto value = text(word);
        if (value.empty()) throw malformed_profile(source_, line(), fmt::format("{} is missing", word));
        return value;
    }
    bool flag(std::string_view word) {
        const auto* node = take(word);
        if (!node) return false;
        if (const auto* value = node->as_boolean()) return value->get();
        throw malformed_profile(source_, line_of(*node), fmt::format("{} is true or false", word));
    }
    // The position of the given value among the allowed ones, 0 when the word is not there.
    std::size_t one_of(std::string_view word, std::initializer_list<std::string_view> allowed) {
        const auto* node = take(word);
        if (!node) return 0;
        const auto value = node->value<std::string_view>().value_or("");
        const auto at    = std::ranges::find(allowed, value);
        if (at != allowed.end()) return static_cast<std::size_t>(at - allowed.begin());
        throw malformed_profile(source_, line_of(*node),
                                fmt::format("{} is one of {}", word, fmt::join(allowed, ", ")));
    }
    template <class Visit>
    void each_table(std::string_view word, Visit&& visit) {
        const auto* node = take(word);
        if (!node) return;
        const auto* list = node->as_array();
        if (!list || !list->is_array_of_tables())
            throw malformed_profile(source_, line_of(*node),
                                    fmt::format("{} is a list of tables, written [[{}]]", word, word));
        for (const auto& one : *list) {
            Words words(*one.as_table(), source_);
            visit(words);
            words.expect_all_taken();
        }
    }
    const toml::node* take(std::string_view word) {
        taken_.emplace_back(word);
        return table_.get(word);
    }
    void expect_all_taken() const {
        for (const auto& [key, node] : table_)
            if (std::ranges::find(taken_, key.str()) == taken_.end())
                throw malformed_profile(source_, line_of(node),
                                        fmt::format("\"{}\" is not a word that belongs here", excerpt(key.str())));
    }
    const std::string& source() const { return source_; }

private:
    const toml::table&       table_;
    const std::string&       source_;
    std::vector<std::string> taken_{};
};

LineStep read_lines(Words& words) {
    LineStep lines{.name        = words.text("name", "lines"),
                   .select      = words.text("select"),
                   .books       = words.text("books"),
                   .source_line = words.line()};
    if (lines.select.empty() == lines.books.empty())
        throw malformed_profile(words.source(), words.line(), "lines have either select or books");
    return lines;
}

Step read_step(Words& words) {
    Step       step{.title = words.required_text("title"), .entity = words.text("entity"), .source_line = words.line()};
    const auto on      = words.text("on");
    step.moves         = !on.empty();
    step.transition    = words.text("transition");
    step.select        = words.required_text("select");
    step.match         = words.text("match");
    step.when_known    = static_cast<WhenKnown>(words.one_of("when_known", {"skip", "update"}));
    step.without_lines = static_cast<WithoutLines>(words.one_of("without_lines", {"keep", "skip"}));
    step.replay        = words.flag("replay");
    words.each_table("lines", [&](Words& lines) { step.lines.push_back(read_lines(lines)); });
    if (step.entity.empty() != step.moves)
        throw malformed_profile(words.source(), words.line(), "a step has either entity or on");
    if (step.moves && step.transition.empty())
        throw malformed_profile(words.source(), words.line(), "a step with on names its transition");
    if (step.moves && (!step.lines.empty() || !step.match.empty()))
        throw malformed_profile(words.source(), words.line(), "a step with on has neither lines nor match");
    if (step.moves) step.entity = on;
    return step;
}

Summary read_summary(Words& words) {
    Summary summary{
        .title = words.required_text("title"), .sql = words.required_text("sql"), .source_line = words.line()};
    const auto* kinds = words.take("kinds");
    const auto* list  = kinds ? kinds->as_array() : nullptr;
    if (!list) throw malformed_profile(words.source(), words.line(), "kinds is a list such as [\"text\", \"money\"]");
    constexpr std::array<std::string_view, 4> names{"text", "integer", "money", "quantity"};
    for (const auto& one : *list) {
        const auto at = std::ranges::find(names, one.value<std::string_view>().value_or(""));
        if (at == names.end())
            throw malformed_profile(words.source(), line_of(one),
                                    fmt::format("a kind is one of {}", fmt::join(names, ", ")));
        summary.kinds.push_back(static_cast<SummaryKind>(at - names.begin()));
    }
    return summary;
}

bool is_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool is_table_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

void read_tables(ImportProfile& profile, Words& words) {
    for (const auto* word : {"tables", "optional_tables"}) {
        const auto* node = words.take(word);
        if (!node) continue;
        const auto* table = node->as_table();
        if (!table)
            throw malformed_profile(profile.source, line_of(*node),
                                    fmt::format("[{}] names a file for each table", word));
        for (const auto& [name, file] : *table) {
            if (!file.is_string() || !is_table_name(name.str()))
                throw malformed_profile(profile.source, line_of(file),
                                        "a table is written Name = \"File.csv\", its name in letters, digits and _");
            profile.tables.push_back(
                {std::string(name.str()), file.as_string()->get(), word != std::string_view("tables")});
        }
    }
}

ImportProfile read(const toml::table& root, const std::string& source) {
    ImportProfile profile{.source = source};
    Words         words(root, profile.source);
    profile.name  = words.required_text("name");
    profile.title = words.text("title", profile.name);
    profile.about = words.text("about");
    if (!is_name(profile.name))
        throw malformed_profile(source, line_of(*root.get("name")), "a name has small letters, digits and _ only");
    read_tables(profile, words);
    words.each_table("prepare", [&](Words& one) { profile.prepare.push_back(one.required_text("sql")); });
    words.each_table("step", [&](Words& one) { profile.steps.push_back(read_step(one)); });
    words.each_table("summary", [&](Words& one) { profile.summaries.push_back(read_summary(one)); });
    words.expect_all_taken();
    if (profile.steps.empty()) throw malformed_profile(source, 1, "there is no [[step]]");
    return profile;
}

}  // namespace import_profile

ImportProfile parse_profile(std::string_view text, const std::string& source) {
    try {
        return import_profile::read(values::parse_toml(text, source), source);
    } catch (const toml::parse_error& error) {
        throw malformed_profile(source, static_cast<int>(error.source().begin.line), excerpt(error.description(), 200));
    }
}

ImportProfile read_profile(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Refused("kernel.no_profile", "To import with a profile, name one that exists: there is no file {}.",
                      file.string())
            .with_status(404);
    std::ostringstream text;
    text << input.rdbuf();
    return parse_profile(text.str(), file.string());
}

}  // namespace tessera::imports
