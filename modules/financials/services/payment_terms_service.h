#pragma once
// Terms applied to a document, decided on values alone, and the service that looks them up.

#include <financials/payment_terms.h>

namespace financials {

// `tolerance_max` is the largest tolerance in the currency of the document, zero for none.
DocumentTerms terms_of(const PaymentTerms& terms, Money tolerance_max, Money amount, Date date);

class TermsService : public Terms {
public:
    DocumentTerms of(const Snapshot& snapshot, Id<PaymentTerms> terms, Id<directory::Party> party, Money amount, Date date) const override;
};

}  // namespace financials
