#pragma once
// To whom a question goes, and how they hear of it.

#include <knowledge/question.h>

namespace knowledge {

constexpr int days_to_answer = 3;

// The best to ask who has not had it: by evidence, else the lead of the topic or of one above it. Never the asker.
Id<Employee> next_expert(const Snapshot& tx, const Question& question);
// Gives it to them from today on, and says so by e-mail where the address is known. The question must have been numbered.
void         hand_to(Transaction& tx, Question& question, Id<Employee> expert);
// Takes it from who has it and hands it to the next; false, and nothing changes, where there is nobody.
bool         hand_on(Transaction& tx, Question& question, const std::string& reason);

}  // namespace knowledge
