// Refers to a record of a module it does not have.
#include <tessera/sdk.h>

namespace unneeded_reference {

struct Stranger {
    tessera::Id<Stranger> id{};
};
struct Visit {
    tessera::Id<Visit>    id{};
    tessera::Id<Stranger> stranger{};
};

void register_module(tessera::Kernel& kernel) { kernel.entity<Visit>("unneeded_reference.visit", "Visit").field("stranger", &Visit::stranger); }

}  // namespace unneeded_reference

TESSERA_MODULE({.name = "unneeded_reference", .version = "1.0.0", .title = "Unneeded reference", .register_module = unneeded_reference::register_module});
