#pragma once
// What had been recorded at a moment. Entries, items and settlements are recorded in the order of their ids, so "as known
// at" is a limit on ids: found by halving, without an index that every posting would have to feed.

#include <tessera/transaction.h>

namespace financials {

// The first id recorded after the moment; larger than any when none was, or when no moment is given.
struct KnownAt {
    std::int64_t first_unknown_entry      = INT64_MAX;
    std::int64_t first_unknown_line       = INT64_MAX;
    std::int64_t first_unknown_item       = INT64_MAX;
    std::int64_t first_unknown_settlement = INT64_MAX;
    bool         everything() const { return first_unknown_entry == INT64_MAX; }
};
KnownAt known_at(const tessera::Snapshot& snapshot, tessera::Instant moment);

}  // namespace financials
