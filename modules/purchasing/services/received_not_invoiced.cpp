#include "services/received_not_invoiced.h"

#include "services/clearing.h"
#include "services/roles.h"

namespace purchasing {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace received_not_invoiced {

// What the command did to both sides, as credits of the account.
struct Tally {
    std::optional<Id<financials::Account>> account{};
    Money                                  recorded{};
    Money                                  posted{};
};

void compare(Transaction& tx) {
    const auto& tally = tx.scratch<Tally>();
    if (tally.recorded == tally.posted) return;
    throw Refused("purchasing.received_not_invoiced_differs",
                  "To post to the account of goods received and not invoiced, use receipts, returns and invoices: {} "
                  "was posted, {} follows from the order lines.",
                  tally.posted, tally.recorded);
}

Tally& tally_of(Transaction& tx) {
    tx.before_commit("purchasing.received_not_invoiced", compare);
    return tx.scratch<Tally>();
}

OpenClearing open_of(const Snapshot& tx, const Order& order, const OrderLine& line) {
    const auto amount = tx.value<Money>(R"sql(
        SELECT sum(amount) FROM purchasing_clearing_entry WHERE purchase_order = :purchase_order
               AND order_line = :order_line)sql",
                                        order.id, line.id);
    return {line.kept() - line.invoiced, amount.value_or(tx.books().zero())};
}

Money at_rate_of_the_day(const Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity, Date on) {
    const auto value = tessera::extend(quantity, line.price, order.currency);
    return tx.service<directory::ExchangeRates>().convert(tx, value, tx.books().currency, on);
}

}  // namespace received_not_invoiced

Money worth_of_goods(const Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity, Date on,
                     const std::function<Money(Quantity)>& fresh) {
    namespace rules = received_not_invoiced;
    if (order.currency == tx.books().currency)
        return step(line.kept(), line.kept() + quantity, line.price, order.currency);
    const auto move = clear(rules::open_of(tx, order, line), quantity);
    const auto rest = quantity.magnitude() - move.covered;
    if (rest.is_zero()) return move.covered_amount;
    const auto value = fresh ? fresh(rest) : rules::at_rate_of_the_day(tx, order, line, rest, on);
    return quantity.is_negative() ? move.covered_amount - value : move.covered_amount + value;
}

Money worth_of_invoice(const Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity, Date on,
                       Money taken) {
    namespace rules = received_not_invoiced;
    if (order.currency == tx.books().currency)
        return step(line.invoiced, line.invoiced + quantity, line.price, order.currency);
    auto open = rules::open_of(tx, order, line);
    open.amount -= taken;
    const auto move = clear(open, -quantity);
    const auto rest = quantity.magnitude() - move.covered;
    if (rest.is_zero()) return -move.covered_amount;
    const auto value = rules::at_rate_of_the_day(tx, order, line, rest, on);
    return quantity.is_negative() ? -move.covered_amount - value : value - move.covered_amount;
}

Money worth_of_undoing(const Snapshot& tx, const Order& order, const OrderLine& line, Quantity quantity, Money worth) {
    return undo(received_not_invoiced::open_of(tx, order, line), quantity, worth);
}

void record(Transaction& tx, ClearingEntry entry) {
    auto& tally = received_not_invoiced::tally_of(tx);
    tally.recorded += entry.amount;
    entry.recorded_at = tx.now();
    tx.insert(entry);
}

void compare_received_not_invoiced(Transaction& tx, const financials::EntryPosted& posted) {
    auto& tally = tx.scratch<received_not_invoiced::Tally>();
    if (!tally.account) {
        // Where no account is mapped nothing can be posted to it.
        try {
            tally.account = tx.service<financials::Ledger>().account_of(tx, roles::received_not_invoiced);
        } catch (const Refused&) {
            tally.account = Id<financials::Account>{};
        }
    }
    if (!*tally.account) return;
    for (const auto& line : posted.lines)
        if (line.account == *tally.account) received_not_invoiced::tally_of(tx).posted -= line.amount;
}

}  // namespace purchasing
