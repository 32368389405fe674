#pragma once
// The rule of a segment: checked when it is saved, worked out over all parties at once.

#include <crm/segment.h>

#include <set>
#include <span>

namespace crm {

// Refused crm.unknown_fact, crm.condition_does_not_fit (422), naming the line.
void require_sound(const Snapshot& tx, std::span<const SegmentCondition> conditions);

// Whether one value satisfies a condition on a day, and whether it can be compared so at all.
bool is_satisfied(const SegmentCondition& condition, FactKind kind, const FactValue& value, Date on);
bool compares(FactKind kind, Comparison comparison);

// The active parties that satisfy the rule on the day. A rule without conditions is satisfied by nobody.
std::set<Id<Party>> parties_in(const Snapshot& tx, std::span<const SegmentCondition> conditions, Date on);

class SegmentService : public Segments {
public:
    SegmentChange refresh(Transaction& tx, Id<Segment> segment) const override;
    bool          is_held_out(Id<Segment> segment, Id<Party> party, Percent hold_out) const override;
};

}  // namespace crm
