#pragma once
// Tells a story: runs the commands of a scenario (scenario.h) one after another on books of their own and compares what they
// print with what the file says.
//
//     const auto differences = tell("tests/warranty.test", {.modules = "build/lib/tessera/plugins"});    // "": none

#include <filesystem>
#include <string>

namespace scenarios {

struct Telling {
    std::string modules{};       // a folder of plugins that the commands load as well; empty: none
    bool        update = false;  // write what was printed into the file instead of complaining
};

// A paragraph for each command that printed something else; "" when the file says what the program does.
std::string tell(const std::filesystem::path& file, const Telling& how);

}  // namespace scenarios
