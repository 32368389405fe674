#include "database/sqlite/sqlite_schema.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace tessera::database::sqlite {

namespace schema {

struct Existing {
    std::map<std::string, std::string, std::less<>> columns;  // name → type
    std::map<std::string, std::string, std::less<>> indexes;  // name → CREATE INDEX …
    std::map<std::string, std::string, std::less<>> triggers;
    bool                                            has_rows = false;
};

std::string quoted_name(std::string_view name) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), plain))
        throw std::logic_error(fmt::format("\"{}\" cannot name a table, column or index", name));
    return fmt::format("\"{}\"", name);
}

// "date DESC" → "\"date\" DESC"; an expression such as lower(name) stays as it is.
std::string quoted_key(const std::string& key) {
    if (key.find('(') != key.npos) return key;
    const auto space = key.find(' ');
    return quoted_name(key.substr(0, space)) + (space == key.npos ? "" : key.substr(space));
}

const char* type_name(ColumnType type) {
    switch (type) {
        case ColumnType::integer:
        case ColumnType::instant:
        case ColumnType::boolean:
            return "INTEGER";
        case ColumnType::real:
            return "REAL";
        case ColumnType::text:
        case ColumnType::date:
            return "TEXT";
        case ColumnType::blob:
            return "BLOB";
    }
    throw std::logic_error("a column without a type");
}

std::string check_of(const ColumnDefinition& column) {
    std::string check = column.check.empty() ? "" : fmt::format("({})", column.check);
    const auto  also  = [&](const std::string& condition) { check += (check.empty() ? "" : " AND ") + condition; };
    if (column.type == ColumnType::boolean) also(quoted_name(column.name) + " IN (0, 1)");
    if (column.type == ColumnType::date) also(fmt::format("length({}) = 10", quoted_name(column.name)));
    return check;
}

std::string column_text(const TableDefinition& table, const ColumnDefinition& column) {
    std::string text = fmt::format("{} {}", quoted_name(column.name), type_name(column.type));
    if (column.required) text += " NOT NULL";
    if (!column.default_value.empty()) text += fmt::format(" DEFAULT {}", column.default_value);
    if (const auto check = check_of(column); !check.empty())
        text += fmt::format(" CONSTRAINT \"{}__{}\" CHECK ({})", table.name, column.name, check);
    if (!column.references.empty())
        text += fmt::format(" REFERENCES {}(\"id\"){} DEFERRABLE INITIALLY DEFERRED", quoted_name(column.references),
                            column.cascade ? " ON DELETE CASCADE" : "");
    return text;
}

std::string table_text(const TableDefinition& table) {
    std::vector<std::string> parts, key;
    if (table.key.empty()) parts.push_back("\"id\" INTEGER PRIMARY KEY");
    for (const auto& column : table.columns) parts.push_back(column_text(table, column));
    for (const auto& column : table.key) key.push_back(quoted_name(column));
    if (!key.empty()) parts.push_back(fmt::format("PRIMARY KEY ({})", fmt::join(key, ", ")));
    return fmt::format("CREATE TABLE {} (\n    {}\n) STRICT{}", quoted_name(table.name), fmt::join(parts, ",\n    "),
                       key.empty() ? "" : ", WITHOUT ROWID");
}

std::string index_text(const TableDefinition& table, const IndexDefinition& index) {
    std::vector<std::string> keys;
    for (const auto& column : index.columns) keys.push_back(quoted_key(column));
    return fmt::format("CREATE {}INDEX {} ON {} ({}){}", index.unique ? "UNIQUE " : "",
                       quoted_name(index_name(table, index)), quoted_name(table.name), fmt::join(keys, ", "),
                       index.where.empty() ? "" : " WHERE " + index.where);
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

std::string trigger_text(const TableDefinition& table, std::string_view verb) {
    return fmt::format(
        "CREATE TRIGGER \"{0}__no_{1}\" BEFORE {2} ON {3} BEGIN SELECT RAISE(ABORT, 'append_only: {0}'); END",
        table.name, verb, verb == "update" ? "UPDATE" : "DELETE", quoted_name(table.name));
}

std::vector<std::string> append_only_triggers(const TableDefinition& table, const Existing& existing) {
    std::vector<std::string> statements;
    if (!table.append_only) return statements;
    for (const std::string verb : {"update", "delete"})
        if (!existing.triggers.contains(fmt::format("{}__no_{}", table.name, verb)))
            statements.push_back(trigger_text(table, verb));
    return statements;
}

Existing look(Connection& connection, const TableDefinition& table) {
    Existing existing;
    auto&    columns = connection.prepare("SELECT name, type FROM pragma_table_info(:table)");
    columns.bind(1, std::string_view(table.name));
    while (columns.step()) existing.columns.emplace(columns.text(0), columns.text(1));

    auto& others = connection.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = :table AND type IN ('index', 'trigger') "
        "AND sql IS NOT NULL");
    others.bind(1, std::string_view(table.name));
    while (others.step())
        (others.text(0) == "index" ? existing.indexes : existing.triggers).emplace(others.text(1), others.text(2));

    if (existing.columns.empty()) return existing;
    auto& row         = connection.prepare(fmt::format("SELECT 1 FROM {} LIMIT 1", quoted_name(table.name)));
    existing.has_rows = row.step();
    connection.release(row);
    return existing;
}

void refuse_conflict(const TableDefinition& table, const ColumnDefinition& column, const Existing& existing) {
    const auto found = existing.columns.find(column.name);
    if (found != existing.columns.end()) {
        if (found->second == type_name(column.type)) return;
        throw Refused("kernel.schema_conflict",
                      "To change {}.{} from {} to {}, write a migration: a column's type is not changed by itself.",
                      table.name, column.name, found->second, type_name(column.type));
    }
    if (!existing.has_rows || !column.required) return;
    if (column.default_value.empty() || !column.references.empty())
        throw Refused("kernel.schema_conflict", "To add the required column {}.{}, {}: the table has rows already.",
                      table.name, column.name,
                      column.references.empty() ? "give it a default value" : "write a migration");
}

std::vector<std::string> new_indexes(const TableDefinition& table, const Existing& existing) {
    std::vector<std::string> statements;
    for (const auto& index : indexes_of(table)) {
        const auto text  = index_text(table, index);
        const auto found = existing.indexes.find(index_name(table, index));
        if (found != existing.indexes.end() && found->second == text) continue;
        if (found != existing.indexes.end()) statements.push_back("DROP INDEX " + quoted_name(found->first));
        statements.push_back(text);
    }
    return statements;
}

// The words for types that every engine knows, and what SQLite's strict tables call them.
constexpr std::pair<std::string_view, std::string_view> portable_types[] = {
    {"BIGINT", "INTEGER"}, {"SMALLINT", "INTEGER"}, {"BOOLEAN", "INTEGER"}, {"DATE", "TEXT"}, {"DOUBLE PRECISION", "REAL"}};

bool is_of_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

bool makes_table(std::string_view statement) {
    const auto begin = statement.find_first_not_of(" \n");
    return begin != statement.npos && statement.substr(begin).starts_with("CREATE TABLE ");
}

// Quoted text stays as it is, and so do names: those are in small letters.
std::string in_own_types(std::string_view statement) {
    if (!makes_table(statement)) return std::string(statement);
    std::string text;
    char        quote = 0;
    for (std::size_t at = 0; at < statement.size();) {
        const char c = statement[at];
        if (quote ? c == quote : c == '\'' || c == '"') quote = quote ? 0 : c;
        const bool word_begins = !quote && is_of_word(c) && (at == 0 || !is_of_word(statement[at - 1]));
        const auto type        = std::ranges::find_if(portable_types, [&](const auto& one) {
            const auto rest = statement.substr(at);
            return word_begins && rest.starts_with(one.first) && (rest.size() == one.first.size() || !is_of_word(rest[one.first.size()]));
        });
        const bool found = type != std::ranges::end(portable_types);
        text += found ? type->second : std::string_view(&c, 1);
        at += found ? type->first.size() : 1;
    }
    return text;
}

std::string column_names(Connection& connection, std::string_view table) {
    auto& names = connection.prepare("SELECT coalesce(group_concat(name, ', '), '') FROM pragma_table_info(:table)");
    names.bind(1, table);
    names.step();
    std::string text(names.text(0));
    connection.release(names);
    return text;
}

// A statement says IF NOT EXISTS; a table that an earlier version made otherwise would stay so, and be found out at work.
void refuse_other_columns(Connection& connection, const std::string& statement) {
    const auto apart = open_scratch();
    apart->execute(statement);
    const auto table  = apart->tables().front();
    const auto wanted = column_names(*apart, table), found = column_names(connection, table);
    if (!found.empty() && found != wanted)
        throw Refused("kernel.schema_conflict", "To change the columns of {} from ({}) to ({}), write a migration: a table of a module's own is not changed by itself.",
                      table, found, wanted);
}

}  // namespace schema

std::string schema_statement(std::string_view statement) {
    const auto text = schema::in_own_types(statement);
    if (!schema::makes_table(text)) return text;
    const auto key       = text.find("PRIMARY KEY (");
    const bool composite = key != text.npos && text.substr(key, text.find(')', key) - key).find(',') != text.npos;
    return text + (composite ? " STRICT, WITHOUT ROWID" : " STRICT");
}

void define(Connection& connection, std::string_view statement) {
    const auto text = schema_statement(statement);
    if (schema::makes_table(statement)) schema::refuse_other_columns(connection, text);
    connection.execute(text);
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

std::vector<std::string> schema_changes(Connection& connection, const TableDefinition& table) {
    const auto               existing = schema::look(connection, table);
    std::vector<std::string> statements;
    if (existing.columns.empty()) {
        statements.push_back(schema::table_text(table));
    } else {
        for (const auto& column : table.columns) {
            schema::refuse_conflict(table, column, existing);
            if (!existing.columns.contains(column.name))
                statements.push_back(fmt::format("ALTER TABLE {} ADD COLUMN {}", schema::quoted_name(table.name),
                                                 schema::column_text(table, column)));
        }
    }
    for (auto& statement : schema::new_indexes(table, existing)) statements.push_back(std::move(statement));
    for (auto& statement : schema::append_only_triggers(table, existing)) statements.push_back(std::move(statement));
    return statements;
}

}  // namespace tessera::database::sqlite
