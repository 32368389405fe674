#pragma once
// What is wrong with a version of a guide, decided on its steps and answers alone; the first fault in this order:
//
//     knowledge.guide_step_twice        two steps have the same code
//     knowledge.guide_leads_nowhere     an answer belongs to no question, or leads to no step
//     knowledge.guide_answer_twice      a question has the same answer twice
//     knowledge.guide_without_answers   a question has none
//     knowledge.guide_ends_in_nothing   an article without its asset, a remedy without its text, a new record without its entity
//     knowledge.guide_goes_on           what is no question has answers
//     knowledge.guide_without_start     every step is led to, so a way comes back to where it was; or there is no step at all
//     knowledge.guide_starts_twice      two steps are led to by no answer: one of them is never reached
//     knowledge.guide_turns_in_circles  a way comes back to where it was

#include <knowledge/guide.h>

#include <optional>
#include <string>

namespace knowledge {

struct GuideFault {
    std::string code{}, sentence{};      // "To publish the guide, …"
};

std::optional<GuideFault> fault_of(const GuideVersion& version);
// The step where walks begin; of a version without faults.
const GuideStep& start_of(const GuideVersion& version);
const GuideStep* step_of(const GuideVersion& version, std::string_view code);

}  // namespace knowledge
