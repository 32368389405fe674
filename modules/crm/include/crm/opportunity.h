#pragma once
// An opportunity is a sale that may come about: what it is worth, when, at which stage of which pipeline it stands, and what became of it.
//
//     const auto deal = tx.insert(Opportunity{.title = "Twenty city bikes", .party = acme, .amount = usd("18000.00"), .expected_close = "2026-09-30"_date});
//     tx.transition(deal, "advance");                    // to the next stage, when what that stage asks for is there
//     tx.transition(deal, "win");
//
// A stage says which fields must be filled and which steps must have been done before it is entered. To go forward several stages asks for
// what all of them ask for; to win, for what every stage asks for. What an opportunity was on any day is kept in entries that never
// change, so that the funnel of a past day is what it was.

#include <crm/timeline.h>

namespace crm {

struct Lead;
struct Opportunity;

struct Pipeline {                     // crm.pipeline: one way of selling
    Id<Pipeline> id{};
    std::string  name{};
    std::int64_t position = 0;        // of several, the first is the usual one
    bool         active   = true;
};

struct Stage;
struct StageItem {                    // crm.stage_item: a step to be done before the stage is entered
    Id<StageItem> id{};
    Id<Stage>     document{};
    std::string   text{};             // "Budget confirmed by the decider"
};

struct Stage {                        // crm.stage
    Id<Stage>              id{};
    Id<Pipeline>           pipeline{};
    std::int64_t           position = 0;     // 1 is the first
    std::string            name{};
    Percent                probability{};    // how many of those that stand here are won, by experience
    std::string            required_fields{};  // of the opportunity, divided by spaces: "amount expected_close contact"
    std::vector<StageItem> items{};
};

struct CheckedItem {                  // crm.checked_item: a step that was done
    Id<CheckedItem> id{};
    Id<Opportunity> opportunity{};
    Id<StageItem>   item{};
    std::string     note{};
    Date            done_on{};
    std::string     done_by{};
};

struct Competitor {                   // crm.competitor
    Id<Competitor> id{};
    std::string    name{};
    std::string    website{}, strengths{}, weaknesses{};
    bool           active = true;
};

struct LostReason {                   // crm.lost_reason
    Id<LostReason> id{};
    std::string    name{};            // "Price"
    bool           active = true;
};

enum class OpportunityState { open, won, lost };
constexpr auto names_of(OpportunityState) { return tessera::names("open", "won", "lost"); }

struct Opportunity {                  // crm.opportunity
    Id<Opportunity>  id{};
    OpportunityState state = OpportunityState::open;
    std::string      title{};
    Id<Party>        party{};
    Id<Contact>      contact{};
    Id<Lead>         lead{};
    Id<Employee>     owner{};
    Id<Pipeline>     pipeline{};      // the first when left out
    Id<Stage>        stage{};         // its first when left out
    Percent          probability{};   // that of the stage
    Currency         currency{};
    Money            amount{};
    Date             opened_on{};
    Date             expected_close{};
    std::string      next_step{};
    Date             next_step_on{};
    std::string      source{}, country{}, region{}, industry{};
    Id<Competitor>   competitor{};
    Id<LostReason>   lost_reason{};
    std::string      outcome{};
    Date             closed_on{};
    std::optional<Percent> score{};
    Date             scored_on{};
};

struct StageEntry {                   // crm.stage_entry: append-only; what the opportunity was from then on
    Id<StageEntry>   id{};
    Id<Opportunity>  opportunity{};
    Date             date{};
    Instant          recorded_at{};
    Id<Pipeline>     pipeline{};
    Id<Stage>        stage{};
    std::int64_t     position = 0;    // of the stage, then
    OpportunityState state = OpportunityState::open;
    Percent          probability{};
    Currency         currency{};
    Money            amount{};
    Date             expected_close{};
    std::string      entered_by{};
};

struct OpportunityClosed {            // crm.opportunity_closed
    Id<Opportunity>  opportunity{};
    Id<Party>        party{};
    OpportunityState state = OpportunityState::won;
    Date             date{};
};

}  // namespace crm
