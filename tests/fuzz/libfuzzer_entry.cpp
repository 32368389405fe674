// What libFuzzer calls: the harness that TESSERA_HARNESS names. A claim that does not hold leaves it as an exception, which
// ends the program and so is found.

#include "harness.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace {

void (*give)(std::string_view) = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    const char* name  = std::getenv("TESSERA_HARNESS");
    const auto& all   = tessera::fuzz::harnesses();
    const auto  found = std::ranges::find(all, std::string(name ? name : ""), &tessera::fuzz::Harness::name);
    if (found == all.end()) {
        std::fputs("To fuzz a reader, name it in TESSERA_HARNESS:", stderr);
        for (const auto& harness : all) std::fprintf(stderr, " %s", harness.name.c_str());
        std::fputs("\n", stderr);
        std::exit(2);
    }
    give = found->give;
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t size) {
    give({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
