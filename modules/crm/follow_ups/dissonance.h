#pragma once
// The seven questions of a reassurance call (their source stands at FollowUp) and the score of their answers.

#include <crm/follow_ups.h>

#include <array>

namespace crm {

struct DissonanceQuestion {
    const char* field;
    const char* question;
    std::optional<std::int64_t> FollowUp::* answer;
};
const std::array<DissonanceQuestion, 7>& dissonance_questions();

// The mean of all answers to two decimals; nothing when none is given. Refused (422): crm.answer_out_of_scale, crm.answers_incomplete.
std::optional<Quantity> dissonance_score(const FollowUp& call);

// What is said in a call of this kind when the company has written nothing of its own.
std::string standard_script(FollowUpKind kind);

}  // namespace crm
