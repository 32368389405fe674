//     draft --propose--> draft --post--> posted --reverse--> reversed

#include "services/customer_items.h"
#include "services/payment_settling.h"
#include "workflow/payment_undoing.h"

#include <financials/customer_payment.h>

#include <algorithm>

namespace financials {
namespace customer_payment_workflow {

using tessera::Refused;

struct Proposal {
    bool        late_discount = false;
    static void describe(tessera::Fields<Proposal>& fields) {
        fields.field("late_discount", &Proposal::late_discount, tessera::help("Grant the discount also in the days of grace"));
    }
};

PaymentFacts facts_of(const Transaction& tx, const CustomerPayment& payment) {
    const auto   what = payment.total.is_negative() ? "Refund {} to {}" : "Payment {} of {}";
    PaymentFacts facts{.side         = ItemSide::receivable,
                       .source       = tx.source_of(payment),
                       .number       = payment.number,
                       .memo         = fmt::format(fmt::runtime(what), payment.number, tx.label_of(payment.party)),
                       .party        = payment.party,
                       .date         = payment.date,
                       .bank_account = payment.bank_account,
                       .reference    = payment.reference,
                       .currency     = payment.currency,
                       .on_account   = payment.on_account,
                       .total        = payment.total};
    for (const auto& line : payment.lines) facts.lines.push_back({line.item, line.amount, line.discount, line.write_off, line.bank_fee});
    return facts;
}

void check_amounts(const Transaction& tx, const CustomerPayment& payment) {
    if (payment.lines.empty() && payment.on_account.is_zero())
        throw Refused("financials.nothing_to_pay", "To post the payment of {}, give it items to settle or an amount on account.",
                      tx.label_of(payment.party));
    if (!payment.received.is_zero() && payment.received != payment.total)
        throw Refused("financials.received_differs",
                      "To post the payment of {}, distribute what was received: {} was, its lines and what is on account come to {}.",
                      tx.label_of(payment.party), payment.received, payment.total);
}

void check_refund(const Transaction& tx, const CustomerPayment& payment) {
    if (!payment.total.is_negative()) return;
    if (!tx.user().may("financials.pay"))
        throw Refused("financials.refund_not_permitted", "To pay {} back to {}, ask somebody who may pay (financials.pay).", -payment.total,
                      tx.label_of(payment.party))
            .with_status(403);
    tx.service<directory::Payees>().require_payable(tx, payment.party);
}

// What a line gives up beyond what the terms of its item let go.
Money beyond_terms(const Transaction& tx, const CustomerPaymentLine& line, Date day) {
    const auto  item     = collected(tx, tx.service<OpenItems>().item(tx, line.item));
    const auto  discount = discount_on(item, day, LateDiscount::accepted);
    const Money zero{0, item.open.currency()};
    return std::max(line.discount - discount, zero) + std::max(line.write_off - item.tolerance, zero);
}

void check_concessions(const Transaction& tx, const CustomerPayment& payment) {
    if (tx.user().may("financials.write_off")) return;
    for (const auto& line : payment.lines) {
        const auto beyond = beyond_terms(tx, line, payment.date);
        if (beyond.is_zero()) continue;
        throw Refused("financials.beyond_terms",
                      "To let {} of {} go beyond its terms, ask somebody who may write off (financials.write_off).", beyond,
                      tx.service<OpenItems>().item(tx, line.item).document)
            .with_status(403);
    }
}

void post(Transaction& tx, CustomerPayment& payment) {
    check_amounts(tx, payment);
    check_refund(tx, payment);
    check_concessions(tx, payment);
    payment.number = tx.number("CP", payment.date);
    payment.entry  = post_payment(tx, facts_of(tx, payment));
}

void reverse(Transaction& tx, CustomerPayment& payment, const Reversal& input) {
    const auto date = tx.service<Ledger>().reversal_date(tx, payment.date, input.date);
    tx.because(input.reason);
    undo_payment(tx, facts_of(tx, payment), payment.entry, date, input.reason);
}

void propose(Transaction& tx, CustomerPayment& payment, const Proposal& input) {
    if (payment.received.is_zero())
        throw Refused("financials.nothing_received", "To have the payment of {} distributed, say how much was received.",
                      tx.label_of(payment.party))
            .with_status(422)
            .with_field("received");
    const auto items    = customer_items(tx, payment.party, payment.currency, payment.date);
    const auto proposed = propose_payment(collected_for(items, payment.reference, payment.received), payment.received, payment.date,
                                          input.late_discount ? LateDiscount::accepted : LateDiscount::refused);
    if (proposed.left.is_negative())
        throw Refused("financials.nothing_to_pay", "To pay {} back to {}, have credits of as much open: {} is missing.", -payment.received,
                      tx.label_of(payment.party), -proposed.left);
    payment.on_account = proposed.left;
    payment.lines.clear();
    for (const auto& line : proposed.lines)
        payment.lines.push_back({.item = line.item, .amount = line.amount, .discount = line.discount, .write_off = line.write_off});
}

}  // namespace customer_payment_workflow

void reverse_customer_payment(Transaction& tx, Id<CustomerPayment> id, const Reversal& input) {
    auto payment  = tx.load(id);
    payment.state = CustomerPaymentState::reversed;
    customer_payment_workflow::reverse(tx, payment, input);
    tx.save(payment);
}

void declare_customer_payment_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&CustomerPayment::state)
        .transition("propose", CustomerPaymentState::draft, CustomerPaymentState::draft, needs("financials.collect"),
                    explained("Distributes what was received over the items that the reference names, or the oldest due."),
                    customer_payment_workflow::propose)
        .transition("post", CustomerPaymentState::draft, CustomerPaymentState::posted, needs("financials.collect"),
                    explained("Settles the items and debits the bank; a refund credits it."), customer_payment_workflow::post)
        .transition("reverse", CustomerPaymentState::posted, CustomerPaymentState::reversed, needs("financials.collect"), destructive,
                    explained("Mirrors the entry; the items are open again."), customer_payment_workflow::reverse);
}

}  // namespace financials
