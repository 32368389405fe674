#include "services/shipping.h"

#include <sales/events.h>

#include "services/cost_recognition.h"
#include "services/line_price.h"
#include "services/locations.h"
#include "services/orders_at_work.h"
#include "services/roles.h"

#include <algorithm>

namespace sales {

using financials::JournalEntry;
using financials::Ledger;
using inventory::Stock;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace shipping {

std::string_view what_to_do(OrderState state) {
    switch (state) {
        case OrderState::draft:
            return "confirm it first";
        case OrderState::held:
            return "have it released first: it waits for credit";
        case OrderState::closed:
            return "reopen it: it is closed";
        default:
            return "choose another order: it is cancelled";
    }
}

void check_order(const Shipment& shipment, const Order& order) {
    const bool open = order.state == OrderState::confirmed || order.state == OrderState::part_shipped || order.state == OrderState::shipped;
    if (!open)
        throw Refused("sales.order_not_open", "To ship on {}, {}.", order.number.empty() ? "a draft order" : order.number, what_to_do(order.state));
    if (shipment.customer && order.customer != shipment.customer)
        throw Refused("sales.customer_differs", "To ship {} with this shipment, give it a shipment of its own: it is of another customer.", order.number);
}

Quantity percent_of(Quantity quantity, Percent percent) {
    return Quantity::raw(tessera::divide(tessera::Wide{quantity.raw()} * percent.raw(), tessera::Wide{100} * tessera::power_of_ten(6)));
}

void check_quantity(const Snapshot& tx, const ShipmentLine& shipped, const Order& order, const OrderLine& line) {
    if (line.shipped + shipped.quantity <= line.quantity) return;
    const auto more = percent_of(line.quantity, tx.extension<CustomerTerms>(order.customer).over_delivery);
    if (line.shipped + shipped.quantity <= line.quantity + more) return;
    throw Refused("sales.ships_too_much", "To ship {} of {}, ship at most {}: {} were ordered, {} have left, and the customer takes {} more.", shipped.quantity,
                  name_of_line(order, line), line.quantity + more - line.shipped, line.quantity, line.shipped, more);
}

// A line is done when no more is missing than the customer's terms allow.
void follow(const Snapshot& tx, const Order& order, OrderLine& line) {
    line.open = line.shipped < line.quantity;
    if (!line.open || line.shipped.is_zero()) return;
    const auto less = percent_of(line.quantity, tx.extension<CustomerTerms>(order.customer).under_delivery);
    line.open       = line.shipped < line.quantity - less;
}

void out_of_stock(Transaction& tx, const Shipment& shipment, ShipmentLine& shipped, const Order& order, const OrderLine& line, JournalEntry& entry) {
    if (!shipped.location) shipped.location = order.location;
    if (!shipped.location) shipped.location = default_location(tx);
    const CostWatch watch(entry);
    const auto issued = tx.service<Stock>().issue(tx,
                                                  {.product      = shipped.product,
                                                   .location     = shipped.location,
                                                   .quantity     = in_stock_unit(tx, line.product, shipped.quantity, line.unit, line.stock_unit),
                                                   .date         = shipment.date,
                                                   .counter_role = std::string(role_of_cost(tx)),
                                                   .source       = tx.source_of(shipment, shipped.id.value)},
                                                  entry);
    watch.enter(tx, line.id, shipped.quantity);
    shipped.stock_entry = issued.entry;
    shipped.cost        = issued.cost;
}

void ship_line(Transaction& tx, Shipment& shipment, ShipmentLine& shipped, OrdersAtWork& orders, JournalEntry& entry) {
    auto [order, line] = orders.find(tx, shipped.order_line, shipped.sales_order);
    check_order(shipment, order);
    shipment.customer   = order.customer;
    shipped.product     = line.product;
    shipped.sales_order = order.id;
    check_quantity(tx, shipped, order, line);
    if (line.stocked) out_of_stock(tx, shipment, shipped, order, line, entry);
    line.shipped += shipped.quantity;
    follow(tx, order, line);
}

void check_complete(const OrdersAtWork& orders) {
    for (const auto& order : orders.all())
        if (order->ships_complete && std::ranges::any_of(order->lines, &OrderLine::open))
            throw Refused("sales.ships_complete", "To ship {}, ship all of it: the customer takes it complete.", order->number);
}

void take_back_line(Transaction& tx, const Shipment& shipment, const ShipmentLine& shipped, OrdersAtWork& orders, JournalEntry& entry) {
    auto [order, line] = orders.find(tx, shipped.order_line, shipped.sales_order);
    if (!shipped.returned.is_zero())
        throw Refused("sales.shipment_is_returned", "To reverse {}, reverse the customer return of {} first.", shipment.number, name_of_line(order, line));
    line.shipped -= shipped.quantity;
    if (line.invoicing == Invoicing::on_shipment && line.invoiced > line.kept())
        throw Refused("sales.shipment_is_invoiced", "To reverse {}, reverse or credit the invoice of {} first.", shipment.number, name_of_line(order, line));
    const CostWatch watch(entry);
    if (shipped.stock_entry)
        tx.service<Stock>().reverse(tx, {.entry = shipped.stock_entry, .date = shipment.reversed_on, .source = tx.source_of(shipment, shipped.id.value)}, entry);
    watch.enter(tx, line.id, -shipped.quantity);
    follow(tx, order, line);
    if (order.state == OrderState::closed) order.closing_reason.clear();
}

}  // namespace shipping

void ship(Transaction& tx, Shipment& shipment) {
    if (shipment.lines.empty()) throw Refused("sales.nothing_to_ship", "To ship, give the shipment at least one line.");
    if (shipment.date.empty()) shipment.date = tx.today();
    shipment.number = tx.number("SH", shipment.date);
    JournalEntry entry{.date = shipment.date, .journal = "sales", .memo = "Shipment " + shipment.number, .source = tx.source_of(shipment)};
    OrdersAtWork orders;
    for (auto& line : shipment.lines) shipping::ship_line(tx, shipment, line, orders, entry);
    shipping::check_complete(orders);
    tx.service<Ledger>().post(tx, entry);
    orders.save(tx);
    recognise_cost(tx, orders, shipment.date, tx.source_of(shipment), "Cost of " + shipment.number);
    tx.publish(GoodsShipped{shipment.id, shipment.customer, shipment.date, shipment.number});
}

void reverse_shipment(Transaction& tx, Shipment& shipment, Date on, const std::string& reason) {
    shipment.reversed_on = tx.service<Ledger>().reversal_date(tx, shipment.date, on);
    JournalEntry entry{.date = shipment.reversed_on, .journal = "sales", .memo = "Reversal of shipment " + shipment.number, .source = tx.source_of(shipment)};
    OrdersAtWork orders;
    for (const auto& line : shipment.lines) shipping::take_back_line(tx, shipment, line, orders, entry);
    tx.because(reason);
    tx.service<Ledger>().post(tx, entry);
    orders.save(tx);
    recognise_cost(tx, orders, shipment.reversed_on, tx.source_of(shipment), "Cost of " + shipment.number);
}

Shipment shipment_of_everything(const Order& order, Date on) {
    Shipment shipment{.customer = order.customer, .sales_order = order.id, .date = on, .carrier = order.carrier};
    for (const auto& line : order.lines)
        if (!line.outstanding().is_zero()) shipment.lines.push_back({.order_line = line.id, .sales_order = order.id, .quantity = line.outstanding()});
    if (shipment.lines.empty()) throw Refused("sales.nothing_to_ship", "To ship {}, order more: nothing of it is outstanding.", order.number);
    return shipment;
}

}  // namespace sales
