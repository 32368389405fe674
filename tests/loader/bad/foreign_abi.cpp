// Built for another server.
#define TESSERA_ABI "tessera-0 gcc-4 cxx11abi-0 c++-199711"
#include <tessera/sdk.h>

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "foreign_abi", .version = "1.0.0", .title = "Foreign", .register_module = register_module});
