#pragma once
// A question goes to whoever is best to ask, by what they have done (people.h). What is answered and accepted becomes a draft of an asset
// with both texts, so that nobody has to ask again.
//
//     const auto id = tx.insert(Question{.text = "Which oil for the shock of the X2?", .topic = shocks, .language = "de"});   // KQ-2026-00001, asked of Ann
//     tx.transition(id, "accept");
//
//     asked --answer--> answered --accept (by who asked)--> accepted, with a draft asset
//     asked --pass_on (reason)--> asked, of the next            answered --ask_again (reason)--> asked        asked, answered --close (reason)--> closed
//
// Without anybody who has done something of the topic it goes to the lead of the topic, or of the one above it. One that is not answered by
// its day passes by itself to the next who has not had it (job knowledge.questions); who is asked hears by e-mail.

#include <knowledge/asset.h>
#include <knowledge/people.h>

namespace knowledge {

enum class QuestionState { asked, answered, accepted, closed };
constexpr auto names_of(QuestionState) { return tessera::names("asked", "answered", "accepted", "closed"); }

struct Question;

struct QuestionTurn {                     // knowledge.question_turn: who has had it
    Id<QuestionTurn> id{};
    Id<Question>     question{};
    Id<Employee>     expert{};
    Date             asked_on{}, passed_on{};   // passed_on empty: has it now, or answered it
    std::string      reason{};            // why it went on
};

struct Question {                         // knowledge.question
    Id<Question>  id{};
    std::string   number{};               // "KQ-2026-00001"
    std::string   text{};
    Id<Topic>     topic{};
    Id<Employee>  asker{};
    std::string   language{};             // in which it may be answered: "de"; empty: any
    std::string   entity{};               // of the record it came up with: "crm.complaint"
    std::int64_t  record = 0;
    Id<Employee>  expert{};               // who is asked; none: nobody was found
    QuestionState state = QuestionState::asked;
    Date          asked_on{}, due_on{}, answered_on{};
    std::string   answer{};
    Id<Asset>     asset{};                // what it became
    std::vector<QuestionTurn> turns{};
};

}  // namespace knowledge
