#pragma once
// What assets are good for: who has read them, and where they helped.
//
//     POST /api/knowledge/assets/7/read
//     POST /api/knowledge/assets/7/answer_quiz {"answers":"B, A, C"}
//     POST /api/knowledge/assets/7/use {"entity":"crm.complaint","record":17,"helpful":"yes","minutes_saved":20}

#include <knowledge/asset.h>

namespace knowledge {

struct Reading {                          // knowledge.reading: one of each reader and revision
    Id<Reading>                 id{};
    Id<Asset>                   asset{};
    std::int64_t                revision = 0;
    std::string                 reader{};     // the user's name
    Instant                     read_at{};
    bool                        understood = false;
    std::optional<std::int64_t> score{};      // percent of the questions that were answered rightly
};

// Who writes knowledge sees the right answer; readers get the questions by the asset's view `quiz`.
struct QuizQuestion {                     // knowledge.quiz_question
    Id<QuizQuestion> id{};
    Id<Asset>        asset{};
    std::int64_t     position = 0;
    std::string      question{};
    std::string      answers{};               // one a line: the first is A
    std::string      right_answer{};          // "B"
};

enum class Helpful { unsaid, yes, no };
constexpr auto names_of(Helpful) { return tessera::names("unsaid", "yes", "no"); }

struct Use {                              // knowledge.use
    Id<Use>      id{};
    Id<Asset>    asset{};
    std::string  used_by{};                   // the user's name
    Id<Employee> employee{};
    Instant      used_at{};
    std::string  entity{};                    // the record it was used on
    std::int64_t record  = 0;
    Helpful      helpful = Helpful::unsaid;
    std::int64_t minutes_saved = 0;
    std::string  comment{};
};

}  // namespace knowledge
