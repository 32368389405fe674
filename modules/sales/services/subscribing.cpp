#include "services/subscribing.h"

#include <sales/pricing.h>

#include <tessera/kernel.h>

#include "services/order_tax.h"

#include <algorithm>

namespace sales {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace subscribing {

// Terms begin on the same day of the month, as far as months have it.
Date first_of_term(const Subscription& subscription, int term) { return subscription.starts_on.plus_months(term * static_cast<int>(subscription.months)); }

Term term_from(const Subscription& subscription, Date day) {
    int at = 0;
    while (first_of_term(subscription, at + 1) <= day) ++at;
    const auto last = first_of_term(subscription, at + 1).plus_days(-1);
    return {day, subscription.ends_on.empty() ? last : std::min(last, subscription.ends_on), last};
}

Date whole_first(const Subscription& subscription, const Term& term) {
    int at = 0;
    while (first_of_term(subscription, at + 1) <= term.first) ++at;
    return first_of_term(subscription, at);
}

Invoice draft_of(const Subscription& subscription, Date on) {
    return {.customer = subscription.customer, .date = on, .customer_reference = subscription.number, .currency = subscription.currency};
}

Percent discount_of(const Snapshot& tx, const Subscription& subscription, Date first) {
    if (!subscription.discount.is_zero() || !subscription.as_listed) return subscription.discount;
    return tx.service<Pricing>().find(tx, {subscription.customer, subscription.product, subscription.quantity, first, subscription.currency}).discount;
}

Id<financials::TaxCode> tax_code_of(const Snapshot& tx, const Subscription& subscription, Date on) {
    return subscription.tax_code ? subscription.tax_code : tax_on(tx, subscription.customer, subscription.product, on).code;
}

struct Invoiced {
    Percent                 discount{};
    Id<financials::TaxCode> tax_code{};
};

// A note takes back what was invoiced, at the discount and with the tax of then.
void follow_invoiced(const Snapshot& tx, InvoiceLine& line) {
    const auto invoiced = tx.row<Invoiced>(R"sql(
        SELECT l.discount, l.tax_code FROM sales_invoice_line l JOIN sales_invoice i ON i.id = l.document
         WHERE l.subscription = :subscription AND i.kind = 'invoice' AND i.state = 'posted' AND l.earned_from <= :day AND l.earned_to >= :day
         ORDER BY i.id DESC LIMIT 1)sql",
                                           line.subscription, line.earned_from);
    if (!invoiced) return;
    if (line.discount.is_zero()) line.discount = invoiced->discount;
    if (!line.tax_code) line.tax_code = invoiced->tax_code;
}

InvoiceLine line_of(const Snapshot& tx, const Subscription& subscription, const Term& term, Date on) {
    return {.subscription = subscription.id,
            .product      = subscription.product,
            .quantity     = subscription.quantity,
            .price        = subscription.price,
            .discount     = discount_of(tx, subscription, term.first),
            .tax_code     = tax_code_of(tx, subscription, on),
            .earned_from  = term.first,
            .earned_to    = term.last};
}

}  // namespace subscribing

std::optional<Term> next_term(const Subscription& subscription) {
    if (!subscription.ends_on.empty() && subscription.next_on > subscription.ends_on) return std::nullopt;
    return subscribing::term_from(subscription, subscription.next_on);
}

Money amount_of_term(const Subscription& subscription, const Term& term, Percent discount) {
    const auto whole = discounted(subscription.quantity, subscription.price, discount, subscription.currency);
    const auto first = subscribing::whole_first(subscription, term);
    if (first == term.first && !term.is_part()) return whole;
    return tessera::share(whole, Quantity::of(term.last - term.first + 1), Quantity::of(term.whole_last - first + 1));
}

void follow_subscription(const Snapshot& tx, Invoice& invoice, InvoiceLine& line) {
    const auto subscription = tx.load(line.subscription);
    auto       term         = subscribing::term_from(subscription, line.earned_from);
    term.last               = line.earned_to;
    if (invoice.kind == InvoiceKind::credit_note) subscribing::follow_invoiced(tx, line);
    line.amount = amount_of_term(subscription, term, line.discount);
    if (invoice.kind == InvoiceKind::credit_note) line.amount = -line.amount;
    if (line.description.empty()) line.description = fmt::format("{}, {} to {}", subscription.description, term.first, term.last);
}

void invoice_due_terms(Transaction& tx, Subscription& subscription, Date on) {
    if (on.empty()) on = tx.today();
    auto invoice = subscribing::draft_of(subscription, on);
    for (auto term = next_term(subscription); term && term->first <= on; term = next_term(subscription)) {
        invoice.lines.push_back(subscribing::line_of(tx, subscription, *term, on));
        subscription.next_on = term->last.plus_days(1);
    }
    if (invoice.lines.empty())
        throw Refused("sales.nothing_to_invoice", "To invoice {}, wait until {}: every term until then is invoiced.", subscription.number, subscription.next_on);
    if (!next_term(subscription)) subscription.state = SubscriptionState::ended;
    const auto id = tx.insert(invoice);
    tx.transition(id, "post");
}

void end_subscription(Transaction& tx, Subscription& subscription, Date on, const std::string& reason) {
    if (on < subscription.next_on.plus_days(-1))
        throw Refused("sales.term_is_invoiced", "To end {}, choose {} or a later day, and credit what is invoiced for the days that fall away.", subscription.number,
                      subscription.next_on.plus_days(-1));
    tx.because(reason);
    subscription.closing_reason = reason;
    subscription.ends_on        = on;
    if (next_term(subscription) && next_term(subscription)->first <= tx.today()) invoice_due_terms(tx, subscription, tx.today());
    if (!next_term(subscription)) subscription.state = SubscriptionState::ended;
}

namespace subscribing {

// One that cannot be invoiced does not keep the others from it; what it wants is told at the end.
void invoice_all(tessera::JobRun& run) {
    const auto due = run.ask<Id<Subscription>>([](const Snapshot& tx) {
        return tx.rows<Id<Subscription>>(R"sql(
            SELECT id FROM sales_subscription
             WHERE state = 'active' AND next_on <= :today AND (ends_on IS NULL OR next_on <= ends_on) ORDER BY id)sql",
                                         tx.today());
    });
    std::optional<Refused> first;
    std::int64_t           done = 0;
    for (const auto id : due) {
        if (run.should_stop()) return;
        try {
            run.write([&](Transaction& tx) { tx.transition(id, "invoice_due"); });
            run.tell(fmt::format("{} of {} invoiced", ++done, due.size()));
        } catch (const Refused& refused) {
            if (!first) first = refused;
        }
    }
    if (first) throw *first;
}

}  // namespace subscribing

void contribute_subscription_job(tessera::Kernel& kernel) {
    kernel.job("sales.subscriptions", "Invoice the terms of subscriptions that have begun", tessera::daily_at(3), subscribing::invoice_all);
}

}  // namespace sales
