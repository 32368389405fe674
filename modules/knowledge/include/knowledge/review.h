#pragma once
// An after-action review asks four questions of what has just come to an end: what was planned, what happened, why it was different, and
// what is done otherwise next time. What follows from it are actions, and lessons that are kept.
//
//     Review r{.entity = "crm.complaint", .record = 17, .owner = ann, .due_on = "2026-07-01"_date};
//
//     open --finish (all four are answered)--> done        open --waive (reason)--> waived        open, done: capture_lesson
//
// Closing a complaint and deciding an opportunity ask for one, as far as a rule says so (ReviewRule) and what was at stake is worth it.
// There is one review of a record at a time.
//
// Whoever begins something sees the lessons of the records that are most like it (report knowledge.lessons_for), and says which of them
// they have gone through (Preparation).

#include <knowledge/asset.h>

namespace knowledge {

enum class Occasion { complaint_closed, opportunity_won, opportunity_lost };
constexpr auto names_of(Occasion) { return tessera::names("complaint_closed", "opportunity_won", "opportunity_lost"); }

struct ReviewRule {                       // knowledge.review_rule: one for each occasion
    Id<ReviewRule> id{};
    Occasion       occasion = Occasion::complaint_closed;
    Money          at_stake{};            // the least that a complaint has cost, or an opportunity is worth, in the books' currency
    std::int64_t   due_days = 7;          // within which the review is to be done
    bool           active   = true;
};

enum class ReviewState { open, done, waived };
constexpr auto names_of(ReviewState) { return tessera::names("open", "done", "waived"); }

struct Review;

struct ReviewAction {                     // knowledge.review_action
    Id<ReviewAction> id{};
    Id<Review>       review{};
    std::string      text{};              // what is done
    Id<Employee>     employee{};          // by whom
    Date             due_on{};
    Date             done_on{};           // empty: not yet
};

struct Review {                           // knowledge.review
    Id<Review>                id{};
    std::string               title{};    // "Complaint CC-2026-00017"
    std::string               entity{};   // of the record it is about: "crm.complaint"
    std::int64_t              record = 0;
    Id<Employee>              owner{};
    Date                      asked_on{}, due_on{};
    ReviewState               state = ReviewState::open;
    std::string               planned{}, actual{}, why{}, next_time{};
    Date                      done_on{};
    std::vector<ReviewAction> actions{};
};

struct Preparation {                      // knowledge.preparation: somebody has gone through a lesson for a record
    Id<Preparation> id{};
    std::string     entity{};             // of the record that is prepared for: "crm.opportunity"
    std::int64_t    record = 0;
    Id<Asset>       lesson{};
    std::string     prepared_by{};        // the user's name
    Instant         prepared_at{};
};

}  // namespace knowledge
