#include "services/roles.h"

#include <financials/ledger.h>

#include "declare.h"

namespace purchasing {

void declare_roles(tessera::Kernel& kernel) {
    using financials::AccountRole, financials::Kind;
    kernel.contribute(AccountRole{roles::received_not_invoiced, "Goods received, not invoiced", Kind::liability,
                                  "received_not_invoiced"});
    kernel.contribute(
        AccountRole{roles::price_variance, "Purchase price variance", Kind::expense, "purchase_price_variance"});
    kernel.contribute(AccountRole{roles::freight, "Freight in", Kind::expense, "freight"});
    kernel.contribute(
        AccountRole{roles::landed_cost_clearing, "Landed cost clearing", Kind::liability, "landed_cost_clearing"});
    kernel.contribute(AccountRole{roles::expense, "Purchases not kept in stock", Kind::expense, "expense"});
}

}  // namespace purchasing
