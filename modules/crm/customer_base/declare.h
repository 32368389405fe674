#pragma once
// What the files about the customer base declare; declare_customer_base() calls the others in this order.

#include <tessera/kernel.h>

namespace crm {

void declare_customer_base(tessera::Kernel&);

void declare_purchase_log(tessera::Kernel&);
void declare_value_rules(tessera::Kernel&);
void declare_customer_values(tessera::Kernel&);
void declare_value_tiers(tessera::Kernel&);
void declare_valuing(tessera::Kernel&);
void declare_value_reports(tessera::Kernel&);
void declare_alive_path(tessera::Kernel&);

}  // namespace crm
