// Payments to suppliers, as documents.

#include <financials/payment.h>

#include <set>

namespace financials {
namespace payment {

using tessera::Refused;

// Lines that arrive without a currency of their own were read as amounts of the books; they are of the payment's.
Money in_currency(Money amount, Currency currency) {
    if (amount.currency() == currency) return amount;
    return Money::parse(tessera::format_decimal(amount.minor(), amount.currency().decimals()), currency);
}

Currency currency_of(const Transaction& tx, const Payment& payment) {
    if (!payment.currency.none()) return payment.currency;
    for (const auto& line : payment.lines)
        if (line.item) return tx.service<OpenItems>().item(tx, line.item).currency;
    return tx.books().currency;
}

void check_bank(const Transaction& tx, Id<Account> id) {
    if (!id) return;
    const auto account = tx.load(id);
    if (account.postable && account.control == Control::none) return;
    throw Refused("financials.account_not_postable",
                  "To pay, choose a bank account that takes entries; {} {} does not.", account.code, account.name)
        .with_status(422)
        .with_field("bank_account");
}

void check_lines(const Transaction& tx, const Payment& payment) {
    std::set<Id<OpenItem>> items;
    for (const auto& line : payment.lines) {
        if (!line.item) continue;  // the kernel demands it
        const auto item = tx.service<OpenItems>().item(tx, line.item);
        if (item.party != payment.party)
            throw Refused("financials.item_of_other_party", "To pay {}, make a payment to {}: it is not an item of {}.",
                          item.document, tx.label_of(item.party), tx.label_of(payment.party));
        if (item.currency != payment.currency)
            throw Refused("financials.currency_differs", "To pay {}, make a payment in {}; this one is in {}.",
                          item.document, item.currency.code(), payment.currency.code());
        if (!items.insert(line.item).second)
            throw Refused("financials.item_twice", "To pay {}, give it one line: it has two.", item.document);
    }
}

void complete(Transaction& tx, Payment& payment) {
    payment.currency   = currency_of(tx, payment);
    payment.on_account = in_currency(payment.on_account, payment.currency);
    payment.total      = Money{0, payment.currency} + payment.on_account;
    for (auto& line : payment.lines) {
        line.amount    = in_currency(line.amount, payment.currency);
        line.discount  = in_currency(line.discount, payment.currency);
        line.write_off = in_currency(line.write_off, payment.currency);
        payment.total += line.amount;
    }
    if (payment.state != PaymentState::draft) return;
    check_bank(tx, payment.bank_account);
    check_lines(tx, payment);
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
