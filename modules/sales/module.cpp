#include <sales/pricing.h>

#include "declare.h"
#include "services/commission.h"
#include "services/cost_recognition.h"
#include "services/pricing_service.h"
#include "services/promising.h"
#include "services/subscribing.h"

#include <tessera/module.h>

namespace sales {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("sales.confirm", "Confirm sales orders");
    kernel.permission("sales.close", "Close, reopen and cancel sales orders");
    kernel.permission("sales.price", "Set prices, special offers and sales tax rules");
    kernel.permission("sales.release_credit", "Release orders that wait for credit");
    kernel.permission("sales.ship", "Pick, pack and ship, take goods back");
    kernel.permission("sales.invoice", "Post customer invoices and credit notes");
    kernel.permission("sales.recognise", "Recognise deferred revenue and change when it is earned");

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
    declare_invoice_run(kernel);
    declare_subscription(kernel);
    declare_deferral(kernel);
    declare_commission(kernel);
    declare_settings(kernel);
    declare_events(kernel);

    declare_quotation_workflow(kernel);
    declare_order_workflow(kernel);
    declare_shipment_workflow(kernel);
    declare_return_workflow(kernel);
    declare_invoice_workflow(kernel);
    declare_invoice_run_workflow(kernel);
    declare_subscription_workflow(kernel);
    declare_recognition_workflow(kernel);

    kernel.provide<Pricing>(std::make_shared<PricingService>());
    contribute_demand(kernel);
    contribute_subscription_job(kernel);
    contribute_commission(kernel);
    contribute_cost_recognition(kernel);

    declare_tracking_view(kernel);

    declare_order_tracking(kernel);
    declare_available_to_promise(kernel);
    declare_margin(kernel);
    declare_to_be_invoiced(kernel);
    declare_open_orders(kernel);
    declare_by_period(kernel);
    declare_price_trace(kernel);
    declare_deferred_revenue(kernel);
    declare_commissions(kernel);
    declare_shipped_not_invoiced(kernel);
    declare_by_offer(kernel);
    declare_by_currency(kernel);
    declare_orders_by_product(kernel);

    declare_overview(kernel);

    declare_quantity_checks(kernel);
    declare_posting_checks(kernel);
    declare_deferral_checks(kernel);
    declare_cost_checks(kernel);
}

}  // namespace sales

TESSERA_MODULE({
    .name            = "sales",
    .version         = "0.1.0",
    .title           = "Sales",
    .needs           = {"directory", "catalog", "financials", "inventory"},
    .register_module = sales::register_module,
});
