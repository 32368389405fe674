// Reversing an invoice undoes what its rows say it did, line by line; the amounts of freight, charges and tax follow
// from the document again. The open item is closed by its counterpart.
#include "services/invoice_amounts.h"
#include "services/invoicing.h"
#include "services/match_allocations.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "services/received_not_invoiced.h"
#include "services/roles.h"

#include <algorithm>
#include <set>

namespace purchasing {

using financials::JournalEntry;
using financials::Ledger;
using financials::OpenItems;
using inventory::Stock;
using tessera::Refused;
using tessera::Transaction;

namespace invoice_reversal {

struct Cleared {
    Quantity quantity{};
    Money    amount{};
    Money    price_variance{};
    Money    exchange_difference{};
};
struct Placed {
    Id<inventory::QuantityEntry> stock_entry{};
    Money                        cost{};
};

// What has been credited so far, and for which order lines a note's costs are undone already.
struct Undoing {
    JournalEntry            entry{};
    OrdersAtWork            orders{};
    Money                   undone{};
    std::set<Id<OrderLine>> costs_undone{};

    void credit(const char* role, Money amount) { entry.lines.push_back(financials::signed_line(role, -amount)); }
};

void check(Transaction& tx, const VendorInvoice& invoice) {
    const auto charged = tx.value<std::string>(R"sql(
        SELECT c.number FROM purchasing_landed_cost c JOIN purchasing_vendor_invoice_line l ON l.id = c.invoice_line
         WHERE l.document = :invoice AND c.state = 'posted' LIMIT 1)sql",
                                               invoice.id);
    if (charged)
        throw Refused("purchasing.charge_is_distributed", "To reverse {}, cancel the landed cost {} first.",
                      invoice.number, *charged);
    if (!invoice.open_item) return;
    const auto item = tx.service<OpenItems>().item(tx, invoice.open_item);
    if (item.open_amount == item.amount) return;
    throw Refused("purchasing.invoice_is_paid",
                  "To reverse {}, reverse its payments and credits first: {} of {} is settled.", invoice.number,
                  item.amount - item.open_amount, item.amount);
}

// What the note settled by itself is undone by itself.
void free_corrected(Transaction& tx, const VendorInvoice& note) {
    if (!note.corrects || !note.open_item) return;
    const auto corrected = tx.load(note.corrects);
    const auto settled =
        tx.value<std::int64_t>("SELECT sum(amount) FROM financials_settlement WHERE item = :item AND settled_by = :by",
                               corrected.open_item, note.open_item);
    if (settled.value_or(0) != 0)
        tx.service<OpenItems>().settle(tx, corrected.open_item, note.open_item, Money{-*settled, note.currency},
                                       note.date);
}

Money undo_costs(Transaction& tx, const VendorInvoice& invoice, const VendorInvoiceLine& billed, const Order& order,
                 const OrderLine& line, Undoing& undoing) {
    Money      sum  = tx.books().zero();
    const bool note = billed.quantity.is_negative();
    if (!line.stocked || (note && !undoing.costs_undone.insert(line.id).second)) return sum;
    const auto placed = tx.rows<Placed>(R"sql(
        SELECT r.stock_entry, sum(a.cost)
          FROM purchasing_match_allocation a JOIN purchasing_goods_receipt_line r ON r.id = a.receipt_line
         WHERE a.purchase_order = :purchase_order AND a.order_line = :order_line AND a.source_entity = :entity
                AND a.source_id = :invoice
           AND (a.invoice_line = :invoice_line OR :note = 1)
         GROUP BY r.stock_entry HAVING sum(a.cost) <> 0)sql",
                                        order.id, line.id, undoing.entry.source.entity, invoice.id, billed.id, note);
    for (const auto& one : placed) {
        sum += one.cost;
        tx.service<Stock>().add_cost(tx,
                                     {.entry         = one.stock_entry,
                                      .amount        = -one.cost,
                                      .date          = undoing.entry.date,
                                      .counter_role  = roles::received_not_invoiced,
                                      .variance_role = roles::price_variance,
                                      .source        = tx.source_of(invoice, billed.id.value)},
                                     undoing.entry);
    }
    return sum;
}

Cleared cleared_by(const Transaction& tx, const Order& order, const VendorInvoice& invoice,
                   const VendorInvoiceLine& billed, const JournalEntry& entry) {
    return tx
        .row<Cleared>(R"sql(
        SELECT quantity, amount, price_variance, exchange_difference FROM purchasing_clearing_entry
         WHERE purchase_order = :purchase_order AND source_entity = :entity AND source_id = :invoice
                AND source_line = :line ORDER BY id LIMIT 1)sql",
                      order.id, entry.source.entity, invoice.id, billed.id)
        .value_or(Cleared{});
}

void undo_line(Transaction& tx, const VendorInvoice& invoice, const VendorInvoiceLine& billed, Undoing& undoing) {
    auto [order, line]  = undoing.orders.find(tx, billed.order_line);
    const auto done     = cleared_by(tx, order, invoice, billed, undoing.entry);
    auto       back     = -done.amount;
    auto       variance = done.price_variance;
    auto       exchange = done.exchange_difference;
    if (order.currency != tx.books().currency) {
        back = worth_of_undoing(tx, order, line, -done.quantity, -done.amount);
        exchange -= done.amount + back;
    } else if (!done.quantity.is_zero()) {
        // A rounding that falls otherwise today stays with the variance.
        back = -worth_of_invoice(tx, order, line, done.quantity, undoing.entry.date);
        variance -= done.amount + back;
    }
    const auto costs = undo_costs(tx, invoice, billed, order, line, undoing);
    undoing.credit(roles::received_not_invoiced, back + costs);
    undoing.credit(line.stocked ? roles::price_variance : roles::expense, variance);
    undoing.credit(roles::exchange_difference, exchange);
    undoing.undone += back + costs + variance + exchange;
    line.invoiced += done.quantity;
    record(tx, {.purchase_order      = order.id,
                .order_line          = line.id,
                .kind                = ClearingKind::invoice,
                .date                = undoing.entry.date,
                .quantity            = -done.quantity,
                .amount              = back,
                .price_variance      = -variance,
                .exchange_difference = -exchange,
                .source_entity       = undoing.entry.source.entity,
                .source_id           = invoice.id.value,
                .source_line         = billed.id.value});
}

void undo_other(const VendorInvoiceLine& billed, Money booked, Undoing& undoing) {
    undoing.undone += booked;
    if (!billed.account)
        return undoing.credit(billed.kind == InvoiceLineKind::freight ? roles::freight : roles::landed_cost_clearing,
                              booked);
    auto line    = financials::signed_line("", -booked);
    line.account = billed.account;
    undoing.entry.lines.push_back(std::move(line));
}

void undo_amounts(Transaction& tx, const VendorInvoice& invoice, Undoing& undoing) {
    const auto booked = booked_amounts(tx, invoice);
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        if (is_of_goods(invoice.lines[i]))
            undo_line(tx, invoice, invoice.lines[i], undoing);
        else
            undo_other(invoice.lines[i], booked.lines[i], undoing);
    }
    undoing.credit(roles::freight, booked.freight);
    undoing.credit(roles::input_tax, booked.deductible_tax);
    undoing.credit(roles::rounding, invoice.book_total - undoing.undone - booked.freight - booked.deductible_tax);
    auto owed = financials::signed_line(roles::payable, invoice.book_total, invoice.supplier);
    if (invoice.currency != tx.books().currency) {
        owed.currency       = invoice.currency;
        owed.foreign_amount = invoice.total;
    }
    undoing.entry.lines.push_back(std::move(owed));
}

void end_holds(Transaction& tx, const VendorInvoice& invoice, Date on) {
    for (auto& hold : tx.select<MatchHold>("invoice = :invoice AND state = 'held' ORDER BY id", invoice.id)) {
        hold.state    = HoldState::cleared;
        hold.ended_on = on;
        tx.save(hold);
        record(tx, hold, on);
    }
}

void close_item(Transaction& tx, const VendorInvoice& invoice, Date on) {
    if (!invoice.open_item) return;
    auto& items = tx.service<OpenItems>();
    auto  item  = items.item(tx, invoice.open_item);
    if (!item.held_amount.is_zero()) items.hold(tx, item.id, Money{0, invoice.currency});
    auto counter   = item;
    counter.id     = {};
    counter.kind   = invoice.total.is_negative() ? financials::ItemKind::invoice : financials::ItemKind::credit_note;
    counter.date   = on;
    counter.due_on = on;
    counter.amount = -invoice.total;
    counter.book_amount     = -invoice.book_total;
    counter.held_amount     = Money{0, invoice.currency};
    const auto counter_item = items.open(tx, counter);
    if (invoice.total.is_negative())
        items.settle(tx, counter_item, item.id, -invoice.total, on);
    else
        items.settle(tx, item.id, counter_item, invoice.total, on);
}

}  // namespace invoice_reversal

void reverse_invoice(Transaction& tx, VendorInvoice& invoice, Date on, const std::string& reason) {
    namespace rules = invoice_reversal;
    rules::free_corrected(tx, invoice);
    rules::check(tx, invoice);
    invoice.reversed_on = tx.service<financials::Ledger>().reversal_date(tx, invoice.date, on);
    rules::Undoing undoing;
    undoing.entry = {
        .date    = invoice.reversed_on,
        .journal = "purchases",
        .memo    = fmt::format("Reversal of vendor invoice {}{}{}", invoice.number, reason.empty() ? "" : ": ", reason),
        .source  = tx.source_of(invoice)};
    rules::undo_amounts(tx, invoice, undoing);
    rules::end_holds(tx, invoice, invoice.reversed_on);
    invoice.held = Money{0, invoice.currency};
    for (const auto& order : undoing.orders.all()) {
        const AllocationCause cause{
            .date = invoice.reversed_on, .source = undoing.entry.source, .removed_invoice = invoice.id};
        write_allocations(tx, *order, plan_allocations(tx, *order, cause), cause);
        judge_order(tx, *order, {.on = invoice.reversed_on, .removed_invoice = invoice.id});
    }
    tx.because(reason);
    tx.service<Ledger>().post(tx, undoing.entry);
    rules::close_item(tx, invoice, invoice.reversed_on);
    undoing.orders.save(tx);
    if (invoice.corrects) refresh_held(tx, invoice.corrects);
}

}  // namespace purchasing
