#pragma once
// What the schemas of all engines have in common: how a declared table is written in SQL, and what is missing of it where
// an older one is there already. An engine says what differs and adds what only it has:
//
//     const SchemaDialect dialect{.id = R"("id" INTEGER PRIMARY KEY)", .type = type_name, .name = unchanged};
//     auto text = table_text(party, dialect) + " STRICT";         // CREATE TABLE "party" (⏎ "id" INTEGER PRIMARY KEY, …)
//     auto more = new_columns(party, existing, dialect);          // ALTER TABLE "party" ADD COLUMN …
//
// What a column's type cannot say is a CHECK named <table>__<column>: a boolean is 0 or 1, a date has ten characters.
// References are foreign keys that are checked at the commit. Columns that cascade are indexed, because each deletion of
// the document looks for its lines.

#include "database/engine.h"

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tessera::database {

struct SchemaDialect {
    std::string_view id{};                            // the column that a table without a declared key begins with
    std::string_view (*type)(ColumnType) = nullptr;   // as a column is declared with it
    std::string (*name)(std::string)     = nullptr;   // of an index or constraint: as it is, or made to fit
};

struct ExistingTable {
    std::map<std::string, std::string, std::less<>> columns{};   // name → type, empty where there is no table
    std::map<std::string, std::string, std::less<>> indexes{};   // name → CREATE INDEX …
    std::map<std::string, std::string, std::less<>> triggers{};
    bool                                            has_rows = false;
};

struct IndexChange {
    std::string name{}, text{};
    bool        anew = false;  // one of this name has to go first
};

// Of small letters, digits and underscores: another name is a std::logic_error.
std::string quoted_name(std::string_view name);
std::string index_name(const TableDefinition& table, const IndexDefinition& index);  // its own, or <table>__<columns>

std::string table_text(const TableDefinition& table, const SchemaDialect& dialect);
// Refuses with "kernel.schema_conflict" what would need more than adding.
std::vector<std::string> new_columns(const TableDefinition& table, const ExistingTable& existing, const SchemaDialect& dialect);
std::vector<IndexChange> index_changes(const TableDefinition& table, const ExistingTable& existing, const SchemaDialect& dialect);

// For the statements of a module's own schema. Their words for types, and all other words of SQL, are in capitals.
using TypeWords = std::span<const std::pair<std::string_view, std::string_view>>;  // {"BIGINT", "INTEGER"}
bool        makes_table(std::string_view statement);
std::string with_types(std::string_view statement, TypeWords types);
// A statement says IF NOT EXISTS; a table that an earlier version made otherwise would stay so, and be found out at work.
void refuse_other_columns(std::string_view table, std::string_view found, std::string_view wanted);

}  // namespace tessera::database
