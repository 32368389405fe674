// Ends whatever process opens it.
#include <tessera/sdk.h>

#include <cstdlib>

static const struct AtOnce {
    AtOnce() { std::exit(0); }
} at_once;

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "exits_in_constructor", .version = "1.0.0", .title = "Bad constructor", .register_module = register_module});
