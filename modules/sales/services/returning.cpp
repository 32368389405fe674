#include "services/returning.h"

#include <sales/events.h>

#include "services/cost_recognition.h"
#include "services/line_price.h"
#include "services/orders_at_work.h"
#include "services/roles.h"

namespace sales {

using financials::JournalEntry;
using financials::Ledger;
using inventory::Stock;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace returning {

struct Left {                  // the line of the shipment as it stands
    Id<Shipment>                 shipment{};
    Id<OrderLine>                order_line{};
    Id<Order>                    sales_order{};
    Quantity                     quantity{}, returned{};
    Id<inventory::Location>      location{};
    Id<inventory::QuantityEntry> stock_entry{};
    std::string                  number{};
    ShipmentState                state = ShipmentState::draft;
    Id<directory::Party>         customer{};
};

Left left_of(const Snapshot& tx, Id<ShipmentLine> line) {
    const auto found = tx.row<Left>(R"sql(
        SELECT s.id, l.order_line, l.sales_order, l.quantity, l.returned, l.location, l.stock_entry, s.number, s.state, s.customer
          FROM sales_shipment_line l JOIN sales_shipment s ON s.id = l.document WHERE l.id = :line)sql",
                                    line);
    if (!found) throw Refused("kernel.not_found", "To return goods, choose a shipment line that exists; {} does not.", line).with_status(404);
    return *found;
}

void check(const Snapshot& tx, const CustomerReturn& document, const CustomerReturnLine& line, const Left& left) {
    if (left.state != ShipmentState::shipped)
        throw Refused("sales.shipment_not_shipped", "To return goods of {}, choose a shipment that has left.", left.number.empty() ? "a draft shipment" : left.number);
    if (document.customer && left.customer != document.customer)
        throw Refused("sales.customer_differs", "To return goods of {}, give them a return of their own: they went to another customer.", left.number);
    if (left.returned + line.quantity <= left.quantity) return;
    throw Refused("sales.returns_too_much", "To return {} of {} from {}, return at most {}: the rest is back already.", line.quantity, tx.label_of(line.product),
                  left.number, left.quantity - left.returned);
}

// What the goods of a shipment line cost by now.
Money cost_of(const Snapshot& tx, Id<inventory::QuantityEntry> entry) {
    return -tx.value<Money>("SELECT sum(amount) FROM inventory_value_entry WHERE entry = :entry", entry).value_or(tx.books().zero());
}

// What was returned before took its share; the last of it takes the rest.
Money cost_of_part(const Snapshot& tx, const Left& left, Quantity quantity) {
    const auto whole = cost_of(tx, left.stock_entry);
    return tessera::share(whole, left.returned + quantity, left.quantity) - tessera::share(whole, left.returned, left.quantity);
}

void into_stock(Transaction& tx, const CustomerReturn& document, CustomerReturnLine& line, const Left& left, const OrderLine& ordered, JournalEntry& entry) {
    if (!line.location) line.location = left.location;
    line.cost        = cost_of_part(tx, left, line.quantity);
    const CostWatch watch(entry);
    line.stock_entry = tx.service<Stock>()
                           .receive(tx,
                                    {.product      = line.product,
                                     .location     = line.location,
                                     .quantity     = in_stock_unit(tx, line.product, line.quantity, ordered.unit, ordered.stock_unit),
                                     .date         = document.date,
                                     .cost         = line.cost,
                                     .counter_role = role_of_cost(tx, left.stock_entry),
                                     .source       = tx.source_of(document, line.id.value),
                                     .kind         = inventory::EntryKind::return_in},
                                    entry)
                           .entry;
    watch.enter(tx, ordered.id, -line.quantity);
}

Quantity credited(const Snapshot& tx, Id<OrderLine> line) {
    return -tx.value<Quantity>(R"sql(
        SELECT coalesce(sum(l.quantity), 0) FROM sales_invoice_line l JOIN sales_invoice i ON i.id = l.document
         WHERE l.order_line = :line AND i.state = 'posted' AND i.kind = 'credit_note')sql",
                               line)
                .value_or(Quantity{});
}

void count_returned(Transaction& tx, Id<ShipmentLine> line, Quantity quantity) {
    tx.execute("UPDATE sales_shipment_line SET returned = returned + :quantity WHERE id = :line", quantity, line);
}

void return_line(Transaction& tx, CustomerReturn& document, CustomerReturnLine& line, OrdersAtWork& orders, JournalEntry& entry) {
    const auto left       = left_of(tx, line.shipment_line);
    auto [order, ordered] = orders.find(tx, left.order_line, left.sales_order);
    line.product          = ordered.product;
    check(tx, document, line, left);
    document.customer = order.customer;
    line.order_line   = ordered.id;
    line.sales_order  = order.id;
    if (left.stock_entry) into_stock(tx, document, line, left, ordered, entry);
    ordered.returned += line.quantity;
    count_returned(tx, line.shipment_line, line.quantity);
}

}  // namespace returning

void post_return(Transaction& tx, CustomerReturn& document) {
    if (document.lines.empty()) throw Refused("sales.nothing_to_return", "To post a customer return, give it at least one line.");
    if (document.date.empty()) document.date = tx.today();
    document.number = tx.number("SR", document.date);
    JournalEntry entry{.date = document.date, .journal = "sales", .memo = "Customer return " + document.number, .source = tx.source_of(document)};
    OrdersAtWork orders;
    for (auto& line : document.lines) returning::return_line(tx, document, line, orders, entry);
    tx.service<Ledger>().post(tx, entry);
    orders.save(tx);
    recognise_cost(tx, orders, document.date, tx.source_of(document), "Cost of " + document.number);
    tx.publish(GoodsReturned{document.id, document.customer, document.date, document.number});
}

void reverse_return(Transaction& tx, CustomerReturn& document, Date on, const std::string& reason) {
    document.reversed_on = tx.service<Ledger>().reversal_date(tx, document.date, on);
    JournalEntry entry{.date = document.reversed_on, .journal = "sales", .memo = "Reversal of customer return " + document.number, .source = tx.source_of(document)};
    OrdersAtWork orders;
    for (const auto& line : document.lines) {
        auto [order, ordered] = orders.find(tx, line.order_line, line.sales_order);
        ordered.returned -= line.quantity;
        if (returning::credited(tx, ordered.id) > ordered.returned)
            throw Refused("sales.return_is_credited", "To reverse {}, reverse the credit note of {} first.", document.number, name_of_line(order, ordered));
        const CostWatch watch(entry);
        if (line.stock_entry) tx.service<Stock>().reverse(tx, {.entry = line.stock_entry, .date = document.reversed_on, .source = tx.source_of(document, line.id.value)}, entry);
        watch.enter(tx, ordered.id, line.quantity);
        returning::count_returned(tx, line.shipment_line, -line.quantity);
    }
    tx.because(reason);
    tx.service<Ledger>().post(tx, entry);
    orders.save(tx);
    recognise_cost(tx, orders, document.reversed_on, tx.source_of(document), "Cost of " + document.number);
}

}  // namespace sales
