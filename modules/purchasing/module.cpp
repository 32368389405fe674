#include <purchasing/matching.h>

#include "declare.h"
#include "services/expected_supply.h"
#include "services/matching_service.h"
#include "services/received_not_invoiced.h"

#include <tessera/module.h>

namespace purchasing {

void register_module(tessera::Kernel& kernel) {
    kernel.permission("purchasing.approve", "Approve and cancel purchase orders");
    kernel.permission("purchasing.close", "Close and reopen purchase orders");
    kernel.permission("purchasing.receive", "Post goods receipts and supplier returns");
    kernel.permission("purchasing.invoice", "Post vendor invoices, credit and debit notes, landed cost");
    kernel.permission("purchasing.release_holds", "Release what matching holds");

    declare_roles(kernel);
    declare_duties(kernel);

    declare_order(kernel);
    declare_goods_receipt(kernel);
    declare_supplier_return(kernel);
    declare_vendor_invoice(kernel);
    declare_match(kernel);
    declare_tolerance(kernel);
    declare_landed_cost(kernel);
    declare_events(kernel);

    declare_order_workflow(kernel);
    declare_receipt_workflow(kernel);
    declare_return_workflow(kernel);
    declare_invoice_workflow(kernel);
    declare_hold_workflow(kernel);
    declare_landed_cost_workflow(kernel);

    kernel.provide<Matching>(std::make_shared<MatchingService>());
    kernel.on(compare_received_not_invoiced);
    contribute_supply(kernel);

    declare_match_views(kernel);
    kernel.page("purchasing/holds", "Holds", "purchasing.holds");

    declare_order_summary(kernel);
    declare_receipt_summary(kernel);
    declare_match_summary(kernel);
    declare_holds_report(kernel);
    declare_received_not_invoiced_report(kernel);
    declare_supplier_performance(kernel);
    declare_open_orders(kernel);

    declare_match_checks(kernel);
    declare_quantity_checks(kernel);
    declare_posting_checks(kernel);
}

}  // namespace purchasing

TESSERA_MODULE({
    .name            = "purchasing",
    .version         = "0.1.0",
    .title           = "Purchasing",
    .needs           = {"directory", "catalog", "financials", "inventory"},
    .register_module = purchasing::register_module,
});
