#pragma once
// What had been recorded at a moment. Entries are recorded in the order of their ids, so "as known at" is a limit on ids,
// found by halving; the reports take what came later off what is kept.

#include <inventory/stock.h>

namespace inventory {

// The first id recorded after the moment; larger than any when none was, or when no moment is given.
struct Unknown {
    std::int64_t quantity_entry = INT64_MAX;
    std::int64_t value_entry    = INT64_MAX;
};
Unknown unknown_at(const Snapshot& tx, tessera::Instant moment);

// The parameters of a report that takes a day and a moment.
struct AsOf {
    Date    day{};
    Date    month{};  // its first day
    Date    month_end{};
    Unknown unknown{};
};
AsOf as_of(const Snapshot& tx, const tessera::Parameters& parameters);

}  // namespace inventory
