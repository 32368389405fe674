#include "services/returning.h"

#include <purchasing/events.h>

#include "services/match_allocations.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "services/received_not_invoiced.h"
#include "services/roles.h"

#include <algorithm>

namespace purchasing {

using financials::JournalEntry;
using financials::Ledger;
using inventory::Stock;
using tessera::Refused;
using tessera::Transaction;

namespace returning {

void check(const Transaction& tx, const SupplierReturn& document, const SupplierReturnLine& line,
           const GoodsReceiptLine& received, const GoodsReceipt& receipt) {
    if (receipt.state != PostingState::posted)
        throw Refused("purchasing.receipt_not_posted", "To return goods of {}, post the receipt first.",
                      receipt.number.empty() ? "a draft receipt" : receipt.number);
    if (document.supplier && receipt.supplier != document.supplier)
        throw Refused("purchasing.supplier_differs",
                      "To return goods of {}, give them a return of their own: they are from another supplier.",
                      receipt.number);
    const auto left = received.quantity - received.returned;
    if (line.quantity > left)
        throw Refused("purchasing.returns_too_much",
                      "To return {} of {} from {}, return at most {}: the rest is back already.", line.quantity,
                      tx.label_of(received.product), receipt.number, left);
}

// Rejected goods wait in quarantine to be sent back: they go first.
Quantity still_rejected(const GoodsReceiptLine& received) {
    return received.rejected - (received.returned - received.returned_accepted);
}

// Exactly the goods of the receipt; when they were issued in place of others, as many of what lies there.
Id<inventory::QuantityEntry> take(Transaction& tx, const SupplierReturn& document, const SupplierReturnLine& line,
                                  const OrderLine& ordered, Quantity ordered_quantity, Id<inventory::Location> location,
                                  Id<inventory::QuantityEntry> from, Money value, JournalEntry& entry) {
    if (ordered_quantity.is_zero()) return {};
    auto&      stock    = tx.service<Stock>();
    const auto quantity = in_stock_unit(tx, ordered, ordered_quantity);
    return stock
        .issue(tx,
               {.product       = line.product,
                .location      = location,
                .quantity      = quantity,
                .date          = document.date,
                .counter_role  = roles::received_not_invoiced,
                .source        = tx.source_of(document, line.id.value),
                .kind          = inventory::EntryKind::supplier_return,
                .from          = stock.remaining(tx, from) >= quantity ? from : Id<inventory::QuantityEntry>{},
                .value         = value,
                .variance_role = roles::price_variance},
               entry)
        .entry;
}

void out_of_stock(Transaction& tx, const SupplierReturn& document, SupplierReturnLine& line,
                  const GoodsReceiptLine& received, const OrderLine& ordered, JournalEntry& entry) {
    const auto from_rejected  = line.quantity - line.from_accepted;
    const auto rejected_value = tessera::share(line.value, from_rejected, line.quantity);
    if (!line.location) line.location = received.location;
    line.rejected_entry = take(tx, document, line, ordered, from_rejected, received.quarantine, received.rejected_entry,
                               rejected_value, entry);
    line.stock_entry    = take(tx, document, line, ordered, line.from_accepted, line.location, received.stock_entry,
                               line.value - rejected_value, entry);
}

void move_counters(Transaction& tx, const SupplierReturnLine& line, OrderLine& ordered, int sign) {
    const auto signed_quantity = [&](Quantity q) { return sign > 0 ? q : -q; };
    ordered.returned += signed_quantity(line.quantity);
    ordered.rejected += signed_quantity(line.from_accepted);
    tx.execute(R"sql(
        UPDATE purchasing_goods_receipt_line SET returned = returned + :quantity,
               returned_accepted = returned_accepted + :accepted WHERE id = :receipt_line)sql",
               signed_quantity(line.quantity), signed_quantity(line.from_accepted), line.receipt_line);
}

ClearingEntry clearing_of(const Transaction& tx, const SupplierReturn& document, const SupplierReturnLine& line,
                          Date on) {
    return {.purchase_order = line.purchase_order,
            .order_line     = line.order_line,
            .kind           = ClearingKind::supplier_return,
            .date           = on,
            .quantity       = -line.quantity,
            .amount         = -line.value,
            .source_entity  = std::string(tx.entity_name(typeid(SupplierReturn))),
            .source_id      = document.id.value,
            .source_line    = line.id.value};
}

void return_line(Transaction& tx, SupplierReturn& document, SupplierReturnLine& line, OrdersAtWork& orders,
                 JournalEntry& entry) {
    const auto received = tx.first<GoodsReceiptLine>("id = :line", line.receipt_line);
    if (!received)
        throw Refused("kernel.not_found", "To return goods, choose a receipt line that exists.").with_status(404);
    const auto receipt = tx.load(received->document);
    check(tx, document, line, *received, receipt);
    document.supplier     = receipt.supplier;
    auto [order, ordered] = orders.find(tx, received->order_line);
    line.order_line       = ordered.id;
    line.purchase_order   = order.id;
    line.product          = received->product;
    line.from_accepted    = line.quantity - std::min(line.quantity, still_rejected(*received));
    line.value            = -worth_of_goods(tx, order, ordered, -line.quantity, document.date,
                                            [&](Quantity q) { return tessera::share(received->value, q, received->quantity); });
    if (ordered.stocked) {
        out_of_stock(tx, document, line, *received, ordered, entry);
    } else {
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, line.value));
        entry.lines.push_back(financials::signed_line(roles::expense, -line.value));
    }
    move_counters(tx, line, ordered, +1);
    record(tx, clearing_of(tx, document, line, document.date));
}

void follow(Transaction& tx, OrdersAtWork& orders, const AllocationCause& cause) {
    for (const auto& order : orders.all()) {
        write_allocations(tx, *order, plan_allocations(tx, *order, cause), cause);
        judge_order(tx, *order, {.on = cause.date});
    }
    orders.save(tx);
}

void put_back(Transaction& tx, const SupplierReturn& document, const SupplierReturnLine& line, Money value,
              JournalEntry& entry) {
    const auto rejected_value = tessera::share(value, line.quantity - line.from_accepted, line.quantity);
    const auto undo           = [&](Id<inventory::QuantityEntry> goods, Money worth) {
        if (!goods) return;
        tx.service<Stock>().reverse(tx,
                                              {.entry         = goods,
                                               .date          = document.reversed_on,
                                               .value         = worth,
                                               .variance_role = roles::price_variance,
                                               .source        = tx.source_of(document, line.id.value)},
                                              entry);
    };
    undo(line.rejected_entry, rejected_value);
    undo(line.stock_entry, value - rejected_value);
}

void reverse_line(Transaction& tx, const SupplierReturn& document, const SupplierReturnLine& line,
                  OrdersAtWork::Place place, JournalEntry& entry) {
    auto& [order, ordered] = place;
    const auto value       = order.currency == tx.books().currency
                                 ? worth_of_goods(tx, order, ordered, line.quantity, document.reversed_on)
                                 : line.value;
    if (ordered.stocked) {
        put_back(tx, document, line, value, entry);
    } else {
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, -value));
        entry.lines.push_back(financials::signed_line(roles::expense, value));
    }
    auto back     = clearing_of(tx, document, line, document.reversed_on);
    back.quantity = line.quantity;
    back.amount =
        order.currency == tx.books().currency ? value : worth_of_undoing(tx, order, ordered, line.quantity, value);
    back.exchange_difference = back.amount - value;
    if (!back.exchange_difference.is_zero()) {
        entry.lines.push_back(financials::signed_line(roles::exchange_difference, back.exchange_difference));
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, -back.exchange_difference));
    }
    move_counters(tx, line, ordered, -1);
    record(tx, back);
}

}  // namespace returning

void post_return(Transaction& tx, SupplierReturn& document) {
    if (document.lines.empty())
        throw Refused("purchasing.nothing_to_return", "To post a supplier return, give it at least one line.");
    if (document.date.empty()) document.date = tx.today();
    document.number = tx.number("SR", document.date);
    JournalEntry entry{.date    = document.date,
                       .journal = "purchases",
                       .memo    = "Supplier return " + document.number,
                       .source  = tx.source_of(document)};
    OrdersAtWork orders;
    for (auto& line : document.lines) returning::return_line(tx, document, line, orders, entry);
    tx.service<Ledger>().post(tx, entry);
    returning::follow(tx, orders, {.date = document.date, .source = entry.source});
    tx.publish(GoodsReturned{document.id, document.supplier, document.date});
}

void reverse_return(Transaction& tx, SupplierReturn& document, Date on, const std::string& reason) {
    const auto note = tx.value<std::string>(
        "SELECT number FROM purchasing_vendor_invoice WHERE supplier_return = :document AND state = 'posted' LIMIT 1",
        document.id);
    if (note)
        throw Refused("purchasing.return_is_debited", "To reverse {}, reverse the debit note {} first.",
                      document.number, *note);
    document.reversed_on = tx.service<financials::Ledger>().reversal_date(tx, document.date, on);
    JournalEntry entry{
        .date    = document.reversed_on,
        .journal = "purchases",
        .memo = fmt::format("Reversal of supplier return {}{}{}", document.number, reason.empty() ? "" : ": ", reason),
        .source = tx.source_of(document)};
    OrdersAtWork orders;
    for (const auto& line : document.lines)
        returning::reverse_line(tx, document, line, orders.find(tx, line.order_line), entry);
    tx.because(reason);
    tx.service<Ledger>().post(tx, entry);
    returning::follow(tx, orders,
                      {.date = document.reversed_on, .source = entry.source, .removed_return = document.id});
}

namespace returning {

struct Invoiced {
    Id<VendorInvoice>       invoice{};
    UnitPrice               price{};
    Id<financials::TaxCode> tax_code{};
};

}  // namespace returning

VendorInvoice debit_note_for(Transaction& tx, const SupplierReturn& document, Date on) {
    VendorInvoice note{.kind            = InvoiceKind::debit_note,
                       .supplier        = document.supplier,
                       .date            = on.empty() ? tx.today() : on,
                       .supplier_return = document.id};
    OrdersAtWork  orders;
    for (const auto& line : document.lines) {
        auto [order, ordered] = orders.find(tx, line.order_line);
        const auto too_much   = std::min(line.quantity, ordered.invoiced - ordered.accepted());
        if (too_much <= Quantity{}) continue;
        const auto invoiced = tx.row<returning::Invoiced>(R"sql(
            SELECT l.document, l.price, l.tax_code FROM purchasing_vendor_invoice_line l
                   JOIN purchasing_vendor_invoice d ON d.id = l.document
             WHERE l.purchase_order = :purchase_order AND l.order_line = :order_line AND l.kind = 'goods'
                    AND l.quantity > 0 AND d.state = 'posted'
             ORDER BY l.id DESC LIMIT 1)sql",
                                                          order.id, ordered.id);
        note.currency       = order.currency;
        if (invoiced) note.corrects = invoiced->invoice;
        note.lines.push_back({.order_line  = ordered.id,
                              .description = line.reason,
                              .quantity    = -too_much,
                              .price       = invoiced ? invoiced->price : ordered.price,
                              .tax_code    = invoiced ? invoiced->tax_code : ordered.tax_code});
    }
    if (note.lines.empty())
        throw Refused("purchasing.nothing_to_debit",
                      "To debit the supplier for {}, wait for the invoice: what was returned has not been invoiced.",
                      document.number);
    return note;
}

}  // namespace purchasing
