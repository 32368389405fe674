// What comes to an end asks for its review, as far as the rules say so.
#include <knowledge/review.h>

#include <crm/complaints.h>
#include <crm/opportunity.h>

#include "named_record.h"
#include "lessons/declare.h"

namespace knowledge {

namespace reviews_asked {

void ask(Transaction& tx, Occasion occasion, const tessera::Source& about, Id<Employee> owner, Money at_stake) {
    const auto rule = tx.first<ReviewRule>("occasion = :occasion AND active = 1 ORDER BY id", occasion);
    if (!rule || at_stake < rule->at_stake) return;
    if (tx.value<std::int64_t>("SELECT count(*) FROM knowledge_review WHERE entity = :entity AND record = :record AND state = 'open'", about.entity, about.id).value_or(0) > 0) return;
    Review review{.entity = about.entity, .record = about.id, .owner = owner, .due_on = tx.today().plus_days(static_cast<int>(rule->due_days))};
    review.title = named(tx, about);
    tx.insert(review);
}

void after_complaint(Transaction& tx, const crm::ComplaintClosed& closed) {
    const auto complaint = tx.load(closed.complaint);
    ask(tx, Occasion::complaint_closed, tx.source_of(complaint), complaint.owner, Money{complaint.cost.minor(), tx.books().currency});
}

void after_opportunity(Transaction& tx, const crm::OpportunityClosed& closed) {
    const auto opportunity = tx.load(closed.opportunity);
    const auto occasion    = closed.state == crm::OpportunityState::won ? Occasion::opportunity_won : Occasion::opportunity_lost;
    const auto at_stake    = tx.service<directory::ExchangeRates>().convert(tx, opportunity.amount, tx.books().currency, closed.date);
    ask(tx, occasion, tx.source_of(opportunity), opportunity.owner, at_stake);
}

}  // namespace reviews_asked

void declare_reviews_asked(tessera::Kernel& kernel) {
    kernel.on(reviews_asked::after_complaint);
    kernel.on(reviews_asked::after_opportunity);
}

}  // namespace knowledge
