// In order itself, but needs one that is not.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) { kernel.permission("dependent.use", "Use it"); }

TESSERA_MODULE({.name = "dependent", .version = "1.0.0", .title = "Dependent", .needs = {"needs_nobody"}, .register_module = register_module});
