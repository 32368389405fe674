// Throws before anybody can catch it.
#include <tessera/sdk.h>

#include <cstdlib>

static const struct AtOnce {
    AtOnce() { throw std::runtime_error("too early"); }
} at_once;

static void register_module(tessera::Kernel&) {}

TESSERA_MODULE({.name = "throws_in_constructor", .version = "1.0.0", .title = "Bad constructor", .register_module = register_module});
