// Writes where nothing is.
#include <tessera/sdk.h>

#include <cstdlib>

static const struct AtOnce {
    AtOnce() { *static_cast<volatile int*>(nullptr) = 1; }
} at_once;

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "crashes_in_constructor", .version = "1.0.0", .title = "Bad constructor", .register_module = register_module});
