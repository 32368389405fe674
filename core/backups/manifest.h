#pragma once
// What a backup says of itself: whose books, as of when, made by what, and the digest of every table (see
// migrations/copy.h), by which whatever is restored from it is held against what was backed up.

#include "migrations/copy.h"

#include <tessera/date.h>

namespace tessera::backups {

struct Manifest {
    std::string              company{};
    Instant                  made_at{};             // when it was begun: what was acknowledged before is in it
    std::string              program{};             // that made it: "tessera 0.1.0"
    std::string              engine{};              // that the books lay in: "SQLite 3.54.1"
    std::string              schema{};              // the fingerprint of the schema
    std::string              books{};               // the seal of the oldest audit entry: the same in every backup of these books
    std::int64_t             newest_entry = 0;      // of the audit trail
    std::string              newest_seal{};
    std::int64_t             checks = 0;            // invariants that held when it was made; 0: the program that made it knew another schema
    std::vector<std::string> unproven_modules{};    // not running then: nothing of theirs was proven

    std::vector<migrations::CopiedTable> tables{};  // by name

    TESSERA_API std::int64_t rows() const;
};

std::string text_of(const Manifest& manifest);  // JSON
Manifest    manifest_of(std::string_view text);

// "financials_journal_line has 3 rows, the manifest says 4", one sentence for each table that differs.
TESSERA_API std::vector<std::string> differences(const Manifest& manifest, const std::vector<migrations::CopiedTable>& found);

}  // namespace tessera::backups
