#pragma once
// A backup is one file: the books as an SQLite database, which any tool that reads SQLite can open, then the manifest as
// JSON, filled up with spaces to a whole page, then a line of fixed length that seals every byte before its digest:
//
//     tessera backup 1 00000000000000917504 9f86d081884c7d65…
//                    |          |                  SHA-256
//                    |          bytes of the database
//                    the form of the file
//
// One changed byte, wherever, or a missing end is found out by unseal().

#include <tessera/refused.h>

#include <cstdint>
#include <string>

namespace tessera::backups {

struct Sealed {
    std::string  file{};
    std::int64_t database_bytes = 0;
    std::string  manifest{};
};

// Makes a backup of a file with an SQLite database, which nobody may have open, and puts it on disk.
TESSERA_API void seal(const std::string& file, std::string_view manifest);

// Reads the whole file. Refused:
//
//     kernel.not_a_backup      it is something else, or nothing
//     kernel.damaged_backup    its end is missing, or a byte was changed
//     kernel.newer_backup      a newer program made it
TESSERA_API Sealed unseal(const std::string& file);

// The same without reading the database: who chooses among many need not read them all. Changed bytes are not found.
TESSERA_API Sealed look_at(const std::string& file);

// The database alone into an empty file, durable when it returns.
TESSERA_API void write_database(const Sealed& sealed, const std::string& file);

}  // namespace tessera::backups
