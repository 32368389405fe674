//     draft --post--> posted --reverse--> reversed

#include "services/payment_settling.h"
#include "workflow/payment_undoing.h"

#include <financials/payment.h>

namespace financials {
namespace payment_workflow {

using tessera::Refused;

PaymentFacts facts_of(const Transaction& tx, const Payment& payment) {
    const auto   what = payment.refund ? "Refund {} of {}" : "Payment {} to {}";
    PaymentFacts facts{.side         = ItemSide::payable,
                       .source       = tx.source_of(payment),
                       .number       = payment.number,
                       .memo         = fmt::format(fmt::runtime(what), payment.number, tx.label_of(payment.party)),
                       .party        = payment.party,
                       .date         = payment.date,
                       .bank_account = payment.bank_account,
                       .reference    = payment.reference,
                       .currency     = payment.currency,
                       .on_account   = payment.on_account,
                       .total        = payment.total,
                       .refund       = payment.refund};
    for (const auto& line : payment.lines)
        facts.lines.push_back({.item = line.item, .amount = line.amount, .discount = line.discount, .write_off = line.write_off});
    return facts;
}

void post(Transaction& tx, Payment& payment) {
    if (payment.lines.empty() && payment.on_account.is_zero())
        throw Refused("financials.nothing_to_pay",
                      "To post the payment to {}, give it items to pay or an amount on account.",
                      tx.label_of(payment.party));
    if (!payment.refund) tx.service<directory::Payees>().require_payable(tx, payment.party);
    payment.number = tx.number("PAY", payment.date);
    payment.entry  = post_payment(tx, facts_of(tx, payment));
}

void reverse(Transaction& tx, Payment& payment, const Reversal& input) {
    const auto date = tx.service<Ledger>().reversal_date(tx, payment.date, input.date);
    tx.because(input.reason);
    undo_payment(tx, facts_of(tx, payment), payment.entry, date, input.reason);
}

}  // namespace payment_workflow

void reverse_payment(Transaction& tx, Id<Payment> id, const Reversal& input) {
    auto payment  = tx.load(id);
    payment.state = PaymentState::reversed;
    payment_workflow::reverse(tx, payment, input);
    tx.save(payment);
}

void declare_payment_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&Payment::state)
        .transition("post", PaymentState::draft, PaymentState::posted, needs("financials.pay"),
                    explained("Settles the items and credits the bank."), payment_workflow::post)
        .transition("reverse", PaymentState::posted, PaymentState::reversed, needs("financials.pay"), destructive,
                    explained("Mirrors the entry; the items are open again."), payment_workflow::reverse);
}

}  // namespace financials
