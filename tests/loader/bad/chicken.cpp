// Needs the egg, which needs the chicken.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "chicken", .version = "1.0.0", .title = "The chicken", .needs = {"egg"}, .register_module = register_module});
