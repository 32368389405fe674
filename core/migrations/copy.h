#pragma once
// Copies the books into a new database, of the same engine or of the other: every row of every table, as they were at one
// moment. Others read and write the source meanwhile; it is not touched.
//
//     const auto copied = migrations::copy("books.tessera", "postgresql://server/books", kernel);
//     for (const auto& table : copied) fmt::print("{} {} {}\n", table.name, table.rows, table.digest);
//     for (const auto& sentence : migrations::differences(copied, "postgresql://server/books")) …   // none: both are alike
//
// The rows go over one after another, in the order of their key, in one transaction of the target: it has all of them or
// none. Values keep their kind. Whoever is inserted there later without an id goes on after the highest.
//
// A digest is the seal of a table's rows, of whatever engine: beginning with the names and kinds of the columns, the seal of
// each row is sha256_hex(seal of the row before + text of the row). Rows are taken in the order of their key, columns by
// name, and the text of a row has its values one after another:
//
//     -  nothing      i42;  a whole number      r0.5;  another number      t5:wheel  a text of 5 bytes      b2:…  bytes

#include <tessera/kernel.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::migrations {

struct CopiedTable {
    std::string  name{};
    std::int64_t rows = 0;
    std::string  digest{};
    bool         ledger = false;  // rows are only added to it: the audit trail, and entities that are declared so
};

// "Copying financials_journal_line", rows done, of how many; for each row.
using CopyProgress = std::function<void(std::string_view what, std::int64_t done, std::int64_t total)>;

// The tables of the source by name, and what was read of them. Refused, before anything is made:
//
//     kernel.not_empty           there is a file of the target's name, or its database has tables already
//     kernel.not_a_database      the tables there are another program's
//     kernel.schema_outdated     the source has to be migrated first (also kernel.newer_schema, kernel.no_books)
//     kernel.unknown_tables      the source has tables or columns that the modules here do not declare: they would be lost
//     kernel.no_modules          modules that the source has records of are not running here
//
// Whatever it fails with later, a full disk for example, what was made of the target is taken away. After a kill nothing is
// in it, but a file is left behind.
TESSERA_API std::vector<CopiedTable> copy(const std::string& from, const std::string& to, const Kernel& kernel, const CopyProgress& progress = {});

// What the database at `location` holds now otherwise than was copied, one sentence for each table; read on one snapshot.
TESSERA_API std::vector<std::string> differences(const std::vector<CopiedTable>& copied, const std::string& location, const CopyProgress& progress = {});

// What the database at `location` holds, read on one snapshot: the same as copy() would tell of it.
TESSERA_API std::vector<CopiedTable> contents(const std::string& location, const Kernel& kernel, const CopyProgress& progress = {});

}  // namespace tessera::migrations
