#pragma once
// A guide is a tree of questions that ends in what is to be done. It is walked with a customer on the telephone or at a machine, and each
// answer is kept with the record that it was walked for.
//
//     GuideVersion v{.guide  = guide,
//                    .steps  = {{.code = "lit", .text = "Does the lamp light at all?"},
//                               {.code = "fuse", .kind = StepKind::remedy, .text = "Replace the fuse"},
//                               {.code = "send", .kind = StepKind::new_record, .text = "Have it sent in", .entity = "crm.complaint"}},
//                    .answers = {{.step = "lit", .text = "No", .next_step = "fuse"}, {.step = "lit", .text = "It flickers", .next_step = "send"}}};
//
//     draft --publish (from a day on)--> in_use --retire--> retired        in_use --revise--> in_use, with a draft of the next version
//
// A version is changed while it is a draft alone. It is published when there is one step that no answer leads to, where the walk begins;
// when every answer leads to a step, every question has answers, every step is reached, no way comes back to where it was, and every
// end is something: an article (an asset), a remedy (its text), a new record (its entity). The version before it ends the day before it
// begins, so that on any day one version holds.
//
//     walking --answer--> walking or arrived --finish (solved or not)--> finished       walking, arrived --back--> walking
//     walking, arrived --leave (reason)--> left

#include <knowledge/asset.h>

namespace knowledge {

struct Guide {                            // knowledge.guide
    Id<Guide>   id{};
    std::string name{};                   // "The lamp does not light"
    Id<Topic>   topic{};
    Id<Asset>   asset{};                  // that it belongs to
    std::string help{};                   // when to walk it
    bool        active = true;
};

enum class StepKind { question, article, remedy, new_record };
constexpr auto names_of(StepKind) { return tessera::names("question", "article", "remedy", "new_record"); }

struct GuideVersion;

struct GuideStep {                        // knowledge.guide_step
    Id<GuideStep>    id{};
    Id<GuideVersion> version{};
    std::string      code{};              // by which answers name it, within the version
    StepKind         kind = StepKind::question;
    std::string      text{};              // the question, or what is to be done
    Id<Asset>        asset{};             // of an article
    std::string      entity{};            // of a new record: "crm.complaint"
};

struct GuideAnswer {                      // knowledge.guide_answer
    Id<GuideAnswer>  id{};
    Id<GuideVersion> version{};
    std::string      step{};              // the code of the question
    std::string      text{};              // "Yes"
    std::string      next_step{};         // the code of the step it leads to
};

enum class GuideState { draft, in_use, retired };
constexpr auto names_of(GuideState) { return tessera::names("draft", "in_use", "retired"); }

struct GuideVersion {                     // knowledge.guide_version
    Id<GuideVersion>         id{};
    Id<Guide>                guide{};
    std::int64_t             version_number = 0;     // 1, 2, 3 … of the guide
    std::string              name{};                 // "The lamp does not light, 2"
    GuideState               state = GuideState::draft;
    Date                     valid_from{}, valid_to{};   // both included; empty: until further notice
    std::string              note{};                 // what changed
    std::vector<GuideStep>   steps{};
    std::vector<GuideAnswer> answers{};
};

enum class WalkState { walking, arrived, finished, left };
constexpr auto names_of(WalkState) { return tessera::names("walking", "arrived", "finished", "left"); }
enum class Solved { unknown, yes, no };
constexpr auto names_of(Solved) { return tessera::names("unknown", "yes", "no"); }

struct Walk;

struct WalkAnswer {                       // knowledge.walk_answer: what was asked and answered, as it was worded then
    Id<WalkAnswer> id{};
    Id<Walk>       walk{};
    std::string    step{};                // the code of the question
    std::string    question{}, answer{};
    std::string    next_step{};
};

struct Walk {                             // knowledge.walk
    Id<Walk>                id{};
    Id<Guide>               guide{};
    Id<GuideVersion>        guide_version{};   // that of the day unless one is given
    std::string             entity{};     // of the record it is walked for: "crm.complaint"
    std::int64_t            record = 0;
    std::string             walked_by{};  // the user's name
    Instant                 started_at{}, finished_at{};
    WalkState               state = WalkState::walking;
    std::string             step{};       // the code of the step it stands at
    Solved                  solved = Solved::unknown;
    std::string             note{};
    std::vector<WalkAnswer> answers{};
};

}  // namespace knowledge
