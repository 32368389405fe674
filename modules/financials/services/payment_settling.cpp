#include "services/payment_settling.h"

#include "services/credit_pairing.h"
#include "services/item_side.h"
#include "services/open_items_service.h"
#include "services/payment_guards.h"

namespace financials {
namespace payment_settling {

struct Prepared {
    std::vector<OpenItem> items{};  // one per line
    std::vector<PaidItem> paid{};
    PaymentTotals         totals{};
};

std::vector<Money> settled_by(const PaymentFacts& payment) {
    std::vector<Money> settled;
    for (const auto& line : payment.lines) settled.push_back(line.settled());
    return settled;
}

std::function<Money(Money)> converter(const Transaction& tx, const PaymentFacts& payment) {
    return [&tx, books = tx.books().currency, currency = payment.currency, on = payment.date](Money amount) {
        return tx.service<directory::ExchangeRates>().convert(tx, Money{amount.minor(), currency}, books, on);
    };
}

// The tax that the item's document posted, positive in the item's direction, so that a discount can correct its share.
Money tax_of(const Transaction& tx, const OpenItem& item, const PaidLine& line) {
    const auto zero = tx.books().zero();
    if ((line.discount.is_zero() && line.write_off.is_zero()) || item.source_entity.empty()) return zero;
    const auto role   = item.side == ItemSide::payable ? "financials.input_tax" : "financials.output_tax";
    const auto posted = tx.value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
        JOIN financials_account_role_mapping m ON m.account = l.account
        WHERE e.source_entity = :entity AND e.source_id = :id AND m.role = :role)sql",
                                        item.source_entity, item.source_id, role);
    return item_side::grown(item.side, -posted.value_or(zero));
}

Prepared prepare(const Transaction& tx, const PaymentFacts& payment) {
    Prepared result;
    auto     settled = Money{0, payment.currency};
    for (const auto& line : payment.lines) {
        const auto item = tx.service<OpenItems>().item(tx, line.item);
        check_paid_line(payment, item, line);
        result.paid.push_back({item.book_amount, item.amount, item.open_amount, tax_of(tx, item, line), line});
        result.items.push_back(item);
        settled += line.settled();
    }
    check_settled(payment, settled);
    result.totals.total       = payment.total;
    result.totals.on_account  = payment.on_account;
    result.totals.item_amount = -(settled + payment.on_account);
    result.totals.item_book   = converter(tx, payment)(result.totals.item_amount);
    return result;
}

struct Roles {
    const char *discount, *write_off, *tax;
};

Roles roles_of(ItemSide side) {
    if (side == ItemSide::payable) return {"financials.discount_taken", "financials.write_off", "financials.input_tax"};
    return {"financials.discount_granted", "financials.bad_debt", "financials.output_tax"};
}

Line foreign(Line line, Money amount) {
    line.currency       = amount.currency();
    line.foreign_amount = amount;
    return line;
}

Line bank_line(const PaymentFacts& payment, Money debited) {
    auto line    = signed_line(payment.bank_account ? "" : "financials.bank", debited);
    line.account = payment.bank_account;
    return foreign(line, item_side::debited(payment.side, payment.total));
}

JournalEntry entry_of(const Transaction& tx, const PaymentFacts& payment, const Prepared& prepared) {
    const auto books   = books_of(prepared.paid, prepared.totals, converter(tx, payment));
    const auto roles   = roles_of(payment.side);
    const auto control = std::string(item_side::role_of(payment.side));
    const auto debited = [&](Money amount) { return item_side::debited(payment.side, amount); };
    return {.date    = payment.date,
            .journal = payment.side == ItemSide::payable ? "payments" : "receipts",
            .memo    = payment.memo,
            .source  = payment.source,
            .lines   = {foreign(signed_line(control, debited(-books.control), payment.party), debited(prepared.totals.item_amount)),
                        bank_line(payment, debited(books.bank)), signed_line(roles.discount, debited(books.discount)),
                        signed_line(roles.write_off, debited(books.write_off)), signed_line(roles.tax, debited(books.tax)),
                        signed_line("financials.bank_fees", debited(books.bank_fee)),
                        signed_line("financials.exchange_difference", debited(-books.exchange_difference))}};
}

// The payment's own item carries what it settles; what is paid on account stays open on it. Credits that make up for
// the invoices to the cent leave none.
std::optional<OpenItem> open_item(Transaction& tx, const PaymentFacts& payment, const PaymentTotals& totals) {
    const auto id = tx.service<OpenItems>().open(tx, {.side          = payment.side,
                                                      .party         = payment.party,
                                                      .kind          = ItemKind::payment,
                                                      .document      = payment.number,
                                                      .reference     = payment.reference,
                                                      .date          = payment.date,
                                                      .due_on        = payment.date,
                                                      .book_amount   = totals.item_book,
                                                      .currency      = payment.currency,
                                                      .amount        = totals.item_amount,
                                                      .source_entity = payment.source.entity,
                                                      .source_id     = payment.source.id});
    if (!id) return std::nullopt;
    return tx.service<OpenItems>().item(tx, id);
}

// The first item of the payment: those that cancel it come later.
std::optional<OpenItem> own_item(const Transaction& tx, const PaymentFacts& payment) {
    return tx.service<OpenItems>().of_source(tx, payment.source);
}

// Each of these gives how much less the books have of the side by it; negative: more.

Money undo_pairs(Transaction& tx, const PaymentFacts& payment, Date date) {
    auto& items    = tx.service<OpenItems>();
    auto  released = tx.books().zero();
    for (const auto& pair : pair_credits(settled_by(payment)).pairs) {
        const auto invoice = items.item(tx, payment.lines[pair.invoice].item), credit = items.item(tx, payment.lines[pair.credit].item);
        check_settlement(invoice, credit, -pair.amount);
        released += settle_items(tx, invoice, credit, -pair.amount, date);
    }
    return released;
}

Money undo_settlements(Transaction& tx, const PaymentFacts& payment, const OpenItem& own, Date date) {
    auto       released = tx.books().zero();
    const auto rest     = pair_credits(settled_by(payment)).rest;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i].is_zero()) continue;
        const auto item = tx.service<OpenItems>().item(tx, payment.lines[i].item);
        check_settlement(item, tx.service<OpenItems>().item(tx, own.id), -rest[i]);
        released += settle_items(tx, item, own, -rest[i], date);
    }
    return released;
}

// The payment's own item is settled by its opposite, dated the day of the reversal.
Money cancel_item(Transaction& tx, const OpenItem& own, Date date) {
    auto counter = own;
    counter.date = counter.due_on = date;
    counter.amount                = -own.amount;
    counter.book_amount           = -own.book_amount;
    counter.held_amount           = {};
    counter.id                    = tx.service<OpenItems>().open(tx, counter);
    return settle_items(tx, counter, own, counter.amount, date) - counter.book_amount;
}

// How much less of the side the ledger has by an entry.
Money released_by(const Transaction& tx, ItemSide side, Id<PostedEntry> entry) {
    const auto posted = tx.value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account
        WHERE l.entry = :entry AND a.control = :control)sql",
                                        entry, item_side::control_of(side));
    return -item_side::grown(side, posted.value_or(tx.books().zero()));
}

}  // namespace payment_settling

Id<PostedEntry> post_payment(Transaction& tx, const PaymentFacts& payment) {
    const auto  prepared = payment_settling::prepare(tx, payment);
    const auto  pairing  = pair_credits(payment_settling::settled_by(payment));
    const auto  entry    = tx.service<Ledger>().post(tx, payment_settling::entry_of(tx, payment, prepared));
    const auto  own      = payment_settling::open_item(tx, payment, prepared.totals);
    const auto& items    = prepared.items;
    for (const auto& pair : pairing.pairs) settle_items(tx, items[pair.invoice], items[pair.credit], pair.amount, payment.date);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (!pairing.rest[i].is_zero()) settle_items(tx, items[i], *own, pairing.rest[i], payment.date);
    return entry;
}

void undo_payment(Transaction& tx, const PaymentFacts& payment, Id<PostedEntry> entry, Date date, const std::string& reason) {
    const auto own = payment_settling::own_item(tx, payment);
    if (own) check_unused(payment, *own);
    auto posted = tx.books().zero();
    if (entry) posted = payment_settling::released_by(tx, payment.side, tx.service<Ledger>().reverse(tx, entry, date, reason));
    auto released = payment_settling::undo_pairs(tx, payment, date);
    if (own) {
        released += payment_settling::undo_settlements(tx, payment, *own, date);
        released += payment_settling::cancel_item(tx, *own, date);
    }
    post_exchange_difference(tx, payment.side, payment.party, released - posted, date,
                             fmt::format("Rounding of the reversal of {}", payment.number), payment.source);
}

}  // namespace financials
