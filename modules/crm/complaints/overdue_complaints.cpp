// Every morning: of complaints whose answer or resolution is overdue the next levels hear, each once.
#include <crm/complaints.h>

#include <tessera/mail.h>

#include "complaints/declare.h"
#include "follow_ups/working_days.h"

namespace crm {

namespace overdue_complaints {

using tessera::JobRun;

constexpr auto overdue_sql = R"sql(
    SELECT id FROM crm_complaint
     WHERE (state IN ('registered', 'reopened') AND answer_due < :today) OR (state = 'answered' AND resolution_due < :today)
     ORDER BY id)sql";

std::vector<EscalationLevel> levels_of(const Snapshot& tx) {
    auto levels = tx.select<EscalationLevel>("id > 0 ORDER BY level");
    if (levels.empty()) levels.push_back({});
    return levels;
}

void tell(Transaction& tx, const Complaint& complaint, Id<Employee> employee, Date due_on, std::int64_t level) {
    tx.publish(ComplaintOverdue{complaint.id, employee, due_on, level});
    const auto person = tx.find(employee);
    if (!person || !tessera::mail::is_address(person->email)) return;
    tessera::mail::send(tx,
                        {.recipient      = person->email,
                         .recipient_name = person->name,
                         .subject        = fmt::format("Complaint {} waits since {}", complaint.number, due_on),
                         .text           = complaint.what_happened},
                        tx.source_of(complaint));
}

bool escalate(Transaction& tx, Id<Complaint> id) {
    auto       complaint = tx.load(id);
    const auto due_on    = complaint.state == ComplaintState::answered ? complaint.resolution_due : complaint.answer_due;
    const auto late      = WorkingDays(tx).between(due_on, tx.today());
    const auto before    = complaint.escalation;
    for (const auto& level : levels_of(tx)) {
        if (level.level <= complaint.escalation || late < level.days_late) continue;
        complaint.escalation = level.level;
        tell(tx, complaint, level.employee ? level.employee : complaint.owner, due_on, level.level);
    }
    if (complaint.escalation == before) return false;
    complaint.escalated_on = tx.today();
    tx.save(complaint);
    return true;
}

void run(JobRun& job) {
    std::int64_t count = 0;
    for (const auto id : job.ask<Id<Complaint>>([](const Snapshot& tx) { return tx.rows<Id<Complaint>>(overdue_sql, tx.today()); })) {
        if (job.should_stop()) return;
        bool escalated = false;
        job.write([&](Transaction& tx) { escalated = escalate(tx, id); });
        if (escalated) job.tell(fmt::format("{} escalated", ++count));
    }
}

}  // namespace overdue_complaints

void declare_overdue_complaints(tessera::Kernel& kernel) {
    kernel.job("crm.overdue_complaints", "Escalate complaints that are overdue", tessera::daily_at(6), overdue_complaints::run);
}

}  // namespace crm
