#include "complaints/clocks.h"

#include "follow_ups/working_days.h"

namespace crm {

void start_clocks(const Snapshot& tx, Complaint& complaint, Date from) {
    const auto        tier = tx.find(complaint.tier).value_or(ValueTier{});
    const WorkingDays calendar(tx);
    complaint.answer_due     = calendar.plus(from, tier.first_response_days);
    complaint.resolution_due = calendar.plus(from, tier.resolution_days);
    complaint.clock_basis    = fmt::format("{}: an answer within {} working days of {}, a resolution within {}; weekends and holidays are passed over",
                                           tier.name.empty() ? "No tier" : "Tier " + tier.name, tier.first_response_days, from, tier.resolution_days);
}

}  // namespace crm
