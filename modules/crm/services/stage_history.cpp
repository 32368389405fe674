#include "services/stage_history.h"

#include <algorithm>
#include <vector>

namespace crm {

namespace stage_history {

struct Touched {
    std::vector<Id<Opportunity>> changed{};
};

StageEntry entry_of(const Transaction& tx, const Opportunity& o) {
    const auto stage = tx.find(o.stage);
    return {.opportunity    = o.id,
            .date           = o.state == OpportunityState::open ? tx.today() : o.closed_on,
            .recorded_at    = tx.now(),
            .pipeline       = o.pipeline,
            .stage          = o.stage,
            .position       = stage ? stage->position : 0,
            .state          = o.state,
            .probability    = o.probability,
            .currency       = o.currency,
            .amount         = o.amount,
            .expected_close = o.expected_close,
            .entered_by     = tx.user().name};
}

bool says_the_same(const StageEntry& a, const StageEntry& b) {
    return a.stage == b.stage && a.state == b.state && a.currency == b.currency && a.amount == b.amount && a.expected_close == b.expected_close && a.probability == b.probability;
}

void keep(Transaction& tx, Id<Opportunity> id) {
    const auto opportunity = tx.find(id);
    if (!opportunity) return;
    const auto entry = entry_of(tx, *opportunity);
    const auto last  = tx.first<StageEntry>("opportunity = :opportunity ORDER BY id DESC LIMIT 1", id);
    if (!last || !says_the_same(*last, entry)) tx.insert(StageEntry(entry));
}

// New ones have no id when they are checked; ids grow, and each gets its first entry in its own command.
void keep_all(Transaction& tx) {
    auto       ids  = tx.scratch<Touched>().changed;
    const auto last = tx.value<std::int64_t>("SELECT max(opportunity) FROM crm_stage_entry").value_or(0);
    std::ranges::move(tx.rows<Id<Opportunity>>("SELECT id FROM crm_opportunity WHERE id > :last ORDER BY id", last), std::back_inserter(ids));
    for (const auto id : ids) keep(tx, id);
}

}  // namespace stage_history

void follow_history(Transaction& tx, const Opportunity& opportunity) {
    auto& changed = tx.scratch<stage_history::Touched>().changed;
    if (opportunity.id && std::ranges::find(changed, opportunity.id) == changed.end()) changed.push_back(opportunity.id);
    tx.before_commit("crm.stage_history", stage_history::keep_all);
}

}  // namespace crm
