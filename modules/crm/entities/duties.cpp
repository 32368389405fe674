// Who does what in customer relations.

#include <tessera/access.h>
#include <tessera/kernel.h>

#include "declare.h"

namespace crm {

void declare_duties(tessera::Kernel& kernel) {
    using tessera::access::StandardRole;
    kernel.contribute(StandardRole{"Account manager", "Keeps the history of customers", {"*.read", "crm.edit"}});
    kernel.contribute(StandardRole{"Customer relations manager", "Sets up how customers are worked with", {"*.read", "crm.edit", "crm.manage", "crm.merge"}});
}

}  // namespace crm
