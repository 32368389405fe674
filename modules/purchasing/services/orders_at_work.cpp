#include "services/orders_at_work.h"

#include <algorithm>

namespace purchasing {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace orders_at_work {

bool something_held(const Snapshot& tx, Id<Order> order) {
    return tx
        .value<std::int64_t>(
            "SELECT 1 FROM purchasing_match_hold WHERE purchase_order = :purchase_order AND state = 'held' AND "
            "blocking = 1 LIMIT 1",
            order)
        .has_value();
}

}  // namespace orders_at_work

OrdersAtWork::Place OrdersAtWork::find(Transaction& tx, Id<OrderLine> line, Id<Order> of) {
    if (const auto place = find_if_any(tx, line, of)) return *place;
    throw Refused("kernel.not_found", "To use order line {}, choose one that exists.", line).with_status(404);
}

std::optional<OrdersAtWork::Place> OrdersAtWork::find_if_any(Transaction& tx, Id<OrderLine> line, Id<Order> of) {
    // Documents usually follow the order's own sequence of lines.
    if (order_at_ < orders_.size()) {
        auto& lines = orders_[order_at_]->lines;
        for (std::size_t step = 0; step < lines.size(); ++step) {
            const auto at = (line_at_ + step) % lines.size();
            if (lines[at].id != line) continue;
            line_at_ = at + 1;
            return Place{*orders_[order_at_], lines[at]};
        }
    }
    if (!of) of = tx.value<Id<Order>>("SELECT document FROM purchasing_order_line WHERE id = :line", line).value_or(Id<Order>{});
    if (!of) return std::nullopt;
    auto&      found = order(tx, of);
    const auto place = std::ranges::find(found.lines, line, &OrderLine::id);
    if (place == found.lines.end()) return std::nullopt;
    order_at_ = static_cast<std::size_t>(
        std::ranges::find_if(orders_, [&](const auto& o) { return o.get() == &found; }) - orders_.begin());
    line_at_ = static_cast<std::size_t>(place - found.lines.begin()) + 1;
    return Place{found, *place};
}

Order& OrdersAtWork::order(Transaction& tx, Id<Order> id) {
    for (auto& one : orders_)
        if (one->id == id) return *one;
    return *orders_.emplace_back(std::make_unique<Order>(tx.load(id)));
}

void OrdersAtWork::save(Transaction& tx) {
    for (auto& one : orders_) {
        follow_quantities(tx, *one);
        tx.save(*one);
    }
}

OrderState state_by_quantities(const Order& order) {
    const auto came = [](const OrderLine& line) { return line.kept() > Quantity{}; };
    const auto done = [](const OrderLine& line) { return line.kept() >= line.quantity; };
    if (std::ranges::all_of(order.lines, done)) return OrderState::received;
    return std::ranges::any_of(order.lines, came) ? OrderState::part_received : OrderState::approved;
}

bool is_complete(const Order& order) {
    return std::ranges::all_of(order.lines, [](const OrderLine& line) {
        return line.kept() >= line.quantity && line.invoiced == line.kept() && line.accepted() == line.kept();
    });
}

void follow_quantities(Transaction& tx, Order& order) {
    if (order.state == OrderState::draft || order.state == OrderState::cancelled) return;
    if (order.state == OrderState::closed && !order.closing_reason.empty()) return;
    const bool close = is_complete(order) && !orders_at_work::something_held(tx, order.id);
    if (close && order.state != OrderState::closed) order.closed_on = tx.today();
    if (!close) order.closed_on = {};
    order.state = close ? OrderState::closed : state_by_quantities(order);
}

std::string name_of_line(const Order& order, const OrderLine& line) {
    const auto at = std::ranges::find(order.lines, line.id, &OrderLine::id) - order.lines.begin();
    return fmt::format("{} line {} ({})", order.number, at + 1, line.description);
}

Quantity in_stock_unit(const Snapshot& tx, const OrderLine& line, Quantity quantity) {
    if (!line.unit || line.unit == line.stock_unit || !line.stock_unit) return quantity;
    return tx.service<catalog::Units>().convert(tx, line.product, quantity, line.unit, line.stock_unit);
}

Money in_currency(Money amount, Currency currency) {
    if (amount.currency() == currency) return amount;
    const int shift = currency.decimals() - amount.currency().decimals();
    if (shift >= 0) return {tessera::narrow(tessera::Wide{amount.minor()} * tessera::power_of_ten(shift)), currency};
    const auto divisor = tessera::power_of_ten(-shift);
    if (amount.minor() % divisor != 0)
        throw Refused("purchasing.too_many_decimals", "To enter {} in {}, use at most {} decimals.", amount,
                      currency.code(), currency.decimals())
            .with_status(422);
    return {amount.minor() / divisor, currency};
}

}  // namespace purchasing
