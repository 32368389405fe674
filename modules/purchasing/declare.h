#pragma once
// What the files of this module declare; module.cpp calls them in this order.

#include <tessera/kernel.h>

namespace purchasing {

void declare_duties(tessera::Kernel&);
void declare_roles(tessera::Kernel&);

void declare_order(tessera::Kernel&);
void declare_goods_receipt(tessera::Kernel&);
void declare_supplier_return(tessera::Kernel&);
void declare_vendor_invoice(tessera::Kernel&);
void declare_match(tessera::Kernel&);
void declare_tolerance(tessera::Kernel&);
void declare_landed_cost(tessera::Kernel&);
void declare_events(tessera::Kernel&);

void declare_order_workflow(tessera::Kernel&);
void declare_receipt_workflow(tessera::Kernel&);
void declare_return_workflow(tessera::Kernel&);
void declare_invoice_workflow(tessera::Kernel&);
void declare_hold_workflow(tessera::Kernel&);
void declare_landed_cost_workflow(tessera::Kernel&);

void declare_match_views(tessera::Kernel&);

void declare_order_summary(tessera::Kernel&);
void declare_receipt_summary(tessera::Kernel&);
void declare_match_summary(tessera::Kernel&);
void declare_holds_report(tessera::Kernel&);
void declare_received_not_invoiced_report(tessera::Kernel&);
void declare_supplier_performance(tessera::Kernel&);
void declare_open_orders(tessera::Kernel&);

void declare_match_checks(tessera::Kernel&);
void declare_quantity_checks(tessera::Kernel&);
void declare_posting_checks(tessera::Kernel&);

}  // namespace purchasing
