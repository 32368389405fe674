#pragma once
// Finds module libraries, checks before loading that they were built for this server, loads them in the order of their
// needs and lets each register. A module that cannot run takes down only itself and those that need it, one sentence each.

#include <tessera/kernel.h>

#include <chrono>
#include <filesystem>

#include "fields/custom_field.h"

namespace tessera::loader {

struct Options {
    std::vector<fields::CustomField>   custom_fields{};    // of the books that are opened
    std::vector<std::filesystem::path> directories{};      // searched in order; a name found first wins
    std::vector<std::string>           only{};              // when not empty: these and what they need
    std::chrono::milliseconds          step_max{10'000};    // to open or register one, when it is tried out
    std::vector<std::string>           signers{};           // files with public keys; not empty: what is not the installation's own must be signed by one
};

TESSERA_API void load(Kernel& kernel, const Options& options);
// The module directory that belongs to this installation: beside libtessera.
TESSERA_API std::filesystem::path own_directory();
// libtessera itself.
TESSERA_API std::filesystem::path kernel_library();

}  // namespace tessera::loader
