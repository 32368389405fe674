#pragma once
// The days and the knowledge a report is about, from the parameters that every ledger report shares: `to` or else
// `as_of` or else today; `from` or else the first day of the fiscal year of that day; `known_at` or else all.

#include "services/known_at.h"

#include <financials/ledger.h>

#include <tessera/report.h>

namespace financials {

struct Window {
    Date    from{};
    Date    to{};
    KnownAt known{};
};

// Reads `from`, `to`, `as_of` and `known_at`. Refused "financials.dates_reversed" when from is after to.
Window window_of(const Snapshot& snapshot, const tessera::Parameters& parameters);
Date   year_start_of(const Snapshot& snapshot, Date date);

// Declares those parameters.
template <class Row>
tessera::ReportBuilder<Row>& with_window(tessera::ReportBuilder<Row>&& report) {
    return report
        .template parameter<Date>("as_of", tessera::by_default("today"), tessera::yields_to("to"),
                                  tessera::help("The last day, unless `to` says another"))
        .template parameter<Date>("from", tessera::help("The first day; that of the fiscal year when left out"))
        .template parameter<Date>("to", tessera::help("The last day"))
        .template parameter<tessera::Instant>("known_at", tessera::help("As the books were known at that moment"));
}

}  // namespace financials
