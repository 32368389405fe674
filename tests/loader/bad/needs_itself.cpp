// The shortest circle.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "needs_itself", .version = "1.0.0", .title = "Needs itself", .needs = {"needs_itself"}, .register_module = register_module});
