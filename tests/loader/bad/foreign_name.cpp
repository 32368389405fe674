// Declares a permission that belongs to the workshop.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) { kernel.permission("workshop.open_the_safe", "Open the safe"); }

TESSERA_MODULE({.name = "foreign_name", .version = "1.0.0", .title = "Foreign name", .needs = {"workshop"}, .register_module = register_module});
