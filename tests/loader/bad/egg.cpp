// Needs the chicken, which needs the egg.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "egg", .version = "1.0.0", .title = "The egg", .needs = {"chicken"}, .register_module = register_module});
