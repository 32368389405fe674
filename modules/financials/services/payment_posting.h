#pragma once
// What a payment does to the books, decided on values alone and alike for both sides: of a supplier's, what leaves the
// bank; of a customer's, what arrives there.
//
//     106.00 open (100.00 + 6 % tax); paid 102.00, discount 2.00, write-off 2.00, nothing left:
//         control 106.00 | bank 102.00, discount 1.89, write-off 1.89, tax 0.11 + 0.11
//
// A discount and a write-off reduce what was bought or sold, so the tax of the document shrinks in proportion. What the
// bank keeps does not. In another currency the control account is released at the rate of the document and the bank is
// booked at that of the payment; what remains is the realised exchange difference.

#include <financials/open_items.h>

#include <functional>

namespace financials {

// What one line of a payment does to an item.
struct PaidLine {
    Id<OpenItem> item{};
    Money        amount{};
    Money        discount{};
    Money        write_off{};
    Money        bank_fee{};
    Money        settled() const { return amount + discount + write_off + bank_fee; }
};

struct PaidItem {
    Money    book_amount{};  // of the whole item
    Money    whole{};        // the item's amount
    Money    open{};         // before this payment
    Money    tax{};          // of its document, in the books
    PaidLine line{};
};

struct PaymentBooks {
    Money control{};              // what leaves the control account
    Money bank{};
    Money discount{};             // without tax
    Money write_off{};            // without tax
    Money tax{};                  // in discount and write-off
    Money bank_fee{};
    Money exchange_difference{};  // positive: more was paid than had been booked
};

// `item_book` is what the payment's own open item is booked with, `on_account` the part of it that stays open.
struct PaymentTotals {
    Money total{};        // through the bank, in the payment's currency
    Money item_amount{};  // opposite to all that is settled and what is paid on account
    Money item_book{};
    Money on_account{};
};

// `in_books` converts at the rate of the payment.
PaymentBooks books_of(const std::vector<PaidItem>& items, const PaymentTotals& totals, const std::function<Money(Money)>& in_books);

}  // namespace financials
