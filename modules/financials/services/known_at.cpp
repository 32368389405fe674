#include "services/known_at.h"

namespace financials {
namespace known_at_search {

using tessera::Instant;
using tessera::Snapshot;

struct Recorded {
    std::int64_t id = 0;
    Instant      at{};
};

// `next` is SQL that gives id and recorded_at of the first row at or after :id.
std::int64_t first_after(const Snapshot& snapshot, std::string_view next, Instant moment) {
    std::int64_t low = 1, high = 1;  // the answer lies in [low, high] once the row at high is later
    auto         row = snapshot.row<Recorded>(next, high);
    while (row && row->at <= moment) {
        low  = row->id + 1;
        high = low * 2;
        row  = snapshot.row<Recorded>(next, high);
    }
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        row               = snapshot.row<Recorded>(next, middle);
        if (row && row->at <= moment)
            low = row->id + 1;
        else
            high = middle;
    }
    return snapshot.row<Recorded>(next, low) ? low : INT64_MAX;
}

}  // namespace known_at_search

KnownAt known_at(const tessera::Snapshot& snapshot, tessera::Instant moment) {
    if (moment.empty()) return {};
    using known_at_search::first_after;
    KnownAt known;
    known.first_unknown_entry = first_after(
        snapshot, "SELECT id, recorded_at FROM financials_journal_entry WHERE id >= :id ORDER BY id LIMIT 1", moment);
    known.first_unknown_line =
        snapshot
            .value<std::int64_t>(
                "SELECT id FROM financials_journal_line WHERE entry >= :entry ORDER BY entry, id LIMIT 1",
                known.first_unknown_entry)
            .value_or(INT64_MAX);
    known.first_unknown_item = first_after(
        snapshot, "SELECT id, recorded_at FROM financials_open_item WHERE id >= :id ORDER BY id LIMIT 1", moment);
    known.first_unknown_settlement = first_after(
        snapshot, "SELECT id, recorded_at FROM financials_settlement WHERE id >= :id ORDER BY id LIMIT 1", moment);
    return known;
}

}  // namespace financials
