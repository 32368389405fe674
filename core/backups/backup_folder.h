#pragma once
// A folder that backups of the same books are gathered in: each is named after the company and the moment it was made,
// and when there are more than should be kept the oldest are taken away.
//
//     const auto made = backups::make_in("/backups", {.database = "acme.tessera"});
//     made.file           // "/backups/acme-bicycles-20261129-181500.tessera-backup"; the moment is UTC
//     backups::remove_oldest("/backups", made, 7);

#include "backups/backup.h"

namespace tessera::backups {

struct Kept {
    std::string file{};
    Manifest    manifest{};
};

// Refused like make().
TESSERA_API Kept make_in(const std::string& folder, const SuiteOptions& books, const Watch& watch = {});

// A free name for a backup made now: the beginning, the moment, the ending of a backup.
TESSERA_API std::string place_for(const std::string& beginning);

// Leaves the newest and as many others of the same books that there are `keep` (at least 1), and says which it removed.
// What is not a backup of these books, named as above, is neither counted nor removed.
TESSERA_API std::vector<std::string> remove_oldest(const std::string& folder, const Kept& newest, std::size_t keep);

// The backups of the books with this oldest seal (Manifest::books), oldest first. They are not read, only looked at.
// Refused "kernel.no_folder".
TESSERA_API std::vector<Kept> kept_in(const std::string& folder, const std::string& books);

// The oldest seal of the books themselves.
TESSERA_API std::string seal_of_books(const std::string& database);

}  // namespace tessera::backups
