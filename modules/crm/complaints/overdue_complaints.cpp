// Every morning: complaints whose answer or resolution is overdue are marked once, and others hear of it.
#include <crm/complaints.h>

#include "complaints/declare.h"

namespace crm {

namespace overdue_complaints {

using tessera::JobRun;

constexpr auto overdue_sql = R"sql(
    SELECT id FROM crm_complaint
     WHERE escalated_on IS NULL
       AND ((state IN ('registered', 'reopened') AND answer_due < :today) OR (state = 'answered' AND resolution_due < :today))
     ORDER BY id)sql";

void escalate(Transaction& tx, Id<Complaint> id) {
    auto complaint         = tx.load(id);
    complaint.escalated_on = tx.today();
    tx.save(complaint);
    tx.publish(ComplaintOverdue{id, complaint.owner, complaint.state == ComplaintState::answered ? complaint.resolution_due : complaint.answer_due});
}

void run(JobRun& job) {
    std::int64_t count = 0;
    for (const auto id : job.ask<Id<Complaint>>([](const Snapshot& tx) { return tx.rows<Id<Complaint>>(overdue_sql, tx.today()); })) {
        if (job.should_stop()) return;
        job.write([&](Transaction& tx) { escalate(tx, id); });
        job.tell(fmt::format("{} escalated", ++count));
    }
}

}  // namespace overdue_complaints

void declare_overdue_complaints(tessera::Kernel& kernel) {
    kernel.job("crm.overdue_complaints", "Escalate complaints that are overdue", tessera::daily_at(6), overdue_complaints::run);
}

}  // namespace crm
