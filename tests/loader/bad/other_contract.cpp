// Was built with another Money than the server's.
#include <tessera/sdk.h>

asm(".pushsection .note.tessera.contracts,\"a\",@note\n.balign 4\n.long 8, 2f - 1f, 3\n.asciz \"Tessera\"\n"
    "1: .ascii \"contract tessera\\n== tessera/money.h\\nclass Money { double amount; };\\n\"\n2: .balign 4\n.popsection");

static void register_module(tessera::Kernel& kernel) { kernel.permission("other_contract.use", "Use it"); }

TESSERA_MODULE({.name = "other_contract", .version = "1.0.0", .title = "Other contract", .register_module = register_module});
