#include <knowledge/review.h>
#include <tessera/text.h>

#include "lessons/declare.h"
#include "named_record.h"

namespace knowledge {

namespace review_entity {

using tessera::Refused;

// What is known of the record by its kind and id.
std::string title_of(const Transaction& tx, const Review& review) {
    require_named(tx, "review a record", {review.entity, review.record}, {});
    return named(tx, {review.entity, review.record});
}

void check_alone(const Transaction& tx, const Review& review) {
    const auto other = tx.without(review, [&] {
        return tx.value<Id<Review>>("SELECT id FROM knowledge_review WHERE entity = :entity AND record = :record AND state = 'open' AND id <> :id ORDER BY id LIMIT 1", review.entity, review.record, review.id.value);
    });
    if (other) throw Refused("knowledge.reviewed_already", "To review {}, finish the review of it that is open.", review.title).with_status(422).with_field("record");
}

void complete(Transaction& tx, Review& review) {
    if (review.entity.empty() || !review.record || review.state != ReviewState::open) return;
    if (review.title.empty()) review.title = title_of(tx, review);
    if (review.asked_on.empty()) review.asked_on = tx.today();
    if (review.due_on.empty()) review.due_on = review.asked_on.plus_days(7);
    if (!review.owner) review.owner = tx.service<directory::Staff>().acting(tx);
    if (!review.id) check_alone(tx, review);
}

void check_rule(Transaction& tx, ReviewRule& rule) { rule.at_stake = Money{rule.at_stake.minor(), tx.books().currency}; }

void seed(Transaction& tx, const tessera::SeedOptions&) {
    for (const auto occasion : {Occasion::complaint_closed, Occasion::opportunity_won, Occasion::opportunity_lost}) tx.insert(ReviewRule{.occasion = occasion});
}

}  // namespace review_entity

void declare_review_rule(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ReviewRule>("knowledge.review_rule", "Rule for reviews")
        .plural("Rules for reviews")
        .path("review_rules")
        .help("What is reviewed when it has come to an end, from which worth on, and by when")
        .field("occasion", &ReviewRule::occasion, unique)
        .field("at_stake", &ReviewRule::at_stake, not_negative, help("The least that a complaint has cost, or an opportunity is worth, in the books' currency"))
        .field("due_days", &ReviewRule::due_days, not_negative, help("Days within which the review is to be done"))
        .field("active", &ReviewRule::active)
        .display("occasion")
        .needs("knowledge.manage")
        .menu(Menu::setup)
        .validate(review_entity::check_rule);
    kernel.seed(review_entity::seed);
}

void declare_review(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<ReviewAction>("knowledge.review_action", "Action of a review")
        .part_of(&ReviewAction::review)
        .field("text", &ReviewAction::text, required, longest(500), help("What is done"))
        .field("employee", &ReviewAction::employee, indexed, help("By whom"))
        .field("due_on", &ReviewAction::due_on)
        .field("done_on", &ReviewAction::done_on, help("Empty as long as it is not done"))
        .display("text");
    kernel.entity<Review>("knowledge.review", "After-action review")
        .path("reviews")
        .help("Four questions about what has come to an end, and what follows from the answers")
        .field("title", &Review::title, read_only, searchable)
        .field("entity", &Review::entity, required, not_in_list, help("The kind of record it is about: crm.complaint"))
        .field("record", &Review::record, required, not_in_list)
        .field("owner", &Review::owner, indexed, help("Who answers; you when left out"))
        .field("asked_on", &Review::asked_on, read_only)
        .field("due_on", &Review::due_on, indexed, help("In a week when left out"))
        .field("state", &Review::state, read_only)
        .field("planned", &Review::planned, multiline, searchable, longest(4000), label("What was planned?"))
        .field("actual", &Review::actual, multiline, searchable, longest(4000), label("What happened?"))
        .field("why", &Review::why, multiline, searchable, longest(4000), label("Why was it different?"))
        .field("next_time", &Review::next_time, multiline, searchable, longest(4000), label("What is done otherwise next time?"))
        .field("done_on", &Review::done_on, read_only)
        .lines("actions", &Review::actions)
        .display("title")
        .index({"entity", "record"})
        .belongs_to(&Review::entity, &Review::record)
        .editable_while(ReviewState::open, ReviewState::done)
        .not_deletable()
        .validate(review_entity::complete);
}

}  // namespace knowledge
