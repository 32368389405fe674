// Who does what in purchasing, and what one person must not do together: the usual conflicts of purchasing and payables.

#include <tessera/access.h>
#include <tessera/kernel.h>

#include "declare.h"

namespace purchasing {

void declare_duties(tessera::Kernel& kernel) {
    using tessera::access::Effect, tessera::access::StandardConflict, tessera::access::StandardRole;
    using enum Effect;
    kernel.contribute(StandardRole{"Buyer", "Writes purchase orders", {"*.read", "purchasing.edit"}});
    kernel.contribute(StandardRole{"Purchasing manager", "Approves purchase orders and lets go what the match holds", {"*.read", "purchasing.approve", "purchasing.close", "purchasing.release_holds"}});
    kernel.contribute(StandardRole{"Receiving clerk", "Receives goods and sends them back", {"*.read", "purchasing.receive"}});
    kernel.contribute(StandardRole{"Payables clerk", "Enters and posts vendor invoices", {"*.read", "purchasing.invoice"}});

    kernel.contribute(StandardConflict{"purchasing.edit", "purchasing.approve", "An order is placed that nobody else has looked at", blocks});
    kernel.contribute(StandardConflict{"purchasing.edit", "purchasing.receive", "Goods are ordered for oneself", needs_mitigation});
    kernel.contribute(StandardConflict{"purchasing.approve", "purchasing.receive", "Goods are ordered and taken in by one person", needs_mitigation});
    kernel.contribute(StandardConflict{"purchasing.receive", "purchasing.invoice", "An invoice is posted for goods that never came", needs_mitigation});
    kernel.contribute(StandardConflict{"purchasing.invoice", "purchasing.release_holds", "What the match holds is let go by who entered it", blocks});
    kernel.contribute(StandardConflict{"purchasing.approve", "financials.pay", "An order is placed and paid without a second person", blocks});
    kernel.contribute(StandardConflict{"purchasing.invoice", "financials.pay", "An invoice is made up and paid", blocks});
    kernel.contribute(StandardConflict{"directory.edit", "purchasing.invoice", "A supplier is made up to be invoiced by", needs_mitigation});
    kernel.contribute(StandardConflict{"directory.pay_to", "purchasing.invoice", "An invoice is led to another bank account", blocks});
}

}  // namespace purchasing
