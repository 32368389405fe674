#pragma once
// Everything a module or plugin may use. Start with kernel.h (what register_module declares) and transaction.h (what a
// handler may touch); the vocabulary is in money.h, quantity.h, date.h, id.h, effectivity.h and refused.h.

#include <tessera/access.h>
#include <tessera/attachments.h>
#include <tessera/effectivity.h>
#include <tessera/kernel.h>
#include <tessera/mail.h>
#include <tessera/module.h>
