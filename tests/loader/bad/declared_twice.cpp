// Declares the same permission twice.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) {
    kernel.permission("declared_twice.use", "Use it");
    kernel.permission("declared_twice.use", "Use it again");
}

TESSERA_MODULE({.name = "declared_twice", .version = "1.0.0", .title = "Declared twice", .register_module = register_module});
