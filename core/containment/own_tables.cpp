#include "containment/own_tables.h"

#include <fmt/format.h>

#include <tessera/text.h>

#include <algorithm>

namespace tessera::containment {

namespace own_tables {

bool is_of_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80; }

// Words in small letters; what stands in quotes is one word with its quote before it, comments are none.
std::vector<std::string> words_of(std::string_view sql) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < sql.size();) {
        const char c = sql[i];
        if (sql.substr(i).starts_with("--")) {
            i = std::min(sql.find('\n', i), sql.size());
        } else if (sql.substr(i).starts_with("/*")) {
            const auto end = sql.find("*/", i + 2);
            i              = end == sql.npos ? sql.size() : end + 2;
        } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
            const auto end = std::min(sql.find(c == '[' ? ']' : c, i + 1), sql.size());
            words.push_back(c == '\'' ? "'" : lower_ascii(sql.substr(i + 1, end - i - 1)));
            i = end + 1;
        } else if (is_of_name(c)) {
            const auto from = i;
            while (i < sql.size() && is_of_name(sql[i])) ++i;
            words.push_back(lower_ascii(sql.substr(from, i - from)));
        } else {
            if (c == ';') words.emplace_back(";");
            ++i;
        }
    }
    return words;
}

constexpr std::string_view everything = "everything";

bool begins_as_allowed(const std::string& word) { return word == "select" || word == "with" || word == "insert" || word == "replace" || word == "update" || word == "delete"; }

// A text can begin quickly: most only ask.
bool only_asks(std::string_view sql) {
    const auto from = sql.find_first_not_of(" \n\t");
    return from != sql.npos && lower_ascii(sql.substr(from, 7)) == "select " && sql.find(';') == sql.npos;
}

std::string without_schema(const std::string& name) { return name.substr(name.rfind('.') + 1); }

}  // namespace own_tables

std::vector<std::string> tables_written(std::string_view sql) {
    using namespace own_tables;
    if (only_asks(sql)) return {};
    auto words = words_of(sql);
    while (!words.empty() && words.back() == ";") words.pop_back();
    if (words.empty()) return {};
    if (!begins_as_allowed(words.front()) || std::ranges::find(words, ";") != words.end()) return {std::string(everything)};
    std::vector<std::string> tables;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const auto& before = i ? words[i - 1] : words[0];
        const bool  writes = words[i] == "into" || (words[i] == "update" && before != "do" && before != "for") || (words[i] == "from" && before == "delete");
        if (!writes) continue;
        auto table = i + 1;
        if (words[i] == "update" && words[table] == "or") table += 2;      // UPDATE OR REPLACE t
        if (table < words.size() && words[table] == "only") ++table;
        if (table < words.size()) tables.push_back(without_schema(words[table]));
    }
    return tables;
}

void require_own_table(std::string_view module, std::string_view table) {
    if (table.size() <= module.size() || !table.starts_with(module) || table[module.size()] != '_')
        throw std::logic_error(fmt::format("The module {} may not write {}: it writes its own tables, and changes other records through the services of their module.", module, table));
}

void require_own_tables(std::string_view module, std::string_view sql) {
    for (const auto& table : tables_written(sql)) require_own_table(module, table);
}

void require_own_record(std::string_view module, const EntityDescription& e, Change change, const void* record) {
    if (e.module == module) return;
    const bool allowed = change == Change::insert ? e.creatable : change == Change::save ? e.editable : e.deletable;
    const bool moved   = change != Change::insert && !e.editable_states.empty() &&
                       std::ranges::find(e.editable_states, e.workflow.state_of(record)) == e.editable_states.end();
    if (e.of_core || !allowed || moved)
        throw std::logic_error(fmt::format("The module {} may not {} a record of {}{}: use the services of the module {}.", module,
                                           change == Change::insert ? "make" : change == Change::save ? "change" : "delete", e.name, moved ? " in this state" : "", e.module));
}

}  // namespace tessera::containment
