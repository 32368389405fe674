#pragma once
// Keeps what an opportunity was: an entry whenever its stage, state, amount or expected close has changed, written once at the end of
// the command, however often it was saved.

#include <crm/opportunity.h>

namespace crm {

void follow_history(Transaction& tx, const Opportunity& opportunity);

// SQL: the newest entry of each opportunity that is dated until :as_of and was recorded until :known_at.
inline constexpr const char* standing_entries =
    "(SELECT opportunity, max(id) AS entry FROM crm_stage_entry"
    " WHERE date <= :as_of AND (:known_at IS NULL OR recorded_at <= :known_at) GROUP BY opportunity)";

}  // namespace crm
