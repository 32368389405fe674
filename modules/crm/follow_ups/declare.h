#pragma once
// What the files about follow-up calls declare; declare_follow_ups() calls the others in this order.

#include <tessera/kernel.h>

namespace crm {

void declare_follow_ups(tessera::Kernel&);

void declare_follow_up_rules(tessera::Kernel&);
void declare_follow_up(tessera::Kernel&);
void declare_follow_up_workflow(tessera::Kernel&);
void declare_follow_ups_service(tessera::Kernel&);
void declare_call_reports(tessera::Kernel&);

}  // namespace crm
