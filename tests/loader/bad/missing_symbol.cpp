// Calls a function that nobody has.
#include <tessera/sdk.h>

extern void somewhere_else(tessera::Kernel&);

TESSERA_MODULE({.name = "missing_symbol", .version = "1.0.0", .title = "Missing symbol", .register_module = somewhere_else});
