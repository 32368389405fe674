// Needs a version of the workshop that is not there.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) { kernel.permission("needs_newer.use", "Use it"); }

TESSERA_MODULE({.name = "needs_newer", .version = "1.0.0", .title = "Needs newer", .needs = {"workshop 2.1"}, .register_module = register_module});
