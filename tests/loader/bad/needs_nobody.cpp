// Needs a module that nobody has installed.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "needs_nobody", .version = "1.0.0", .title = "Needs nobody", .needs = {"workshop", "nobody"}, .register_module = register_module});
