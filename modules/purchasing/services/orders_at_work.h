#pragma once
// The orders a command works on: each is loaded once, changed in memory and saved once. A receipt or an invoice names
// order lines; their orders are found by the first line and kept at hand for the next.
//
//     OrdersAtWork orders;
//     auto& [order, line] = orders.find(tx, receipt_line.order_line);
//     line.received += quantity;
//     orders.save(tx);                               // states follow from the quantities

#include <purchasing/records.h>

#include <memory>

namespace purchasing {

class OrdersAtWork {
public:
    struct Place {
        Order&     order;
        OrderLine& line;
    };
    // Refused "kernel.not_found" when there is no such line. References stay valid as long as this object. Who knows
    // the order of the line spares asking for it.
    Place  find(tessera::Transaction& tx, Id<OrderLine> line, Id<Order> of = {});
    // Nothing when there is no such line.
    std::optional<Place> find_if_any(tessera::Transaction& tx, Id<OrderLine> line, Id<Order> of = {});
    Order& order(tessera::Transaction& tx, Id<Order> id);
    // Brings each order to the state its quantities say and writes it.
    void save(tessera::Transaction& tx);

    const std::vector<std::unique_ptr<Order>>& all() const { return orders_; }

private:
    std::vector<std::unique_ptr<Order>> orders_;
    std::size_t                         order_at_ = 0;
    std::size_t                         line_at_  = 0;
};

// The state that the quantities of an order's lines say: approved, part received or received.
OrderState state_by_quantities(const Order& order);
// Everything came, was accepted and is invoiced.
bool is_complete(const Order& order);
// Sets the state from the quantities; a complete order on which nothing is held closes by itself. An order that a
// person closed, and one that is a draft or cancelled, stays what it is.
void follow_quantities(tessera::Transaction& tx, Order& order);

// "PO-2026-00007 line 2 (Chain)"
std::string name_of_line(const Order& order, const OrderLine& line);
// The quantity in the unit in which stock is counted.
Quantity in_stock_unit(const tessera::Snapshot& tx, const OrderLine& line, Quantity quantity);
// An amount as it is in a document's currency, when it was read before that was known. Refused
// "purchasing.too_many_decimals" when the currency has not enough decimals for it.
Money in_currency(Money amount, Currency currency);

}  // namespace purchasing
