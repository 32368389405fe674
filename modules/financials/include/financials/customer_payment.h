#pragma once
// Money of a customer: which open items it pays and how much of each, in the items' currency. Posting it debits the bank,
// settles the items and books what differs. A discount and a write-off correct the output tax of the invoice in their
// share, what the bank kept does not; a rate that has moved gives a realised exchange difference.
//
//     CustomerPayment payment{.party = customer, .date = "2026-01-20"_date};
//     payment.lines = {{.item = invoice, .amount = usd("102.00"), .discount = usd("2.00"), .write_off = usd("2.00")}};
//     tx.insert(payment);
//     tx.transition(payment.id, "post");
//
// Or only what arrived is known: with `received` given, the transition "propose" fills the lines by the terms of the
// items that `reference` names, or of all, the oldest due first; what is left stays on account.
//
//     CustomerPayment payment{.party = customer, .date = "2026-01-20"_date, .reference = "SI-2026-00007", .received = usd("980.00")};
//
// A credit note, or what is on account, is used by a line with a negative amount. When the total is negative it is a
// refund: whoever posts it may pay, and the customer's bank accounts are looked at as those of a supplier are.
// A posted payment is undone by the transition "reverse" (date, reason): its entry is mirrored, its items are open again.

#include <financials/open_items.h>

namespace financials {

enum class CustomerPaymentState { draft, posted, reversed };
constexpr auto names_of(CustomerPaymentState) { return tessera::names("draft", "posted", "reversed"); }

struct CustomerPayment;

struct CustomerPaymentLine {  // financials.customer_payment_line
    Id<CustomerPaymentLine> id{};
    Id<CustomerPayment>     document{};
    Id<OpenItem>            item{};
    Money                   amount{};     // arrives at the bank; negative: leaves it, or a credit that is used
    Money                   discount{};   // granted for paying early
    Money                   write_off{};  // not asked for any more; negative: kept of what was paid too much
    Money                   bank_fee{};   // the customer paid it, the bank kept it
};

struct CustomerPayment {  // financials.customer_payment
    Id<CustomerPayment>              id{};
    std::string                      number{};  // "CP-2026-00001", given when it is posted
    Id<directory::Party>             party{};
    Date                             date{};
    CustomerPaymentState             state = CustomerPaymentState::draft;
    Id<Account>                      bank_account{};  // none: the account of the role financials.bank
    std::string                      reference{};     // what the customer wrote
    std::string                      memo{};
    Id<PostedEntry>                  entry{};
    Currency                         currency{};    // of the items; the books' when none
    Money                            received{};    // what arrived; when given, the total must come to it
    Money                            on_account{};  // kept for later documents
    Money                            total{};       // arrives at the bank: all amounts and what is kept on account
    std::vector<CustomerPaymentLine> lines{};
};

}  // namespace financials
