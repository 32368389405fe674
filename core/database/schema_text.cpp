#include "database/schema_text.h"

#include "database/sql_words.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace tessera::database {

namespace schema_text {

// "date DESC" → "\"date\" DESC"; an expression such as lower(name) stays as it is.
std::string quoted_key(const std::string& key) {
    if (key.find('(') != key.npos) return key;
    const auto space = key.find(' ');
    return quoted_name(key.substr(0, space)) + (space == key.npos ? "" : key.substr(space));
}

std::string check_of(const ColumnDefinition& column) {
    std::string check = column.check.empty() ? "" : fmt::format("({})", column.check);
    const auto  also  = [&](const std::string& condition) { check += (check.empty() ? "" : " AND ") + condition; };
    if (column.type == ColumnType::boolean) also(quoted_name(column.name) + " IN (0, 1)");
    if (column.type == ColumnType::date) also(fmt::format("length({}) = 10", quoted_name(column.name)));
    return check;
}

std::string column_text(const TableDefinition& table, const ColumnDefinition& column, const SchemaDialect& dialect) {
    std::string text = fmt::format("{} {}", quoted_name(column.name), dialect.type(column.type));
    if (column.required) text += " NOT NULL";
    if (!column.default_value.empty()) text += fmt::format(" DEFAULT {}", column.default_value);
    if (const auto check = check_of(column); !check.empty())
        text += fmt::format(" CONSTRAINT \"{}\" CHECK ({})", dialect.name(table.name + "__" + column.name), check);
    if (!column.references.empty())
        text += fmt::format(" REFERENCES {}(\"id\"){} DEFERRABLE INITIALLY DEFERRED", quoted_name(column.references),
                            column.cascade ? " ON DELETE CASCADE" : "");
    return text;
}

std::string index_text(const TableDefinition& table, const IndexDefinition& index, const std::string& name) {
    std::vector<std::string> keys;
    for (const auto& column : index.columns) keys.push_back(quoted_key(column));
    return fmt::format("CREATE {}INDEX {} ON {} ({}){}", index.unique ? "UNIQUE " : "", quoted_name(name),
                       quoted_name(table.name), fmt::join(keys, ", "), index.where.empty() ? "" : " WHERE " + index.where);
}

// Column by column and declared ones; of two with the same name the unique one counts.
std::vector<IndexDefinition> indexes_of(const TableDefinition& table) {
    std::vector<IndexDefinition> indexes;
    const auto                   add = [&](const IndexDefinition& index) {
        const auto same = std::find_if(indexes.begin(), indexes.end(), [&](const IndexDefinition& other) {
            return index_name(table, other) == index_name(table, index);
        });
        if (same == indexes.end())
            indexes.push_back(index);
        else if (index.unique)
            *same = index;
    };
    for (const auto& column : table.columns)
        if (column.unique || column.indexed || column.cascade) add({.columns = {column.name}, .unique = column.unique});
    for (const auto& index : table.indexes) add(index);
    return indexes;
}

void refuse_conflict(const TableDefinition& table, const ColumnDefinition& column, const ExistingTable& existing,
                     std::string_view type) {
    const auto found = existing.columns.find(column.name);
    if (found != existing.columns.end()) {
        if (found->second == type) return;
        throw Refused("kernel.schema_conflict",
                      "To change {}.{} from {} to {}, write a migration: a column's type is not changed by itself.",
                      table.name, column.name, found->second, type);
    }
    if (!existing.has_rows || !column.required) return;
    if (column.default_value.empty() || !column.references.empty())
        throw Refused("kernel.schema_conflict", "To add the required column {}.{}, {}: the table has rows already.",
                      table.name, column.name,
                      column.references.empty() ? "give it a default value" : "write a migration");
}

}  // namespace schema_text

std::string quoted_name(std::string_view name) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), plain))
        throw std::logic_error(fmt::format("\"{}\" cannot name a table, column or index", name));
    return fmt::format("\"{}\"", name);
}

std::string index_name(const TableDefinition& table, const IndexDefinition& index) {
    if (!index.name.empty()) return index.name;
    std::string words;
    for (const char c : fmt::format("{}", fmt::join(index.columns, "_"))) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool plain = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            words += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!words.empty() && words.back() != '_')
            words += '_';
    }
    while (words.ends_with('_')) words.pop_back();
    return fmt::format("{}__{}", table.name, words);
}

std::string table_text(const TableDefinition& table, const SchemaDialect& dialect) {
    std::vector<std::string> parts, key;
    if (table.key.empty()) parts.emplace_back(dialect.id);
    for (const auto& column : table.columns) parts.push_back(schema_text::column_text(table, column, dialect));
    for (const auto& column : table.key) key.push_back(quoted_name(column));
    if (!key.empty()) parts.push_back(fmt::format("PRIMARY KEY ({})", fmt::join(key, ", ")));
    return fmt::format("CREATE TABLE {} (\n    {}\n)", quoted_name(table.name), fmt::join(parts, ",\n    "));
}

std::vector<std::string> new_columns(const TableDefinition& table, const ExistingTable& existing, const SchemaDialect& dialect) {
    std::vector<std::string> statements;
    for (const auto& column : table.columns) {
        schema_text::refuse_conflict(table, column, existing, dialect.type(column.type));
        if (!existing.columns.contains(column.name))
            statements.push_back(fmt::format("ALTER TABLE {} ADD COLUMN {}", quoted_name(table.name),
                                             schema_text::column_text(table, column, dialect)));
    }
    return statements;
}

std::vector<IndexChange> index_changes(const TableDefinition& table, const ExistingTable& existing, const SchemaDialect& dialect) {
    std::vector<IndexChange> changes;
    for (const auto& index : schema_text::indexes_of(table)) {
        const auto name  = dialect.name(index_name(table, index));
        auto       text  = schema_text::index_text(table, index, name);
        const auto found = existing.indexes.find(name);
        if (found != existing.indexes.end() && found->second == text) continue;
        changes.push_back({name, std::move(text), found != existing.indexes.end()});
    }
    return changes;
}

bool makes_table(std::string_view statement) {
    const auto begin = statement.find_first_not_of(" \n");
    return begin != statement.npos && statement.substr(begin).starts_with("CREATE TABLE ");
}

// Quoted text stays as it is, and so do names: those are in small letters.
std::string with_types(std::string_view statement, TypeWords types) {
    std::string text;
    char        quote = 0;
    for (std::size_t at = 0; at < statement.size();) {
        const char c = statement[at];
        if (quote ? c == quote : c == '\'' || c == '"') quote = quote ? 0 : c;
        const bool word_begins = !quote && is_of_word(c) && (at == 0 || !is_of_word(statement[at - 1]));
        const auto type        = std::ranges::find_if(types, [&](const auto& one) {
            const auto rest = statement.substr(at);
            return word_begins && rest.starts_with(one.first) && (rest.size() == one.first.size() || !is_of_word(rest[one.first.size()]));
        });
        const bool found = type != std::ranges::end(types);
        text += found ? type->second : std::string_view(&c, 1);
        at += found ? type->first.size() : 1;
    }
    return text;
}

void refuse_other_columns(std::string_view table, std::string_view found, std::string_view wanted) {
    if (!found.empty() && found != wanted)
        throw Refused("kernel.schema_conflict",
                      "To change the columns of {} from ({}) to ({}), write a migration: a table of a module's own is not changed by itself.",
                      table, found, wanted);
}

}  // namespace tessera::database
