// Never comes back from its own initialisation.
#include <tessera/sdk.h>

#include <thread>

static const struct Hanging {
    Hanging() {
        for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
    }
} hanging;

static void register_module(tessera::Kernel& kernel) { kernel.permission("hangs_in_constructor.use", "Use it"); }

TESSERA_MODULE({.name = "hangs_in_constructor", .version = "1.0.0", .title = "Hangs in constructor", .register_module = register_module});
