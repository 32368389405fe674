#pragma once
// Which answers are proposed for a complaint, the best proven first: those for its reason and the customer's tier, or all tiers, ranked by
// the share of customers who were content, of those that were closed with a yes or a no. Few cases prove little, so they are ranked by
// the lower end of Wilson's interval (analysis/wilson.h).
//
//     answer          used   content   proven
//     replace at once 100    90        82.6 %
//     replace, visit  2      2         34.2 %      a share of 100 %, but of two
//     apologise       0      0          0.0 %
//
// Of equals the more specific (its tier) comes first, then the name.

#include <crm/complaints.h>

#include <vector>

namespace crm {

struct RemedyCandidate {
    RemedyRule   rule{};
    std::int64_t used = 0, content = 0;
};
struct RankedRemedy {
    RemedyCandidate candidate{};
    Percent         proven{};  // Wilson's lower end, to a tenth of a percent
};
std::vector<RankedRemedy> rank_remedies(std::vector<RemedyCandidate> candidates);

// Of one complaint, with all that came of them.
std::vector<RankedRemedy> proposals_for(const Snapshot& tx, const Complaint& complaint);

}  // namespace crm
