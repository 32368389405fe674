// Never comes back.
#include <tessera/sdk.h>

#include <unistd.h>

#include <cstdlib>

static void register_module(tessera::Kernel& kernel) {
    kernel.permission("hangs_registering.use", "Use it");
    for (;;) ::pause();
}

TESSERA_MODULE({.name = "hangs_registering", .version = "1.0.0", .title = "Bad registration", .register_module = register_module});
