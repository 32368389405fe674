#include "services/roles.h"

#include <financials/ledger.h>

#include "declare.h"

namespace sales {

void declare_roles(tessera::Kernel& kernel) {
    using financials::AccountRole, financials::Kind;
    kernel.contribute(AccountRole{roles::revenue, "Sales of goods and services", Kind::income, "revenue"});
    kernel.contribute(AccountRole{roles::freight_revenue, "Freight charged to customers", Kind::income, "freight_revenue"});
    kernel.contribute(AccountRole{roles::cost_of_sales, "Cost of goods sold", Kind::expense, "cost_of_sales"});
    kernel.contribute(AccountRole{roles::deferred_revenue, "Invoiced and not yet earned", Kind::liability, "deferred_revenue"});
    kernel.contribute(AccountRole{roles::shipped_not_invoiced, "Goods shipped and not invoiced", Kind::asset, "shipped_not_invoiced"});
}

}  // namespace sales
