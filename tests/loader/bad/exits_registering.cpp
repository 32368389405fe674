// Leaves the house with everybody in it.
#include <tessera/sdk.h>

#include <unistd.h>

#include <cstdlib>

static void register_module(tessera::Kernel& kernel) {
    kernel.permission("exits_registering.use", "Use it");
    std::exit(3);
}

TESSERA_MODULE({.name = "exits_registering", .version = "1.0.0", .title = "Bad registration", .register_module = register_module});
