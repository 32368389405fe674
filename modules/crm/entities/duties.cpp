// Who does what in customer relations, and what one person must not do together.

#include <tessera/access.h>
#include <tessera/kernel.h>

#include "declare.h"

namespace crm {

void declare_duties(tessera::Kernel& kernel) {
    using tessera::access::Effect, tessera::access::StandardConflict, tessera::access::StandardRole;
    kernel.contribute(StandardRole{"Account manager", "Keeps the history of customers and follows leads and opportunities", {"*.read", "crm.edit"}});
    kernel.contribute(StandardRole{
        "Customer relations manager", "Sets up how customers are worked with, writes campaigns and merges parties", {"*.read", "crm.edit", "crm.manage", "crm.merge", "directory.write_letters"}});
    kernel.contribute(StandardRole{"Campaign sender", "Reads campaigns once more and starts them", {"*.read", "crm.send"}});

    kernel.contribute(StandardConflict{"crm.manage", "crm.send", "Customers are written to with what nobody else has read", Effect::reported});
    kernel.contribute(StandardConflict{"crm.merge", "financials.pay", "A supplier is merged into another to be paid elsewhere", Effect::needs_mitigation});
}

}  // namespace crm
