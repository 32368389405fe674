// Puts a report into a page that nobody has declared.
#include <tessera/sdk.h>

static void register_module(tessera::Kernel& kernel) { kernel.card("panel_of_nothing.card", "Card", tessera::report_view("panel_of_nothing.report")); }

TESSERA_MODULE({.name = "panel_of_nothing", .version = "1.0.0", .title = "Panel of nothing", .register_module = register_module});
