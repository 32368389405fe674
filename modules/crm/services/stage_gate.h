#pragma once
// What must be there before an opportunity enters a stage: fields that are filled and steps that were done.

#include <crm/opportunity.h>

namespace crm {

std::vector<std::string> words_of(std::string_view text);
// Refused crm.no_such_field (422).
void require_field_of_opportunity(const Snapshot& tx, std::string_view field);

std::vector<Stage> stages_of(const Snapshot& tx, Id<Pipeline> pipeline);   // in their order
// The first pipeline that is in use. Refused crm.no_pipeline.
Id<Pipeline>       usual_pipeline(const Snapshot& tx);

// What the stages behind `from` up to `to` (positions) ask for and is not there, in words; empty when all is.
std::vector<std::string> lacking(const Snapshot& tx, const Opportunity& opportunity, const std::vector<Stage>& stages, std::int64_t from, std::int64_t to);
// Refused crm.stage_asks_for.
void require_nothing_lacks(const Snapshot& tx, const Opportunity& opportunity, const std::vector<Stage>& stages, std::int64_t from, std::int64_t to, std::string_view goal);

}  // namespace crm
