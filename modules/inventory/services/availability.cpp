#include "services/availability.h"

#include <algorithm>

namespace inventory {

std::vector<Expected> AvailabilityService::expected(const Snapshot& tx, Id<Product> product, Date today) const {
    std::vector<Expected> movements;
    for (const auto& forecast : tx.contributions<Forecast>())
        forecast.each(tx, product, [&](const Expected& one) {
            movements.push_back(one);
            if (movements.back().on < today) movements.back().on = today;
        });
    std::ranges::stable_sort(movements, {}, &Expected::on);
    return movements;
}

Quantity free_on(Quantity on_hand, const std::vector<Expected>& movements, Date day) {
    auto projected = on_hand;
    auto at        = movements.begin();
    for (; at != movements.end() && at->on <= day; ++at) projected += at->quantity;
    auto free = projected;
    while (at != movements.end()) {
        for (const auto on = at->on; at != movements.end() && at->on == on; ++at) projected += at->quantity;
        free = std::min(free, projected);
    }
    return std::max(free, Quantity{});
}

std::optional<Date> first_day_of(Quantity on_hand, const std::vector<Expected>& movements, Quantity quantity, Date from) {
    if (free_on(on_hand, movements, from) >= quantity) return from;
    for (const auto& movement : movements)
        if (movement.on > from && free_on(on_hand, movements, movement.on) >= quantity) return movement.on;
    return std::nullopt;
}

Quantity AvailabilityService::free(const Snapshot& tx, Id<Product> product, Date day, Date today) const {
    return free_on(tx.service<Stock>().on_hand(tx, product), expected(tx, product, today), day);
}

std::optional<Date> AvailabilityService::first_day(const Snapshot& tx, Id<Product> product, Quantity quantity, Date from, Date today) const {
    return first_day_of(tx.service<Stock>().on_hand(tx, product), expected(tx, product, today), quantity, from);
}

}  // namespace inventory
