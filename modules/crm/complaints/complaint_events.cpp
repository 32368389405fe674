#include <crm/complaints.h>

#include "complaints/declare.h"

namespace crm {

void declare_complaint_events(tessera::Kernel& kernel) {
    kernel.event<ComplaintRegistered>("crm.complaint_registered")
        .field("complaint", &ComplaintRegistered::complaint)
        .field("number", &ComplaintRegistered::number)
        .field("party", &ComplaintRegistered::party)
        .field("product", &ComplaintRegistered::product)
        .field("lot", &ComplaintRegistered::lot);
    kernel.event<ComplaintAnswered>("crm.complaint_answered")
        .field("complaint", &ComplaintAnswered::complaint)
        .field("party", &ComplaintAnswered::party)
        .field("date", &ComplaintAnswered::date);
    kernel.event<ComplaintResolved>("crm.complaint_resolved")
        .field("complaint", &ComplaintResolved::complaint)
        .field("party", &ComplaintResolved::party)
        .field("date", &ComplaintResolved::date);
    kernel.event<ComplaintClosed>("crm.complaint_closed")
        .field("complaint", &ComplaintClosed::complaint)
        .field("party", &ComplaintClosed::party)
        .field("contentment", &ComplaintClosed::contentment);
    kernel.event<ComplaintReopened>("crm.complaint_reopened")
        .field("complaint", &ComplaintReopened::complaint)
        .field("party", &ComplaintReopened::party)
        .field("date", &ComplaintReopened::date);
    kernel.event<ComplaintOverdue>("crm.complaint_overdue")
        .field("complaint", &ComplaintOverdue::complaint)
        .field("owner", &ComplaintOverdue::owner)
        .field("due_on", &ComplaintOverdue::due_on)
        .field("level", &ComplaintOverdue::level);
}

}  // namespace crm
