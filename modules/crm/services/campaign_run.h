#pragma once
// Starts a campaign: decides on every member of the segment once, and writes to those who are to be written to.

#include <crm/campaign.h>

namespace crm {

void start_campaign(Transaction& tx, Campaign& campaign);

// Refused crm.unknown_conversion (422).
const ConversionSource& conversion_of(const Snapshot& tx, const Campaign& campaign);

}  // namespace crm
