#pragma once
// A library file and the module it holds: found, checked before it is opened, opened, its manifest read. Nothing of the
// module's own code is called but tessera_module().

#include <tessera/module.h>

#include "loader/library_notes.h"

#include <functional>

namespace tessera::loader {

struct Library {
    std::filesystem::path file{};
    const ModuleInfo*     info = nullptr;      // nothing when it is refused
    ModuleDescription     description{};       // with the sentence why
    LibraryNotes          notes{};
};

// What is asked of a library before it is opened.
struct Demands {
    std::filesystem::path    own{};            // libraries in this folder are the installation's
    std::vector<std::string> signers{};        // files with public keys; not empty: others must be signed by one
};

// The libraries in these directories, by name inside each; of two with the same name the first.
std::vector<std::filesystem::path> library_files(const std::vector<std::filesystem::path>& directories);

// Never throws: what is wrong becomes the description's sentence. `about_to` hears of it before the file is read.
Library examine(const std::filesystem::path& file, const Demands& demands, const std::function<void(const std::filesystem::path&)>& about_to);

}  // namespace tessera::loader
