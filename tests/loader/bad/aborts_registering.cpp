// Gives up where it should refuse.
#include <tessera/sdk.h>

#include <unistd.h>

#include <cstdlib>

static void register_module(tessera::Kernel& kernel) {
    kernel.permission("aborts_registering.use", "Use it");
    std::abort();
}

TESSERA_MODULE({.name = "aborts_registering", .version = "1.0.0", .title = "Bad registration", .register_module = register_module});
