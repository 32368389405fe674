#pragma once
// How what was done becomes part of a timeline.

#include <crm/activity.h>
#include <crm/lead.h>

namespace crm {

// Adds the touchpoint of an activity that is done and has a party or a contact.
Id<Touchpoint> put_on_timeline(Transaction& tx, const Activity& activity);

}  // namespace crm
