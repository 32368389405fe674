#pragma once
// The questions of an asset, by which readers show that they have understood it.

#include <knowledge/use.h>

namespace knowledge {

struct QuizAnswers {
    std::string answers{};  // "B, A, C"
    static void describe(tessera::Fields<QuizAnswers>& fields) {
        fields.field("answers", &QuizAnswers::answers, tessera::required, tessera::help("A letter for each question, in their order: B, A, C"));
    }
};

bool has_quiz(const Snapshot& tx, Id<Asset> asset);
// The letters of "B, a;C": BAC. Refused knowledge.no_letters (422) when there is anything else.
std::string  letters_of(std::string_view answers);
std::int64_t percent_right(std::string_view given, std::string_view right);
void         answer_quiz(Transaction& tx, Asset& asset, const QuizAnswers& input);
void         declare_quiz(tessera::Kernel& kernel);

}  // namespace knowledge
