// Carries the note but exports no function.
#include <tessera/sdk.h>

#define tessera_module hidden_function
TESSERA_MODULE({.name = "no_entry", .version = "1.0.0", .title = "No entry"});
