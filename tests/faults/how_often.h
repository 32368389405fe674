#pragma once
// How long a test of chance goes on, and with which seed: little in the normal run, what tests/faults/full.sh asks for in a long
// one.
//
//     const auto kills = asked("TESSERA_KILLS", 10), seed = asked("TESSERA_SEED", 20200302);
//     CAPTURE(to_repeat("kills", kills, seed));        // "bash tests/faults/full.sh kills 10 seed 20200302"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace faults {

inline std::uint64_t asked(const char* variable, std::uint64_t otherwise) {
    const char* given = std::getenv(variable);
    return given ? std::stoull(given) : otherwise;
}

inline std::string to_repeat(const char* set, std::uint64_t count, std::uint64_t seed) {
    return "bash tests/faults/full.sh " + std::string(set) + " " + std::to_string(count) + " seed " + std::to_string(seed);
}

}  // namespace faults
