// Payments to suppliers, as documents.

#include "entities/payment_completion.h"

#include <financials/payment.h>

namespace financials {
namespace payment {

using tessera::Refused;

void complete(Transaction& tx, Payment& payment) {
    payment_completion::complete(tx, payment, [](PaymentLine&) {});
    if (payment.state != PaymentState::draft) return;
    payment_completion::check_bank(tx, payment.bank_account);
    payment_completion::check_lines(tx, payment, ItemSide::payable);
}

void check_removal(Transaction&, const Payment& payment) {
    if (payment.state != PaymentState::draft)
        throw Refused("financials.entry_posted", "To undo payment {}, reverse it: it is posted.", payment.number);
}

}  // namespace payment

void declare_payments(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<PaymentLine>("financials.payment_line", "Payment line")
        .part_of(&PaymentLine::document)
        .field("item", &PaymentLine::item, required, help("The open item that is paid"))
        .field("amount", &PaymentLine::amount,
               help("Leaves the bank; negative for a credit note that is taken into account"))
        .field("discount", &PaymentLine::discount, not_negative,
               help("Taken for paying early; corrects the purchase tax"))
        .field("write_off", &PaymentLine::write_off, not_negative,
               help("Left unpaid for good; corrects the purchase tax"));

    kernel.entity<Payment>("financials.payment", "Payment")
        .help("Money paid to a supplier and the open items it settles.")
        .menu(Menu::documents)
        .field("number", &Payment::number, read_only, unique, searchable)
        .field("party", &Payment::party, required, label("Supplier"), indexed)
        .field("date", &Payment::date, required)
        .field("state", &Payment::state, read_only)
        .field("bank_account", &Payment::bank_account, help("The account of the role financials.bank when left out"))
        .field("reference", &Payment::reference, searchable)
        .field("memo", &Payment::memo)
        .field("refund", &Payment::refund, not_in_list, help("The supplier pays back: lines take its credits"))
        .field("entry", &Payment::entry, read_only)
        .field("currency", &Payment::currency)
        .field("on_account", &Payment::on_account, not_negative, help("Paid in advance, to be settled later"))
        .field("total", &Payment::total, read_only)
        .lines("lines", &Payment::lines)
        .display("number")
        .editable_while(PaymentState::draft)
        .needs("financials.pay")
        .worth("total")
        .validate(payment::complete)
        .before_remove(payment::check_removal);
}

}  // namespace financials
