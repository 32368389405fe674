#pragma once
// Subscriptions: which terms are due, what part of a term is worth, and their invoices.

#include <sales/records.h>

namespace sales {

struct Term {
    Date first{}, last{};              // invoiced
    Date whole_last{};                 // the last day of the whole term
    bool is_part() const { return last < whole_last; }
};

// The term that is invoiced next; nothing when the subscription has come to its end.
std::optional<Term> next_term(const Subscription& subscription);
// One term, or the share of it by its days.
Money amount_of_term(const Subscription& subscription, const Term& term, Percent discount = {});

// Amount and text of an invoice line that is a term of a subscription.
void follow_subscription(const tessera::Snapshot& tx, Invoice& invoice, InvoiceLine& line);
// Invoices every term that has begun by `on`, and ends it when there are no more. Refused sales.nothing_to_invoice.
void invoice_due_terms(tessera::Transaction& tx, Subscription& subscription, Date on);
// The last day; terms until then are invoiced at once. Refused sales.term_is_invoiced.
void end_subscription(tessera::Transaction& tx, Subscription& subscription, Date on, const std::string& reason);
void contribute_subscription_job(tessera::Kernel& kernel);

}  // namespace sales
