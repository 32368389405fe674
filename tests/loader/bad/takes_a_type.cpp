// Declares the workshop's own record as an entity of its own.
#include "../good/workshop/workshop.h"

static void register_module(tessera::Kernel& kernel) { kernel.entity<workshop::Order>("takes_a_type.order", "Order"); }

TESSERA_MODULE({.name = "takes_a_type", .version = "1.0.0", .title = "Takes a type", .needs = {"workshop"}, .register_module = register_module});
