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
void declare_events(tessera::Kernel&);

void declare_quotation_workflow(tessera::Kernel&);
void declare_order_workflow(tessera::Kernel&);
void declare_shipment_workflow(tessera::Kernel&);
void declare_return_workflow(tessera::Kernel&);
void declare_invoice_workflow(tessera::Kernel&);

}  // namespace sales
