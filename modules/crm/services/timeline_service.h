#pragma once
// How touchpoints get on the timeline, from whichever module: completed and checked by the entity's own rule.

#include <crm/timeline.h>

namespace crm {

// The beginning of a day as a moment: what happened on it without a known time.
Instant beginning_of(Date day);
// Refused crm.unknown_kind (422).
void require_kind(const Snapshot& tx, std::string_view kind);

class TimelineService : public Timeline {
public:
    Id<Touchpoint> add(Transaction& tx, Touchpoint touchpoint) const override { return tx.insert(touchpoint); }
};

}  // namespace crm
