#pragma once
// Scores of leads and open opportunities, learnt from what was decided in the same pipeline.

#include <crm/lead.h>
#include <crm/lead_score.h>

#include <tessera/job.h>

namespace crm {

ScoreModel   learn_from(const Snapshot& tx, Id<Pipeline> pipeline);
FactorValues factors_of(const Lead& lead);
FactorValues factors_of(const Opportunity& opportunity);
std::int64_t stage_of(const Snapshot& tx, const Opportunity& opportunity);   // its place among the stages, from 1

std::optional<Percent> percent_of(const Score& score);   // to two decimals; none when nothing is known
void                   score_now(Transaction& tx, Lead& lead);
void                   score_now(Transaction& tx, Opportunity& opportunity);
void                   score_all(tessera::JobRun& run);

}  // namespace crm
