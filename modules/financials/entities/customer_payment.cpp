// Money of customers, as documents.

#include "entities/payment_completion.h"

#include <financials/customer_payment.h>

namespace financials {
namespace customer_payment {

using tessera::Refused;

void complete(Transaction& tx, CustomerPayment& payment) {
    payment_completion::complete(
        tx, payment, [&](CustomerPaymentLine& line) { line.bank_fee = payment_completion::in_currency(line.bank_fee, payment.currency); });
    payment.received = payment_completion::in_currency(payment.received, payment.currency);
    if (payment.state != CustomerPaymentState::draft) return;
    payment_completion::check_bank(tx, payment.bank_account);
    payment_completion::check_lines(tx, payment, ItemSide::receivable);
}

void check_removal(Transaction&, const CustomerPayment& payment) {
    if (payment.state != CustomerPaymentState::draft)
        throw Refused("financials.entry_posted", "To undo payment {}, reverse it: it is posted.", payment.number);
}

}  // namespace customer_payment

void declare_customer_payments(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<CustomerPaymentLine>("financials.customer_payment_line", "Customer payment line")
        .part_of(&CustomerPaymentLine::document)
        .field("item", &CustomerPaymentLine::item, required, help("The open item that is paid"))
        .field("amount", &CustomerPaymentLine::amount, help("Arrives at the bank; negative for a credit that is used or paid back"))
        .field("discount", &CustomerPaymentLine::discount, not_negative, help("Granted for paying early; corrects the output tax"))
        .field("write_off", &CustomerPaymentLine::write_off,
               help("Not asked for any more; negative: kept of what was paid too much. Corrects the output tax"))
        .field("bank_fee", &CustomerPaymentLine::bank_fee, not_negative, help("Paid by the customer, kept by the bank"));

    kernel.entity<CustomerPayment>("financials.customer_payment", "Customer payment")
        .help("Money received from a customer, or paid back, and the open items it settles.")
        .menu(Menu::documents)
        .field("number", &CustomerPayment::number, read_only, unique, searchable)
        .field("party", &CustomerPayment::party, required, label("Customer"), indexed)
        .field("date", &CustomerPayment::date, required)
        .field("state", &CustomerPayment::state, read_only)
        .field("bank_account", &CustomerPayment::bank_account, help("The account of the role financials.bank when left out"))
        .field("reference", &CustomerPayment::reference, searchable, help("What the customer wrote; invoices that it names are paid first"))
        .field("memo", &CustomerPayment::memo)
        .field("entry", &CustomerPayment::entry, read_only)
        .field("currency", &CustomerPayment::currency)
        .field("received", &CustomerPayment::received, help("What arrived; \"propose\" distributes it"))
        .field("on_account", &CustomerPayment::on_account, not_negative, help("Kept for later documents"))
        .field("total", &CustomerPayment::total, read_only)
        .lines("lines", &CustomerPayment::lines)
        .display("number")
        .editable_while(CustomerPaymentState::draft)
        .needs("financials.collect")
        .worth("total")
        .validate(customer_payment::complete)
        .before_remove(customer_payment::check_removal);
}

}  // namespace financials
