#pragma once
// Backups of the books: each is one file (sealed_file.h), made while others work, proven before it gets its name, and the
// same whichever engine the books lie in; it is restored to either.
//
//     const SuiteOptions books{.database = "acme.tessera"};
//     const auto made = backups::make(books, "acme.tessera-backup");
//     backups::check("acme.tessera-backup", books);                      // proven anew, nothing is restored
//     backups::restore("acme.tessera-backup", {.database = "postgresql://server/acme"});
//
// Of the options only the database and what says which modules run are used. All of these read the backup, and make the
// proof, with the modules that run here; where the backup was made under an older schema the invariants cannot be proven
// (Manifest::checks is 0), but damage and changed values are found all the same.
//
// Whatever they fail with, nothing is left under the name that was asked for. After a kill a file beside it may be, which the next
// backup or restore in that folder takes away.

#include "backups/manifest.h"

#include <tessera/suite.h>

namespace tessera::backups {

struct Watch {
    migrations::CopyProgress progress{};
    const std::atomic<bool>* cancelled = nullptr;  // Refused "kernel.query_cancelled" soon after it becomes true
};

// Everything that was acknowledged before the call is in it. Refused:
//
//     kernel.file_exists          there is something of that name; a backup is never overwritten
//     kernel.no_folder            its folder is not there or cannot be written
//     kernel.backup_not_proven    an invariant does not hold in it, or it lacks what the books had before; see tessera verify
//     kernel.storage_full, kernel.storage_failed    the disk
TESSERA_API Manifest make(const SuiteOptions& books, const std::string& file, const Watch& watch = {});

// The manifest, with how many invariants hold now. Refused like unseal(), "kernel.backup_not_proven", and
// "kernel.newer_schema" when a newer program wrote the books.
TESSERA_API Manifest check(const std::string& file, const SuiteOptions& modules, const Watch& watch = {});

// Into a file that does not exist or an empty database of a server. Refused like check(), and "kernel.file_exists" or
// "kernel.not_empty" when there is something already; the books that are there are not touched.
TESSERA_API Manifest restore(const std::string& file, const SuiteOptions& to, const Watch& watch = {});

// Restores it to a scratch file beside it, which is proven like a restored one and taken away.
TESSERA_API Manifest try_to_restore(const std::string& file, const SuiteOptions& modules, const Watch& watch = {});

}  // namespace tessera::backups
