#pragma once
// What the files of this module declare; module.cpp calls them in this order.

#include <tessera/kernel.h>

namespace sales {

void declare_duties(tessera::Kernel&);
void declare_roles(tessera::Kernel&);

void declare_territory(tessera::Kernel&);
void declare_customer_terms(tessera::Kernel&);
void declare_price_list(tessera::Kernel&);
void declare_special_offer(tessera::Kernel&);
void declare_tax_rule(tessera::Kernel&);
void declare_quotation(tessera::Kernel&);
void declare_order(tessera::Kernel&);
void declare_shipment(tessera::Kernel&);
void declare_customer_return(tessera::Kernel&);
void declare_invoice(tessera::Kernel&);
void declare_invoice_run(tessera::Kernel&);
void declare_subscription(tessera::Kernel&);
void declare_deferral(tessera::Kernel&);
void declare_commission(tessera::Kernel&);
void declare_settings(tessera::Kernel&);
void declare_events(tessera::Kernel&);

void declare_quotation_workflow(tessera::Kernel&);
void declare_order_workflow(tessera::Kernel&);
void declare_shipment_workflow(tessera::Kernel&);
void declare_return_workflow(tessera::Kernel&);
void declare_invoice_workflow(tessera::Kernel&);
void declare_invoice_run_workflow(tessera::Kernel&);
void declare_subscription_workflow(tessera::Kernel&);
void declare_recognition_workflow(tessera::Kernel&);

void declare_tracking_view(tessera::Kernel&);

void declare_overview(tessera::Kernel&);
void declare_order_tracking(tessera::Kernel&);
void declare_available_to_promise(tessera::Kernel&);
void declare_margin(tessera::Kernel&);
void declare_to_be_invoiced(tessera::Kernel&);
void declare_open_orders(tessera::Kernel&);
void declare_by_period(tessera::Kernel&);
void declare_price_trace(tessera::Kernel&);
void declare_deferred_revenue(tessera::Kernel&);
void declare_commissions(tessera::Kernel&);
void declare_shipped_not_invoiced(tessera::Kernel&);
void declare_by_offer(tessera::Kernel&);
void declare_by_currency(tessera::Kernel&);
void declare_orders_by_product(tessera::Kernel&);

void declare_quantity_checks(tessera::Kernel&);
void declare_posting_checks(tessera::Kernel&);
void declare_deferral_checks(tessera::Kernel&);
void declare_cost_checks(tessera::Kernel&);

}  // namespace sales
