#include "services/orders_at_work.h"

#include <algorithm>

namespace sales {

using tessera::Refused;
using tessera::Transaction;

OrdersAtWork::Place OrdersAtWork::find(Transaction& tx, Id<OrderLine> line, Id<Order> of) {
    if (const auto place = find_if_any(tx, line, of)) return *place;
    throw Refused("kernel.not_found", "To go on, choose an order line that exists; {} does not.", line).with_status(404);
}

std::optional<OrdersAtWork::Place> OrdersAtWork::find_if_any(Transaction& tx, Id<OrderLine> line, Id<Order> of) {
    for (auto& one : orders_)
        if (const auto at = std::ranges::find(one->lines, line, &OrderLine::id); at != one->lines.end()) return Place{*one, *at};
    if (!of) of = tx.value<Id<Order>>("SELECT document FROM sales_order_line WHERE id = :line", line).value_or(Id<Order>{});
    if (!of) return std::nullopt;
    auto&      found = order(tx, of);
    const auto at    = std::ranges::find(found.lines, line, &OrderLine::id);
    if (at == found.lines.end()) return std::nullopt;
    return Place{found, *at};
}

Order& OrdersAtWork::order(Transaction& tx, Id<Order> id) {
    for (auto& one : orders_)
        if (one->id == id) return *one;
    return *orders_.emplace_back(std::make_unique<Order>(tx.load(id)));
}

void OrdersAtWork::save(Transaction& tx) {
    for (auto& one : orders_) {
        follow_lines(tx, *one);
        tx.save(*one);
    }
}

std::string name_of_line(const Order& order, const OrderLine& line) {
    const auto at = std::ranges::find(order.lines, line.id, &OrderLine::id) - order.lines.begin();
    return fmt::format("{} line {} ({})", order.number, at + 1, line.description);
}

Quantity billable(const OrderLine& line) {
    switch (line.invoicing) {
        case Invoicing::on_shipment:
            return line.kept() - line.invoiced;
        case Invoicing::on_order:
            // what was ordered and will not come is not asked for; what came back is not either
            return (line.open ? std::max(line.quantity, line.shipped) : line.shipped) - line.returned - line.invoiced;
        case Invoicing::by_milestone:
            break;
    }
    return {};
}

Money share_of_line(const OrderLine& line, Quantity quantity) { return tessera::share(line.amount, quantity, line.quantity); }

Money share_of_extra(const Order& order, Money extra, Money billed) {
    if (extra.is_zero()) return {0, order.currency};
    if (billed == order.subtotal) return extra;
    if (order.subtotal.is_zero()) return {0, order.currency};
    return {tessera::divide(tessera::Wide{extra.minor()} * billed.minor(), order.subtotal.minor()), order.currency};
}

namespace orders_at_work {

bool is_out(const OrderState state) { return state == OrderState::draft || state == OrderState::held || state == OrderState::cancelled; }

OrderState state_by_lines(const Order& order) {
    if (std::ranges::none_of(order.lines, &OrderLine::open)) return OrderState::shipped;
    return std::ranges::any_of(order.lines, [](const OrderLine& line) { return line.shipped > Quantity{}; }) ? OrderState::part_shipped : OrderState::confirmed;
}

bool is_billed(const OrderLine& line) {
    if (line.invoicing == Invoicing::by_milestone) return line.billed == line.amount;
    return billable(line).is_zero();
}

}  // namespace orders_at_work

void follow_lines(Transaction& tx, Order& order) {
    order.billed = Money{0, order.currency};
    for (const auto& line : order.lines) order.billed += line.billed;
    order.unbilled = order.total - order.billed - share_of_extra(order, order.total - order.subtotal, order.billed);
    if (orders_at_work::is_out(order.state)) return;
    if (order.state == OrderState::closed && !order.closing_reason.empty()) return;
    const auto state = orders_at_work::state_by_lines(order);
    const bool done  = state == OrderState::shipped && std::ranges::all_of(order.lines, orders_at_work::is_billed);
    if (done && order.state != OrderState::closed) order.closed_on = tx.today();
    if (!done) order.closed_on = {};
    order.state = done ? OrderState::closed : state;
}

}  // namespace sales
