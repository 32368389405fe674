#include "complaints/remedies.h"

#include "analysis/wilson.h"
#include "customer_base/estimates.h"

#include <algorithm>
#include <map>

namespace crm {

std::vector<RankedRemedy> rank_remedies(std::vector<RemedyCandidate> candidates) {
    std::vector<RankedRemedy> ranked;
    for (auto& candidate : candidates) {
        const auto proven = percent_of_chance(wilson_lower(candidate.content, candidate.used)).value_or(Percent{});
        ranked.push_back({std::move(candidate), proven});
    }
    std::ranges::stable_sort(ranked, [](const RankedRemedy& a, const RankedRemedy& b) {
        if (a.proven != b.proven) return a.proven > b.proven;
        const bool own_a = static_cast<bool>(a.candidate.rule.tier), own_b = static_cast<bool>(b.candidate.rule.tier);
        return own_a != own_b ? own_a : a.candidate.rule.name < b.candidate.rule.name;
    });
    return ranked;
}

std::vector<RankedRemedy> proposals_for(const Snapshot& tx, const Complaint& complaint) {
    struct Past {
        Id<RemedyRule> rule{};
        std::int64_t   used = 0, content = 0;
    };
    std::map<Id<RemedyRule>, Past> past;
    tx.each<Past>(R"sql(
        SELECT rule, count(*), sum(CASE WHEN contentment = 'content' THEN 1 ELSE 0 END) FROM crm_complaint
         WHERE reason = :reason AND rule IS NOT NULL AND contentment <> 'unknown' GROUP BY rule)sql",
                  [&](const Past& one) { past[one.rule] = one; }, complaint.reason);
    std::vector<RemedyCandidate> candidates;
    for (const auto& rule : tx.select<RemedyRule>("reason = :reason AND active = 1 AND (tier IS NULL OR tier = :tier) ORDER BY id", complaint.reason, complaint.tier))
        candidates.push_back({rule, past[rule.id].used, past[rule.id].content});
    return rank_remedies(std::move(candidates));
}

}  // namespace crm
