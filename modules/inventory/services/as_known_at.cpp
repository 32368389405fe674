#include "services/as_known_at.h"

namespace inventory {

namespace as_known_at {

struct Recorded {
    std::int64_t     id = 0;
    tessera::Instant at{};
};

// `next` gives id and recorded_at of the first row at or after :id.
std::int64_t first_after(const Snapshot& tx, std::string_view next, tessera::Instant moment) {
    const auto   known = [&](std::optional<Recorded> row) { return row && row->at <= moment; };
    std::int64_t low = 1, high = 1;
    for (auto row = tx.row<Recorded>(next, high); known(row); row = tx.row<Recorded>(next, high)) {
        low  = row->id + 1;
        high = low * 2;
    }
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        const auto row    = tx.row<Recorded>(next, middle);
        known(row) ? low = row->id + 1 : high = middle;
    }
    return low;
}

}  // namespace as_known_at

Unknown unknown_at(const Snapshot& tx, tessera::Instant moment) {
    if (moment.empty()) return {};
    using as_known_at::first_after;
    return {first_after(tx, "SELECT id, recorded_at FROM inventory_quantity_entry WHERE id >= :id ORDER BY id LIMIT 1",
                        moment),
            first_after(tx, "SELECT id, recorded_at FROM inventory_value_entry WHERE id >= :id ORDER BY id LIMIT 1",
                        moment)};
}

AsOf as_of(const Snapshot& tx, const tessera::Parameters& parameters) {
    const auto day = parameters.date("as_of");
    return {day, day.first_of_month(), day.last_of_month(), unknown_at(tx, parameters.instant("known_at"))};
}

}  // namespace inventory
