#pragma once
// How a declared table becomes SQLite's DDL. Every table is STRICT and has `id INTEGER PRIMARY KEY` first, or is WITHOUT
// ROWID and has the key that was declared; a column's type is one of SQLite's four, and what the type cannot say is a CHECK
// named <table>__<column>:
//
//     integer, instant   INTEGER          text   TEXT                        real   REAL
//     boolean            INTEGER, 0 or 1  date   TEXT of ten characters      blob   BLOB
//
// References are foreign keys that are checked at the commit. Columns that cascade are indexed, because each deletion of
// the document looks for its lines. An append-only table has two triggers that refuse UPDATE and DELETE (and so REPLACE).

#include "database/engine.h"

#include <string>
#include <vector>

namespace tessera::database::sqlite {

// The statements that bring the database from what it is to what `table` says; none when it is so already. Refuses with
// "kernel.schema_conflict" what would need more than adding.
std::vector<std::string> schema_changes(Connection& connection, const TableDefinition& table);

// A statement of a module's own schema as SQLite is given it: a table becomes STRICT, one with a composite primary key
// also WITHOUT ROWID, and portable words for types (BIGINT, SMALLINT, BOOLEAN, DATE, DOUBLE PRECISION) become SQLite's.
std::string schema_statement(std::string_view statement);
// Runs it. A table that is there already with other columns is refused with "kernel.schema_conflict".
void define(Connection& connection, std::string_view statement);

TableDefinition stored(Connection& connection, std::string_view table);

}  // namespace tessera::database::sqlite
