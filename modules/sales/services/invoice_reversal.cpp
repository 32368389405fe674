#include "services/commission.h"
#include "services/cost_recognition.h"
#include "services/deferring.h"
#include "services/invoicing.h"
#include "services/orders_at_work.h"

namespace sales {

using financials::Ledger;
using financials::OpenItems;
using tessera::Refused;
using tessera::Transaction;

namespace invoice_reversal {

void free_corrected(Transaction& tx, const Invoice& note) {
    if (!note.corrects || !note.open_item) return;
    const auto corrected = tx.load(note.corrects);
    const auto settled   = tx.value<std::int64_t>("SELECT sum(amount) FROM financials_settlement WHERE item = :item AND settled_by = :by", corrected.open_item, note.open_item);
    if (settled.value_or(0) != 0) tx.service<OpenItems>().settle(tx, corrected.open_item, note.open_item, Money{-*settled, note.currency}, note.reversed_on);
}

void check_unpaid(Transaction& tx, const Invoice& invoice) {
    if (!invoice.open_item) return;
    const auto item = tx.service<OpenItems>().item(tx, invoice.open_item);
    if (item.open_amount == item.amount) return;
    throw Refused("sales.invoice_is_paid", "To reverse {}, reverse its payments and credits first: {} of {} is settled.", invoice.number, item.amount - item.open_amount, item.amount);
}

void close_item(Transaction& tx, const Invoice& invoice) {
    if (!invoice.open_item) return;
    auto& items   = tx.service<OpenItems>();
    auto  counter = items.item(tx, invoice.open_item);
    counter.date = counter.due_on = invoice.reversed_on;
    counter.amount                = -counter.amount;
    counter.book_amount           = -counter.book_amount;
    counter.discount = counter.tolerance = {};
    counter.discount_until = counter.discount_grace_until = {};
    const auto whole = -counter.amount;
    items.settle(tx, invoice.open_item, items.open(tx, counter), whole, invoice.reversed_on);
}

void unbill(Transaction& tx, const Invoice& invoice, OrdersAtWork& orders) {
    for (const auto& line : invoice.lines) {
        if (!line.order_line) continue;
        auto [order, ordered] = orders.find(tx, line.order_line, line.sales_order);
        ordered.billed -= line.amount;
        if (!line.milestone) {
            ordered.invoiced -= line.quantity;
            continue;
        }
        auto milestone    = tx.load(line.milestone);
        milestone.state   = MilestoneState::reached;
        milestone.invoice = {};
        tx.save(milestone);
    }
}

}  // namespace invoice_reversal

void reverse_invoice(Transaction& tx, Invoice& invoice, Date on, const std::string& reason) {
    invoice.reversed_on = tx.service<Ledger>().reversal_date(tx, invoice.date, on);
    invoice_reversal::free_corrected(tx, invoice);
    invoice_reversal::check_unpaid(tx, invoice);
    OrdersAtWork orders;
    invoice_reversal::unbill(tx, invoice, orders);
    tx.because(reason);
    if (invoice.entry) tx.service<Ledger>().reverse(tx, invoice.entry, invoice.reversed_on, reason);
    invoice_reversal::close_item(tx, invoice);
    orders.save(tx);
    recognise_cost(tx, orders, invoice.reversed_on, tx.source_of(invoice), "Cost of " + invoice.number);
    cancel_deferrals(tx, invoice);
    follow_commission(tx, invoice, invoice.reversed_on);
}

}  // namespace sales
