// Claims the kernel's own name, and with it the kernel's tables.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "kernel", .version = "1.0.0", .title = "Kernel", .register_module = register_module});
