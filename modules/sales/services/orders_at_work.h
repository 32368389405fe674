#pragma once
// The orders a command works on: each is loaded once, changed in memory and saved once.
//
//     OrdersAtWork orders;
//     auto [order, line] = orders.find(tx, shipped.order_line);
//     line.shipped += quantity;
//     orders.save(tx);                               // states and what is unbilled follow from the lines

#include <sales/records.h>

#include <memory>

namespace sales {

class OrdersAtWork {
public:
    struct Place {
        Order&     order;
        OrderLine& line;
    };
    // Refused "kernel.not_found" when there is no such line. References stay valid as long as this object.
    Place find(tessera::Transaction& tx, Id<OrderLine> line, Id<Order> of = {});
    std::optional<Place> find_if_any(tessera::Transaction& tx, Id<OrderLine> line, Id<Order> of = {});
    Order& order(tessera::Transaction& tx, Id<Order> id);
    void   save(tessera::Transaction& tx);

    const std::vector<std::unique_ptr<Order>>& all() const { return orders_; }

private:
    std::vector<std::unique_ptr<Order>> orders_;
};

// "SO-2026-00007 line 2 (Bicycle)"
std::string name_of_line(const Order& order, const OrderLine& line);
// How much of a line may be invoiced now; negative: to be credited. Of milestones nothing: they are invoiced one by one.
Quantity billable(const OrderLine& line);
// What the whole line is worth of which `quantity`, cumulated, is billed.
Money share_of_line(const OrderLine& line, Quantity quantity);
// The part of what an order has besides its lines (freight, agreed tax, rounding) that belongs to the lines billed so far.
Money share_of_extra(const Order& order, Money extra, Money billed);
// Sets the state of a confirmed order from its lines; one that is shipped and invoiced closes by itself.
void follow_lines(tessera::Transaction& tx, Order& order);

}  // namespace sales
