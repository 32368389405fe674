#pragma once
// What a payment does to the books, decided on values alone.
//
//     106.00 owed (100.00 + 6 % tax); paid 102.00, discount 2.00, write-off 2.00, nothing left:
//         payables 106.00 | bank 102.00, discount 1.89, write-off 1.89, input tax 0.11 + 0.11
//
// The discount and the write-off reduce what was bought, so the tax that was deducted shrinks in proportion. In another
// currency the payables are released at the rate of the invoice and the bank is credited at that of the payment; what
// remains is the realised exchange difference.

#include <financials/payment.h>

namespace financials {

struct PaidItem {
    Money book_amount{};   // of the whole item
    Money whole{};         // the item's amount
    Money open{};          // before this payment
    Money deducted_tax{};  // input tax of its document, in the books
    Money amount{};
    Money discount{};
    Money write_off{};
    Money settled() const { return amount + discount + write_off; }
};

struct PaymentBooks {
    Money payables{};             // debit: what leaves the control account
    Money bank{};                 // credit
    Money discount{};             // credit, without tax
    Money discount_tax{};         // credit
    Money write_off{};            // credit, without tax
    Money write_off_tax{};        // credit
    Money exchange_difference{};  // debit when positive: a loss
};

// `item_book` is what the payment's own open item is booked with (negative), `on_account` the part of it that stays open.
struct PaymentTotals {
    Money total{};        // leaves the bank, in the payment's currency
    Money item_amount{};  // negative: all that is settled and what is paid on account
    Money item_book{};
    Money on_account{};
};

// `in_books` converts at the rate of the payment.
PaymentBooks books_of(const std::vector<PaidItem>& items, const PaymentTotals& totals,
                      const std::function<Money(Money)>& in_books);

}  // namespace financials
