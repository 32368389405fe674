#pragma once
// What goes when somebody goes, and what is done about it: a plan for who leaves, with a line for each topic that they hold, those first on
// which the most revenue depends. And the other way round: paths of what somebody new reads.
//
//     Employee e{…, .leaves_on = "2026-12-31"_date};       // the job knowledge.leavers raises the plan; so does inserting one
//     const auto plan = tx.insert(TransferPlan{.employee = ann});
//
//     open --finish (every line is done)--> done        open: refresh (topics held since)        open --cancel (reason)--> cancelled
//
// A person holds a topic from a score on (people.h); `held_from` is that score. What depends on a topic is the revenue of the last
// twelve months of the products in its subjects.

#include <knowledge/asset.h>

namespace knowledge {

// A score that is one thing done with care, not long ago.
inline const tessera::Quantity held_from = tessera::Quantity::of(3);

enum class TransferState { open, done, cancelled };
constexpr auto names_of(TransferState) { return tessera::names("open", "done", "cancelled"); }

struct TransferPlan;

struct TransferLine {                     // knowledge.transfer_line
    Id<TransferLine>  id{};
    Id<TransferPlan>  plan{};
    Id<Topic>         topic{};
    tessera::Quantity score{};            // of who leaves, when the line was made
    std::int64_t      other_holders = 0;  // who hold it as well and stay
    Money             revenue{};          // that depends on it, in the books' currency
    Id<Employee>      receiver{};         // the next who holds it, else somebody of its community
    Date              due_on{};
    Date              done_on{};          // empty: not yet
    Id<Asset>         asset{};            // in which it was captured
    std::string       note{};
};

struct TransferPlan {                     // knowledge.transfer_plan
    Id<TransferPlan> id{};
    std::string      number{};            // "TP-2026-00001"
    Id<Employee>     employee{};          // who leaves
    Date             raised_on{}, leaves_on{};
    TransferState    state = TransferState::open;
    std::vector<TransferLine> lines{};
};

struct Path;

struct PathStep {                         // knowledge.path_step
    Id<PathStep> id{};
    Id<Path>     path{};
    Id<Asset>    asset{};
    std::int64_t within_days = 30;        // of the first day at work
    std::string  note{};
};

struct Path {                             // knowledge.path: what somebody new reads, in order
    Id<Path>     id{};
    std::string  name{};
    std::string  job_title{}, department{};   // of whom it is for; empty: of all
    bool         active = true;
    std::vector<PathStep> steps{};
};

}  // namespace knowledge
