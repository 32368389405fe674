#pragma once
// Brings the schema of a company's books up to date: the whole of it in one transaction, so that after a kill they are as
// they were or as they shall be, and only if the reports read the same before and after.
//
//     const auto upgraded = migrations::upgrade(books, kernel, {.before = [&] { backups::make(books, "acme.tessera-backup"); }});
//     upgraded.statements            // what was run
//
// Books on a server may be written by others until the transaction begins, so their servers are stopped first.

#include <tessera/suite.h>

namespace tessera::migrations {

struct UpgradePlan {
    std::vector<std::string> reports{};            // to be compared; empty: every one that needs no parameter
    std::function<void()>    before{};             // while nobody else may write a file: for a backup
    bool                     only_alike = true;    // refused "kernel.reports_differ" otherwise
};

struct Upgraded {
    std::vector<std::string> statements{};
    std::size_t              alike = 0;            // reports that read the same before and after
    std::vector<std::string> different{};          // their names
    std::vector<std::string> not_comparable{};     // that the modules cannot run on the schema as it was
};

// Nothing is done when the books are up to date. Refused, and nothing is changed:
//
//     kernel.no_books, kernel.newer_schema, kernel.schema_conflict, kernel.database_in_use, kernel.damaged_database
//     kernel.no_report           a report that is named is none, or needs parameters
//     kernel.reports_differ
TESSERA_API Upgraded upgrade(const SuiteOptions& books, const Kernel& kernel, const UpgradePlan& plan);

struct Rehearsed {
    Upgraded                 upgraded{};
    std::int64_t             checks = 0;
    std::vector<std::string> findings{};           // of every invariant, afterwards
};

// The same on a copy beside the books, which is gone when it returns; others work in the books meanwhile. Refused
// "kernel.no_copy" for books on a server.
TESSERA_API Rehearsed rehearse(const SuiteOptions& books, const Kernel& kernel, UpgradePlan plan);

}  // namespace tessera::migrations
