//     draft --post--> posted --reverse--> reversed

#include "services/credit_pairing.h"
#include "services/open_items_service.h"
#include "services/payment_posting.h"
#include "workflow/reversal.h"

#include <algorithm>

namespace financials {
namespace payment_workflow {

using tessera::Refused;

// Refused when a line goes beyond what is open, or into what is held.
void check_line(const OpenItem& item, const PaymentLine& line) {
    const auto settled   = line.amount + line.discount + line.write_off;
    const bool credit    = item.amount.is_negative();
    const auto available = std::max(item.open_amount - item.held_amount, Money{0, item.currency});
    if (settled.is_zero())
        throw Refused("financials.nothing_to_pay", "To pay {}, give an amount; {} is open.", item.document,
                      item.open_amount);
    if (credit && !(line.discount + line.write_off).is_zero())
        throw Refused("financials.settles_too_much",
                      "To take {} into account, give it no discount and no write-off: it is a credit.", item.document);
    if (settled.is_negative() != credit || settled.magnitude() > item.open_amount.magnitude())
        throw Refused("financials.settles_too_much", "To settle {}, pay at most what is open: {}; this is {}.",
                      item.document, item.open_amount, settled);
    if (!credit && settled > available)
        throw Refused("financials.item_held", "To pay {}, pay at most {} or have the hold of {} released; this is {}.",
                      item.document, available, item.held_amount, settled);
}

// The input tax that the item's document deducted, so that a discount can give back its share.
Money deducted_tax(const Transaction& tx, const OpenItem& item, const PaymentLine& line) {
    const auto zero = tx.books().zero();
    if (line.discount.is_zero() && line.write_off.is_zero()) return zero;
    if (item.source_entity.empty()) return zero;
    const auto account = tx.value<Id<Account>>(
        "SELECT account FROM financials_account_role_mapping WHERE role = 'financials.input_tax'");
    if (!account) return zero;
    return tx
        .value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
        WHERE e.source_entity = :entity AND e.source_id = :id AND l.account = :account)sql",
                      item.source_entity, item.source_id, *account)
        .value_or(zero);
}

std::vector<Money> settled_by(const Payment& payment) {
    std::vector<Money> settled;
    for (const auto& line : payment.lines) settled.push_back(line.amount + line.discount + line.write_off);
    return settled;
}

struct Prepared {
    std::vector<OpenItem> items{};  // one per line
    std::vector<PaidItem> paid{};
    PaymentTotals         totals{};
};

std::function<Money(Money)> converter(const Transaction& tx, const Payment& payment) {
    return [&tx, books = tx.books().currency, currency = payment.currency, on = payment.date](Money amount) {
        return tx.service<directory::ExchangeRates>().convert(tx, Money{amount.minor(), currency}, books, on);
    };
}

Prepared prepare(const Transaction& tx, const Payment& payment) {
    Prepared result;
    auto     settled = Money{0, payment.currency};
    for (const auto& line : payment.lines) {
        const auto item = tx.service<OpenItems>().item(tx, line.item);
        check_line(item, line);
        result.paid.push_back({item.book_amount, item.amount, item.open_amount, deducted_tax(tx, item, line),
                               line.amount, line.discount, line.write_off});
        result.items.push_back(item);
        settled += result.paid.back().settled();
    }
    if (settled.is_negative())
        throw Refused("financials.nothing_to_pay",
                      "To take these credits into account, pay invoices of at least as much: the total is {}.",
                      settled);
    result.totals.total       = payment.total;
    result.totals.on_account  = payment.on_account;
    result.totals.item_amount = -(settled + payment.on_account);
    result.totals.item_book   = converter(tx, payment)(result.totals.item_amount);
    return result;
}

Line foreign(Line line, Money amount) {
    line.currency       = amount.currency();
    line.foreign_amount = amount;
    return line;
}

JournalEntry entry_of(const Transaction& tx, const Payment& payment, const Prepared& prepared) {
    const auto   books = books_of(prepared.paid, prepared.totals, converter(tx, payment));
    JournalEntry entry{.date    = payment.date,
                       .journal = "payments",
                       .memo    = fmt::format("Payment {} to {}", payment.number, tx.label_of(payment.party)),
                       .source  = tx.source_of(payment)};
    const auto   settled = -prepared.totals.item_amount;
    Line         bank    = credit("financials.bank", books.bank);
    if (payment.bank_account) bank = {.account = payment.bank_account, .credit = books.bank};
    entry.lines = {
        foreign(signed_line("financials.payable", books.payables, payment.party), settled),
        foreign(bank, -payment.total),
        credit("financials.discount_taken", books.discount),
        credit("financials.write_off", books.write_off),
        credit("financials.input_tax", books.discount_tax + books.write_off_tax),
        signed_line("financials.exchange_difference", books.exchange_difference),
    };
    return entry;
}

// The payment's own item carries what it settles; what is paid on account stays open on it. Credits that make up for
// the invoices to the cent leave none.
std::optional<OpenItem> open_item(Transaction& tx, const Payment& payment, const PaymentTotals& totals) {
    const auto id = tx.service<OpenItems>().open(tx, {.party         = payment.party,
                                                     .kind          = ItemKind::payment,
                                                     .document      = payment.number,
                                                     .reference     = payment.reference,
                                                     .date          = payment.date,
                                                     .due_on        = payment.date,
                                                     .book_amount   = totals.item_book,
                                                     .currency      = payment.currency,
                                                     .amount        = totals.item_amount,
                                                     .source_entity = "financials.payment",
                                                     .source_id     = payment.id.value});
    if (!id) return std::nullopt;
    return tx.service<OpenItems>().item(tx, id);
}

void post(Transaction& tx, Payment& payment) {
    if (payment.lines.empty() && payment.on_account.is_zero())
        throw Refused("financials.nothing_to_pay",
                      "To post the payment to {}, give it items to pay or an amount on account.",
                      tx.label_of(payment.party));
    const auto prepared = prepare(tx, payment);
    const auto pairing  = pair_credits(settled_by(payment));
    tx.service<directory::Payees>().require_payable(tx, payment.party);
    payment.number      = tx.number("PAY", payment.date);
    payment.entry       = tx.service<Ledger>().post(tx, entry_of(tx, payment, prepared));
    const auto own      = open_item(tx, payment, prepared.totals);
    for (const auto& pair : pairing.pairs)
        settle_items(tx, prepared.items[pair.invoice], prepared.items[pair.credit], pair.amount, payment.date);
    for (std::size_t i = 0; i < prepared.items.size(); ++i)
        if (!pairing.rest[i].is_zero()) settle_items(tx, prepared.items[i], *own, pairing.rest[i], payment.date);
}

// Each of these gives how much less the books owe by it; negative: more.

Money undo_pairs(Transaction& tx, const Payment& payment, Date date) {
    auto& items    = tx.service<OpenItems>();
    auto  released = tx.books().zero();
    for (const auto& pair : pair_credits(settled_by(payment)).pairs) {
        const auto invoice = items.item(tx, payment.lines[pair.invoice].item),
                   credit  = items.item(tx, payment.lines[pair.credit].item);
        check_settlement(invoice, credit, -pair.amount);
        released += settle_items(tx, invoice, credit, -pair.amount, date);
    }
    return released;
}

struct Settled {
    Id<OpenItem> item{};
    std::int64_t amount = 0;
};

Money undo_settlements(Transaction& tx, const OpenItem& own, Date date) {
    auto released = tx.books().zero();
    for (const auto& settled : tx.rows<Settled>("SELECT item, sum(amount) FROM financials_settlement WHERE settled_by "
                                                "= :own GROUP BY item HAVING sum(amount) <> 0 ORDER BY item",
                                                own.id))
        released += settle_items(tx, tx.service<OpenItems>().item(tx, settled.item), own,
                                 -Money{settled.amount, own.currency}, date);
    return released;
}

// The payment's own item is settled by its opposite, dated the day of the reversal.
Money cancel_item(Transaction& tx, const OpenItem& own, Date date) {
    auto counter = own;
    counter.date = counter.due_on = date;
    counter.amount                = -own.amount;
    counter.book_amount           = -own.book_amount;
    counter.held_amount           = {};
    counter.discount = counter.tolerance = {};
    counter.discount_until = counter.discount_grace_until = {};
    counter.id                    = tx.service<OpenItems>().open(tx, counter);
    return settle_items(tx, counter, own, counter.amount, date) - counter.book_amount;
}

Money payables_of(const Transaction& tx, Id<PostedEntry> entry) {
    return tx
        .value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account
        WHERE l.entry = :entry AND a.control = 'payables')sql",
                      entry)
        .value_or(tx.books().zero());
}

std::optional<OpenItem> own_item(const Transaction& tx, const Payment& payment) {
    return tx.first<OpenItem>("source_entity = 'financials.payment' AND source_id = :id ORDER BY id LIMIT 1",
                              payment.id);
}

void reverse(Transaction& tx, Payment& payment, const Reversal& input) {
    auto&      ledger = tx.service<Ledger>();
    const auto date   = ledger.reversal_date(tx, payment.date, input.date);
    auto       posted = tx.books().zero();
    tx.because(input.reason);
    if (payment.entry) posted = payables_of(tx, ledger.reverse(tx, payment.entry, date, input.reason));
    auto released = undo_pairs(tx, payment, date);
    if (const auto own = own_item(tx, payment)) {
        released += undo_settlements(tx, *own, date);
        released += cancel_item(tx, *own, date);
    }
    post_exchange_difference(tx, ItemSide::payable, payment.party, released - posted, date,
                             fmt::format("Rounding of the reversal of {}", payment.number), tx.source_of(payment));
}

}  // namespace payment_workflow

void declare_payment_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&Payment::state)
        .transition("post", PaymentState::draft, PaymentState::posted, needs("financials.pay"),
                    explained("Settles the items and credits the bank."), payment_workflow::post)
        .transition("reverse", PaymentState::posted, PaymentState::reversed, needs("financials.pay"), destructive,
                    explained("Mirrors the entry; the items are open again."), payment_workflow::reverse);
}

}  // namespace financials
