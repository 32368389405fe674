// Who does what in sales, and what one person must not do together.

#include <tessera/access.h>
#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

void declare_duties(tessera::Kernel& kernel) {
    using tessera::access::Effect, tessera::access::StandardConflict, tessera::access::StandardRole;
    using enum Effect;
    kernel.contribute(StandardRole{"Sales representative", "Writes quotations and orders and confirms them", {"*.read", "sales.edit", "sales.confirm"}});
    kernel.contribute(StandardRole{"Sales manager", "Sets prices and offers, closes orders", {"*.read", "sales.price", "sales.close"}});
    kernel.contribute(StandardRole{"Credit controller", "Sets credit limits and lets go orders that wait for credit", {"*.read", "sales.release_credit"}});
    kernel.contribute(StandardRole{"Shipping clerk", "Picks, packs and ships, takes goods back", {"*.read", "sales.ship"}});
    kernel.contribute(StandardRole{"Billing clerk", "Writes and posts customer invoices and credit notes", {"*.read", "sales.invoice"}});
    kernel.contribute(StandardRole{"Revenue accountant", "Recognises deferred revenue", {"*.read", "sales.recognise"}});

    kernel.contribute(StandardConflict{"sales.confirm", "sales.release_credit", "Credit is given by who gains from the sale", blocks});
    kernel.contribute(StandardConflict{"sales.price", "sales.confirm", "Goods are sold at a price made up for it", needs_mitigation});
    kernel.contribute(StandardConflict{"sales.ship", "sales.invoice", "Goods leave that nobody is asked to pay", needs_mitigation});
    kernel.contribute(StandardConflict{"sales.invoice", "financials.pay", "A credit note is made up and paid out", blocks});
    kernel.contribute(StandardConflict{"directory.edit", "sales.release_credit", "A customer is made up and given credit", needs_mitigation});
}

}  // namespace sales
