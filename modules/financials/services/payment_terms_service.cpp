#include "services/payment_terms_service.h"

#include <algorithm>

namespace financials {

DocumentTerms terms_of(const PaymentTerms& terms, Money tolerance_max, Money amount, Date date) {
    const Money zero{0, amount.currency()};
    if (amount <= zero) return {.due_on = date, .discount = zero, .tolerance = zero};
    DocumentTerms result{.due_on = date.plus_days(static_cast<int>(terms.days)), .discount = percent_of(amount, terms.discount_percent)};
    result.tolerance = percent_of(amount, terms.tolerance_percent);
    if (!tolerance_max.is_zero()) result.tolerance = std::min(result.tolerance, tolerance_max);
    if (result.discount.is_zero()) return result;
    result.discount_until       = date.plus_days(static_cast<int>(terms.discount_days));
    result.discount_grace_until = result.discount_until.plus_days(static_cast<int>(terms.grace_days));
    return result;
}

DocumentTerms TermsService::of(const Snapshot& snapshot, Id<PaymentTerms> id, Id<directory::Party> party, Money amount, Date date) const {
    if (!id) return terms_of({.days = snapshot.load(party).payment_days}, {}, amount, date);
    const auto terms = snapshot.load(id);
    auto       most  = terms.tolerance_amount;
    if (!most.is_zero()) most = snapshot.service<directory::ExchangeRates>().convert(snapshot, most, amount.currency(), date);
    return terms_of(terms, most, amount, date);
}

}  // namespace financials
