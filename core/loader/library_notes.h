#pragma once
// What a library says of itself in its ELF notes, read from the file without loading it: what it was built for, its manifest,
// and the contracts it was built with.
//
//     const auto notes = notes_of("warranty.so");
//     notes.abi                             // "tessera-1 gcc-12 cxx11abi-1 c++-202002"; empty: it is no module
//     notes.manifest->name                  // "warranty"
//     notes.contracts.at("financials")      // the headers of financials as they were when warranty was built, without comments
//
// No bytes in a file make reading it do anything but answer or refuse. Refused: kernel.not_a_library, kernel.damaged_library.

#include <tessera/refused.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tessera::loader {

struct Manifest {
    std::string              name{}, version{}, title{};
    std::vector<std::string> needs{};      // "financials 0.1"
};

// The headers of a contract by their paths, each a text whose comments and empty lines are gone.
using Contract = std::map<std::string, std::string>;

struct LibraryNotes {
    std::string                     abi{};
    std::optional<Manifest>         manifest{};
    std::map<std::string, Contract> contracts{};      // by module; the SDK as "tessera"
};

TESSERA_API LibraryNotes notes_of(const std::filesystem::path& library);
// Whether the file holds an SQLite: two of them in one process break each other's locks.
TESSERA_API bool brings_sqlite(const std::filesystem::path& library);

// The headers of `built` that are otherwise or gone in `running`; what is new there harms nobody.
TESSERA_API std::vector<std::string> changed_headers(const Contract& built, const Contract& running);
// The same, line by line: "financials/ledger.h\n  - struct Line {…\n  + …".
TESSERA_API std::string what_changed(const Contract& built, const Contract& running);

}  // namespace tessera::loader
