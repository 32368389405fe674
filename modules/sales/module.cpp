#include <sales/pricing.h>

#include "declare.h"
#include "services/pricing_service.h"
#include "services/promising.h"

#include <tessera/module.h>

namespace sales {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("sales.confirm", "Confirm sales orders");
    kernel.permission("sales.close", "Close, reopen and cancel sales orders");
    kernel.permission("sales.price", "Set prices, special offers and sales tax rules");
    kernel.permission("sales.release_credit", "Release orders that wait for credit");
    kernel.permission("sales.ship", "Pick, pack and ship, take goods back");
    kernel.permission("sales.invoice", "Post customer invoices and credit notes");

    declare_roles(kernel);
    declare_duties(kernel);

    declare_territory(kernel);
    declare_price_list(kernel);
    declare_customer_terms(kernel);
    declare_special_offer(kernel);
    declare_tax_rule(kernel);
    declare_quotation(kernel);
    declare_order(kernel);
    declare_shipment(kernel);
    declare_customer_return(kernel);
    declare_invoice(kernel);
    declare_events(kernel);

    declare_quotation_workflow(kernel);
    declare_order_workflow(kernel);
    declare_shipment_workflow(kernel);
    declare_return_workflow(kernel);
    declare_invoice_workflow(kernel);

    kernel.provide<Pricing>(std::make_shared<PricingService>());
    contribute_demand(kernel);
}

}  // namespace sales

TESSERA_MODULE({
    .name            = "sales",
    .version         = "0.1.0",
    .title           = "Sales",
    .needs           = {"directory", "catalog", "financials", "inventory"},
    .register_module = sales::register_module,
});
