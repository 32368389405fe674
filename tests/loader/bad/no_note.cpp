// Exports the function but carries no note of what it was built for.
#include <tessera/sdk.h>

extern "C" __attribute__((visibility("default"))) const tessera::ModuleInfo* tessera_module() noexcept {
    static constexpr tessera::ModuleInfo info{.name = "no_note", .version = "1.0.0", .title = "No note"};
    return &info;
}
