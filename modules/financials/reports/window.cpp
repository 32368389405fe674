#include "reports/window.h"

namespace financials {

Date year_start_of(const Snapshot& snapshot, Date date) {
    const auto start = snapshot.value<Date>(
        "SELECT starts_on FROM financials_fiscal_year WHERE starts_on <= :date ORDER BY starts_on DESC LIMIT 1", date);
    return start.value_or(Date(date.year(), 1, 1));
}

Window window_of(const Snapshot& snapshot, const tessera::Parameters& parameters) {
    Window window;
    window.to   = parameters.given("to") ? parameters.date("to") : parameters.date("as_of");
    window.from = parameters.given("from") ? parameters.date("from") : year_start_of(snapshot, window.to);
    if (window.from > window.to)
        throw tessera::Refused("financials.dates_reversed",
                               "To run the report, let it begin on or before its last day: {} is after {}.",
                               window.from, window.to)
            .with_status(422)
            .with_field("from");
    window.known = known_at(snapshot, parameters.instant("known_at"));
    return window;
}

}  // namespace financials
