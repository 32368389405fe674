#include "database/sqlite/sqlite_schema.h"

#include "database/schema_text.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

namespace tessera::database::sqlite {

namespace schema {

std::string_view type_name(ColumnType type) {
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

ColumnType kind_of(std::string_view type) {
    if (type == "REAL") return ColumnType::real;
    if (type == "TEXT") return ColumnType::text;
    if (type == "BLOB") return ColumnType::blob;
    if (type == "INTEGER" || type == "INT") return ColumnType::integer;
    throw std::logic_error(fmt::format("a column of the type {}", type));
}

constexpr SchemaDialect dialect{.id = "\"id\" INTEGER PRIMARY KEY", .type = type_name, .name = [](std::string name) { return name; }};

std::string trigger_text(const TableDefinition& table, std::string_view verb) {
    return fmt::format(
        "CREATE TRIGGER \"{0}__no_{1}\" BEFORE {2} ON {3} BEGIN SELECT RAISE(ABORT, 'append_only: {0}'); END",
        table.name, verb, verb == "update" ? "UPDATE" : "DELETE", quoted_name(table.name));
}

std::vector<std::string> append_only_triggers(const TableDefinition& table, const ExistingTable& existing) {
    std::vector<std::string> statements;
    if (!table.append_only) return statements;
    for (const std::string verb : {"update", "delete"})
        if (!existing.triggers.contains(fmt::format("{}__no_{}", table.name, verb)))
            statements.push_back(trigger_text(table, verb));
    return statements;
}

ExistingTable look(Connection& connection, const TableDefinition& table) {
    ExistingTable existing;
    auto&         columns = connection.prepare("SELECT name, type FROM pragma_table_info(:table)");
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

// The words for types that every engine knows, and what SQLite's strict tables call them.
constexpr std::pair<std::string_view, std::string_view> portable_types[] = {
    {"BIGINT", "INTEGER"}, {"SMALLINT", "INTEGER"}, {"BOOLEAN", "INTEGER"}, {"DATE", "TEXT"}, {"DOUBLE PRECISION", "REAL"}};

std::string column_names(Connection& connection, std::string_view table) {
    auto& names = connection.prepare("SELECT coalesce(group_concat(name, ', '), '') FROM pragma_table_info(:table)");
    names.bind(1, table);
    names.step();
    std::string text(names.text(0));
    connection.release(names);
    return text;
}

void refuse_other_columns(Connection& connection, const std::string& statement) {
    const auto apart = open_scratch();
    apart->execute(statement);
    const auto table = apart->tables().front();
    database::refuse_other_columns(table, column_names(connection, table), column_names(*apart, table));
}

}  // namespace schema

std::string schema_statement(std::string_view statement) {
    if (!makes_table(statement)) return std::string(statement);
    const auto text      = with_types(statement, schema::portable_types);
    const auto key       = text.find("PRIMARY KEY (");
    const bool composite = key != text.npos && text.substr(key, text.find(')', key) - key).find(',') != text.npos;
    return text + (composite ? " STRICT, WITHOUT ROWID" : " STRICT");
}

void define(Connection& connection, std::string_view statement) {
    const auto text = schema_statement(statement);
    if (makes_table(statement)) schema::refuse_other_columns(connection, text);
    connection.execute(text);
}

std::vector<std::string> schema_changes(Connection& connection, const TableDefinition& table) {
    const auto               existing = schema::look(connection, table);
    std::vector<std::string> statements;
    if (existing.columns.empty())
        statements.push_back(table_text(table, schema::dialect) + (table.key.empty() ? " STRICT" : " STRICT, WITHOUT ROWID"));
    else
        statements = new_columns(table, existing, schema::dialect);
    for (auto& index : index_changes(table, existing, schema::dialect)) {
        if (index.anew) statements.push_back("DROP INDEX " + quoted_name(index.name));
        statements.push_back(std::move(index.text));
    }
    for (auto& statement : schema::append_only_triggers(table, existing)) statements.push_back(std::move(statement));
    return statements;
}

TableDefinition stored(Connection& connection, std::string_view table) {
    TableDefinition            found{.name = std::string(table)};
    std::map<int, std::string> key;
    auto&                      columns = connection.prepare("SELECT name, type, pk FROM pragma_table_info(:table) ORDER BY cid");
    columns.bind(1, table);
    while (columns.step()) {
        found.columns.push_back({.name = std::string(columns.text(0)), .type = schema::kind_of(columns.text(1))});
        if (const auto place = static_cast<int>(columns.integer(2)); place > 0) key.emplace(place, columns.text(0));
    }
    for (auto& [place, column] : key) found.key.push_back(std::move(column));
    return found;
}

}  // namespace tessera::database::sqlite
