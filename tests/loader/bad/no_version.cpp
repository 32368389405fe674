// Calls its version something that nobody can compare.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) { kernel.permission("no_version.use", "Use it"); }

TESSERA_MODULE({.name = "no_version", .version = "latest", .title = "No version", .register_module = register_module});
