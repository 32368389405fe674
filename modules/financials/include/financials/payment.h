#pragma once
// A payment to a supplier: which open items it pays and how much of each, in the items' currency. Posting it credits the
// bank, settles the items and books what differs: an early-payment discount and a write-off correct the purchase tax of
// the invoice in their share; a rate that has moved gives a realised exchange difference.
//
//     Payment payment{.party = supplier, .date = "2026-01-20"_date};
//     payment.lines = {{.item = invoice, .amount = usd("102.00"), .discount = usd("2.00"), .write_off = usd("2.00")}};
//     tx.insert(payment);
//     tx.transition(payment.id, "post");
//
// A credit note is taken into account by a line with a negative amount. What is paid without an item is `on_account`. Of a
// `refund` the total is negative: the supplier pays back what the credits come to.
// A posted payment is undone by the transition "reverse" (date, reason): its entry is mirrored, its items are open again.

#include <financials/open_items.h>

namespace financials {

enum class PaymentState { draft, posted, reversed };
constexpr auto names_of(PaymentState) { return tessera::names("draft", "posted", "reversed"); }

struct Payment;

struct PaymentLine {  // financials.payment_line
    Id<PaymentLine> id{};
    Id<Payment>     document{};
    Id<OpenItem>    item{};
    Money           amount{};     // leaves the bank
    Money           discount{};   // taken for paying early
    Money           write_off{};  // left unpaid for good
};

struct Payment {  // financials.payment
    Id<Payment>              id{};
    std::string              number{};  // "PAY-2026-00001", given when it is posted
    Id<directory::Party>     party{};
    Date                     date{};
    PaymentState             state = PaymentState::draft;
    Id<Account>              bank_account{};  // none: the account of the role financials.bank
    std::string              reference{};
    std::string              memo{};
    bool                     refund = false;  // the supplier pays back: credits are taken, the total is negative
    Id<PostedEntry>          entry{};
    Currency                 currency{};    // of the items; the books' when none
    Money                    on_account{};  // paid in advance, to be settled later
    Money                    total{};       // leaves the bank: all amounts and what is paid on account
    std::vector<PaymentLine> lines{};
};

}  // namespace financials
