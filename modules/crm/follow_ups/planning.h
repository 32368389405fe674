#pragma once
// What planning a call needs to know of a customer on a day.

#include "analysis/next_call.h"

#include <crm/follow_ups.h>

namespace crm {

FollowUpRule follow_up_rule(const Snapshot& tx, Id<Party> party, Date day);

// The purchases until the day, which counts as one itself when `with_day`.
BuyingPattern pattern_until(const Snapshot& tx, Id<Party> party, Date day, bool with_day);

// When the call for the next purchase is due after a delivery, by the newest fit of the model, and why.
struct ReckonedCall {
    Date        due_on{};
    std::string reason{};
};
ReckonedCall reckoned_call(const Snapshot& tx, Id<Party> party, Date delivered_on, const FollowUpRule& rule);

// What is expected to be bought in 90 days; without a forecast a purchase of the usual amount.
Money value_at_stake(const Snapshot& tx, Id<Party> party);

// The outcome that was noted last is that they do not want to be called.
bool is_not_to_be_called(const Snapshot& tx, Id<Party> party);

std::string script_for(const Snapshot& tx, FollowUpKind kind);

}  // namespace crm
