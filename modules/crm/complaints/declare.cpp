// Who does what with complaints, and all that is about them.
#include "complaints/declare.h"

#include <tessera/access.h>

namespace crm {

void declare_complaints(tessera::Kernel& kernel) {
    using tessera::access::Effect, tessera::access::StandardConflict, tessera::access::StandardRole;
    kernel.permission("crm.grant_remedies", "Grant remedies beyond what the rules allow");
    kernel.permission("crm.post_complaint_costs", "Post and reverse what complaints cost");
    kernel.contribute(StandardRole{"Complaint handler", "Registers, answers and resolves complaints", {"*.read", "crm.edit"}});
    kernel.contribute(StandardRole{"Complaint manager", "Grants more than the rules allow, and books what complaints cost", {"*.read", "crm.edit", "crm.grant_remedies", "crm.post_complaint_costs"}});
    kernel.contribute(StandardConflict{"crm.grant_remedies", "financials.pay", "A remedy is granted and paid by one person", Effect::needs_mitigation});

    declare_complaint_rules(kernel);
    declare_complaint(kernel);
    declare_complaint_events(kernel);
    declare_complaint_workflow(kernel);
    declare_complaint_cost(kernel);
    declare_complaint_lists(kernel);
    declare_complaint_figures(kernel);
    declare_affected_customers(kernel);
    declare_overdue_complaints(kernel);
    declare_complaint_checks(kernel);
}

}  // namespace crm
