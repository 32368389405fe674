#include "services/receiving.h"

#include <purchasing/events.h>

#include "services/locations.h"
#include "services/match_allocations.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "services/received_not_invoiced.h"
#include "services/roles.h"
#include "services/tolerance.h"

#include <algorithm>

namespace purchasing {

using financials::JournalEntry;
using financials::Ledger;
using inventory::Stock;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace receiving {

void check_order(const GoodsReceipt& receipt, const Order& order) {
    if (order.state == OrderState::draft || order.state == OrderState::closed || order.state == OrderState::cancelled)
        throw Refused("purchasing.order_not_open", "To receive on {}, {}.",
                      order.number.empty() ? "a draft order" : order.number,
                      order.state == OrderState::draft    ? "approve it first"
                      : order.state == OrderState::closed ? "reopen it: it is closed"
                                                          : "choose another order: it is cancelled");
    if (receipt.supplier && order.supplier != receipt.supplier)
        throw Refused("purchasing.supplier_differs",
                      "To receive {} on this receipt, give it a receipt of its own: it is from another supplier.",
                      order.number);
}

void check_quantity(const GoodsReceiptLine& received, const Order& order, const OrderLine& line) {
    if (received.rejected > received.quantity)
        throw Refused("purchasing.rejects_too_much", "To receive {}, reject at most the {} that came, not {}.",
                      name_of_line(order, line), received.quantity, received.rejected);
    const auto limit = upper_limit(policy_of(line.match_policy).quantity_above, line.quantity);
    if (!limit || line.accepted() + received.quantity <= *limit) return;
    throw Refused("purchasing.receives_too_much",
                  "To receive {} of {}, order more: {} were ordered, {} are accepted already.", received.quantity,
                  name_of_line(order, line), line.quantity, line.accepted());
}

void into_stock(Transaction& tx, const GoodsReceipt& receipt, GoodsReceiptLine& received, const OrderLine& line,
                JournalEntry& entry) {
    auto&      stock    = tx.service<Stock>();
    const auto accepted = received.quantity - received.rejected;
    const auto rejected_value =
        received.rejected.is_zero() ? Money{} : tessera::share(received.value, received.rejected, received.quantity);
    const auto receive = [&](Quantity quantity, Id<inventory::Location> location, Money cost) {
        if (quantity.is_zero()) return Id<inventory::QuantityEntry>{};
        return stock
            .receive(tx,
                     {.product       = received.product,
                      .location      = location,
                      .quantity      = in_stock_unit(tx, line, quantity),
                      .date          = receipt.date,
                      .cost          = cost,
                      .counter_role  = roles::received_not_invoiced,
                      .variance_role = roles::price_variance,
                      .source        = tx.source_of(receipt, received.id.value)},
                     entry)
            .entry;
    };
    received.stock_entry    = receive(accepted, received.location, received.value - rejected_value);
    received.rejected_entry = receive(received.rejected, received.quarantine, rejected_value);
}

void choose_locations(const Transaction& tx, GoodsReceiptLine& received, const Order& order) {
    if (!received.location) received.location = order.location;
    if (!received.location) received.location = default_location(tx);
    if (!received.rejected.is_zero() && !received.quarantine)
        received.quarantine = quarantine_for(tx, received.location);
}

// True when goods were invoiced that only come now.
bool receive_line(Transaction& tx, const GoodsReceipt& receipt, GoodsReceiptLine& received, OrdersAtWork::Place place,
                  JournalEntry& entry) {
    auto& [order, line] = place;
    check_order(receipt, order);
    check_quantity(received, order, line);
    received.product        = line.product;
    received.purchase_order = order.id;
    received.value          = worth_of_goods(tx, order, line, received.quantity, receipt.date);
    if (line.stocked) {
        choose_locations(tx, received, order);
        into_stock(tx, receipt, received, line, entry);
    } else {
        entry.lines.push_back(financials::signed_line(roles::expense, received.value));
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, -received.value));
    }
    const bool waited_for = line.invoiced > line.accepted();
    line.received += received.quantity;
    line.rejected += received.rejected;
    record(tx, {.purchase_order = order.id,
                .order_line     = line.id,
                .kind           = ClearingKind::receipt,
                .date           = receipt.date,
                .quantity       = received.quantity,
                .amount         = received.value,
                .source_entity  = entry.source.entity,
                .source_id      = receipt.id.value,
                .source_line    = received.id.value});
    return waited_for;
}

void match_waiting(Transaction& tx, const GoodsReceipt& receipt, const Order& order, const JournalEntry& entry) {
    const AllocationCause cause{.date = receipt.date, .source = entry.source, .receipt = receipt.id};
    write_allocations(tx, order, plan_allocations(tx, order, cause), cause);
    judge_order(tx, order, {.on = receipt.date});
}

void check_reversible(const Transaction& tx, const GoodsReceipt& receipt) {
    for (const auto& line : receipt.lines) {
        if (!line.returned.is_zero())
            throw Refused("purchasing.receipt_is_returned", "To reverse {}, reverse the supplier return of {} first.",
                          receipt.number, tx.label_of(line.product));
        if (!line.matched.is_zero())
            throw Refused("purchasing.receipt_is_matched",
                          "To reverse {}, reverse the vendor invoice of {} first: {} of it are invoiced.",
                          receipt.number, tx.label_of(line.product), line.matched);
    }
    const auto cost = tx.value<std::string>(R"sql(
        SELECT c.number FROM purchasing_landed_cost_line l JOIN purchasing_landed_cost c ON c.id = l.document
          JOIN purchasing_goods_receipt_line r ON r.id = l.receipt_line
         WHERE r.document = :receipt AND c.state = 'posted' LIMIT 1)sql",
                                            receipt.id);
    if (cost)
        throw Refused("purchasing.receipt_bears_cost", "To reverse {}, cancel the landed cost {} first.",
                      receipt.number, *cost);
}

void take_out(Transaction& tx, const GoodsReceipt& receipt, const GoodsReceiptLine& received, Money whole,
              JournalEntry& entry) {
    const auto rejected_value =
        received.rejected.is_zero() ? tx.books().zero() : tessera::share(whole, received.rejected, received.quantity);
    const auto undo = [&](Id<inventory::QuantityEntry> goods, Money value) {
        if (!goods) return;
        tx.service<Stock>().reverse(tx,
                                    {.entry         = goods,
                                     .date          = receipt.reversed_on,
                                     .value         = value,
                                     .variance_role = roles::price_variance,
                                     .source        = tx.source_of(receipt, received.id.value)},
                                    entry);
    };
    undo(received.stock_entry, whole - rejected_value);
    undo(received.rejected_entry, rejected_value);
}

void reverse_line(Transaction& tx, const GoodsReceipt& receipt, const GoodsReceiptLine& received,
                  OrdersAtWork::Place place, JournalEntry& entry) {
    auto& [order, line] = place;
    // In the books' currency the account follows the quantities, whatever the order of the roundings.
    const auto value = order.currency == tx.books().currency
                           ? -worth_of_goods(tx, order, line, -received.quantity, receipt.reversed_on)
                           : received.value;
    if (line.stocked) {
        take_out(tx, receipt, received, value, entry);
    } else {
        entry.lines.push_back(financials::signed_line(roles::expense, -value));
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, value));
    }
    const auto amount =
        order.currency == tx.books().currency ? -value : worth_of_undoing(tx, order, line, -received.quantity, -value);
    const auto exchange = amount + value;
    if (!exchange.is_zero()) {
        entry.lines.push_back(financials::signed_line(roles::exchange_difference, exchange));
        entry.lines.push_back(financials::signed_line(roles::received_not_invoiced, -exchange));
    }
    line.received -= received.quantity;
    line.rejected -= received.rejected;
    record(tx, {.purchase_order      = order.id,
                .order_line          = line.id,
                .kind                = ClearingKind::receipt,
                .date                = receipt.reversed_on,
                .quantity            = -received.quantity,
                .amount              = amount,
                .exchange_difference = exchange,
                .source_entity       = entry.source.entity,
                .source_id           = receipt.id.value,
                .source_line         = received.id.value});
}

}  // namespace receiving

void post_receipt(Transaction& tx, GoodsReceipt& receipt) {
    if (receipt.lines.empty())
        throw Refused("purchasing.nothing_to_receive", "To post a goods receipt, give it at least one line.");
    if (receipt.date.empty()) receipt.date = tx.today();
    receipt.number = tx.number("GR", receipt.date);
    JournalEntry              entry{.date    = receipt.date,
                                    .journal = "purchases",
                                    .memo    = "Goods receipt " + receipt.number,
                                    .source  = tx.source_of(receipt)};
    OrdersAtWork              orders;
    std::vector<const Order*> waited_for;
    for (auto& received : receipt.lines) {
        auto place = orders.find(tx, received.order_line, received.purchase_order);
        if (receiving::receive_line(tx, receipt, received, place, entry) &&
            std::ranges::find(waited_for, &place.order) == waited_for.end())
            waited_for.push_back(&place.order);
        receipt.supplier = place.order.supplier;
    }
    for (const auto* order : waited_for) receiving::match_waiting(tx, receipt, *order, entry);
    tx.service<Ledger>().post(tx, entry);
    orders.save(tx);
    tx.publish(GoodsReceived{receipt.id, receipt.supplier, receipt.date});
}

void reverse_receipt(Transaction& tx, GoodsReceipt& receipt, Date on, const std::string& reason) {
    receiving::check_reversible(tx, receipt);
    receipt.reversed_on = tx.service<financials::Ledger>().reversal_date(tx, receipt.date, on);
    JournalEntry entry{
        .date    = receipt.reversed_on,
        .journal = "purchases",
        .memo    = fmt::format("Reversal of goods receipt {}{}{}", receipt.number, reason.empty() ? "" : ": ", reason),
        .source  = tx.source_of(receipt)};
    OrdersAtWork orders;
    for (const auto& received : receipt.lines)
        receiving::reverse_line(tx, receipt, received, orders.find(tx, received.order_line, received.purchase_order), entry);
    tx.because(reason);
    tx.service<Ledger>().post(tx, entry);
    for (const auto& order : orders.all()) judge_order(tx, *order, {.on = receipt.reversed_on});
    orders.save(tx);
}

GoodsReceipt receipt_of_everything(Transaction&, const Order& order, Date on) {
    GoodsReceipt receipt{.supplier = order.supplier, .purchase_order = order.id, .date = on};
    for (const auto& line : order.lines)
        if (line.accepted() < line.quantity)
            receipt.lines.push_back({.order_line = line.id, .quantity = line.quantity - line.accepted()});
    if (receipt.lines.empty())
        throw Refused("purchasing.nothing_to_receive", "To receive {}, order more: everything on it has been received.",
                      order.number);
    return receipt;
}

}  // namespace purchasing
