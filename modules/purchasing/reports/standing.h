#pragma once
// Until which day, and as known at which moment, a report of purchasing looks: `as_of`, without end when left out, and
// `known_at`, NULL when left out.

#include <purchasing/records.h>

namespace purchasing {

struct Standing {
    Date    as_of{};
    Instant known_at{};
};

inline Standing standing_of(const tessera::Parameters& parameters) {
    return {parameters.given("as_of") ? parameters.date("as_of") : Date(9999, 12, 31), parameters.instant("known_at")};
}

// Declares those parameters.
template <class Row>
tessera::ReportBuilder<Row>& with_standing(tessera::ReportBuilder<Row>&& report) {
    return report.template parameter<Date>("as_of", tessera::help("As things stood on this day; now when left out"))
        .template parameter<Instant>("known_at", tessera::help("As it was recorded then; now when left out"));
}

// The newest entry of each hold that is dated until :as_of and was recorded until :known_at.
inline constexpr const char* standing_holds =
    "(SELECT hold, max(id) AS entry FROM purchasing_hold_entry"
    " WHERE date <= :as_of AND (:known_at IS NULL OR recorded_at <= :known_at) GROUP BY hold)";

}  // namespace purchasing
