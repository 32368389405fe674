#pragma once
// Finds module libraries, checks before loading that they were built for this server, loads them in the order of their
// needs and lets each register. A module that cannot run takes down only itself and those that need it, one sentence each.

#include <tessera/kernel.h>

#include <chrono>
#include <filesystem>

namespace tessera::loader {

struct Options {
    std::vector<std::filesystem::path> directories{};      // searched in order; a name found first wins
    std::vector<std::string>           only{};              // when not empty: these and what they need
    std::chrono::milliseconds          step_max{10'000};    // to open or register one, when it is tried out
};

TESSERA_API void load(Kernel& kernel, const Options& options);
// The module directory that belongs to this installation: beside libtessera.
TESSERA_API std::filesystem::path own_directory();
// The ABI string in the ELF note of a library, without loading it; nothing when there is none.
std::optional<std::string> abi_of(const std::filesystem::path& library);

}  // namespace tessera::loader
