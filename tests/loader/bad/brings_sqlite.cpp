// Holds an SQLite of its own, as far as its bytes tell.
#include <tessera/sdk.h>

__attribute__((used)) static const char begin_of_a_database[] = "SQLite format 3";

static void register_module(tessera::Kernel& kernel) { kernel.permission("brings_sqlite.use", "Use it"); }

TESSERA_MODULE({.name = "brings_sqlite", .version = "1.0.0", .title = "Brings SQLite", .register_module = register_module});
