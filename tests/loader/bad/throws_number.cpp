// Throws what is no exception.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) { throw 42; }

TESSERA_MODULE({.name = "throws_number", .version = "1.0.0", .title = "Throws a number", .register_module = register_module});
