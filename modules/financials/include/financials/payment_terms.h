#pragma once
// Terms of payment: when a document is due, what may be taken off when it is paid early, and by how much a payment may
// miss it and close it all the same.
//
//     PaymentTerms{.name = "2/10 net 30", .days = 30, .discount_percent = Percent::parse("2"), .discount_days = 10, .grace_days = 5,
//                  .tolerance_percent = Percent::parse("0.5"), .tolerance_amount = usd("5.00")}
//
//     an invoice of 1,000.00 dated 2026-01-05: due 2026-02-04, discount 20.00 until 2026-01-15, in grace until 2026-01-20,
//     tolerance 5.00
//
// A payment in the days of grace is too late for the discount by the terms; whoever enters it decides whether it is
// granted (financials/customer_payment.h).

#include <financials/ledger.h>

namespace financials {

struct PaymentTerms {                // financials.payment_terms
    Id<PaymentTerms> id{};
    std::string      name{};
    std::int64_t     days = 30;              // after the date of the document
    tessera::Percent discount_percent{};     // of the whole document, tax included
    std::int64_t     discount_days = 0;      // after the date of the document
    std::int64_t     grace_days    = 0;      // after the days of discount
    tessera::Percent tolerance_percent{};    // of the whole document
    Money            tolerance_amount{};     // the largest, in the currency of the books; zero: the percentage alone
    bool             active = true;
};

// What terms make of one document, in its currency.
struct DocumentTerms {
    Date  due_on{};
    Money discount{};
    Date  discount_until{};                  // empty when there is no discount
    Date  discount_grace_until{};            // never before discount_until
    Money tolerance{};
};

class Terms {
public:
    virtual ~Terms() = default;
    // A credit note (a negative amount) is due on its date, without discount and tolerance. `terms` none: due after the
    // party's payment_days, nothing else. Refused "directory.no_exchange_rate" when the largest tolerance must be
    // converted and cannot.
    virtual DocumentTerms of(const Snapshot&, Id<PaymentTerms> terms, Id<directory::Party> party, Money amount, Date date) const = 0;
};

}  // namespace financials
