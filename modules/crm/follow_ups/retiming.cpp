#include "follow_ups/retiming.h"

#include "follow_ups/planning.h"
#include "follow_ups/working_days.h"

#include <algorithm>

namespace crm {

namespace retiming {

constexpr std::size_t batch_size = 100;

void retime(Transaction& tx, Id<FollowUp> id) {
    auto call = tx.load(id);
    if (call.state != FollowUpState::planned || call.due_on != call.reckoned_for) return;
    const auto next     = reckoned_call(tx, call.party, call.delivered_on, follow_up_rule(tx, call.party, tx.today()));
    const auto due_on   = std::max(next.due_on, WorkingDays(tx).on_or_after(tx.today()));
    const auto at_stake = value_at_stake(tx, call.party);
    if (call.due_on == due_on && call.expected_value == at_stake) return;
    call.due_on = call.reckoned_for = due_on;
    call.reason                     = next.reason;
    call.expected_value             = at_stake;
    tx.save(call);
}

}  // namespace retiming

void retime_calls(tessera::JobRun& run) {
    const auto calls = run.ask<Id<FollowUp>>([](const Snapshot& tx) {
        return tx.rows<Id<FollowUp>>("SELECT id FROM crm_follow_up WHERE kind = 'repurchase' AND state = 'planned' AND due_on = reckoned_for AND due_on > :today ORDER BY id", tx.today());
    });
    for (std::size_t at = 0; at < calls.size(); at += retiming::batch_size) {
        if (run.should_stop()) return;
        run.write([&](Transaction& tx) {
            for (auto i = at; i < std::min(at + retiming::batch_size, calls.size()); ++i) retiming::retime(tx, calls[i]);
        });
    }
}

}  // namespace crm
