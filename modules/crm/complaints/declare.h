#pragma once
// What the files about complaints declare; declare_complaints() calls the others in this order.

#include <tessera/kernel.h>

namespace crm {

void declare_complaints(tessera::Kernel&);

void declare_complaint_rules(tessera::Kernel&);
void declare_complaint(tessera::Kernel&);
void declare_complaint_events(tessera::Kernel&);
void declare_complaint_workflow(tessera::Kernel&);
void declare_complaint_cost(tessera::Kernel&);
void declare_complaint_lists(tessera::Kernel&);
void declare_complaint_figures(tessera::Kernel&);
void declare_affected_customers(tessera::Kernel&);
void declare_overdue_complaints(tessera::Kernel&);
void declare_complaint_checks(tessera::Kernel&);

}  // namespace crm
