#include <inventory/availability.h>
#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

#include <algorithm>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace available_to_promise {

struct Row {
    Date         day{};
    std::string  document{};
    Quantity     change{};
    Quantity     projected{};
    Quantity     free{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
};

// From the last day backwards: what is free is the least that will be left from then on.
void free_backwards(std::vector<Row>& rows) {
    Quantity least = rows.back().projected;
    for (auto at = rows.rbegin(); at != rows.rend(); ++at) {
        const bool last_of_day = at == rows.rbegin() || std::prev(at)->day != at->day;
        if (last_of_day) least = std::min(least, at->projected);
        at->free = std::max(least, Quantity{});
    }
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto       product = parameters.reference<catalog::Product>("product");
    const auto       here    = tx.service<inventory::Stock>().on_hand(tx, product);
    const auto       from    = parameters.date("from");
    std::vector<Row> rows{{.day = from, .document = "On hand", .change = here, .projected = here}};
    for (const auto& one : tx.service<inventory::Availability>().expected(tx, product, from))
        rows.push_back({.day           = one.on,
                        .document      = one.document,
                        .change        = one.quantity,
                        .projected     = rows.back().projected + one.quantity,
                        .source_entity = one.source_entity,
                        .source_id     = one.source_id});
    free_backwards(rows);
    for (const auto& row : rows) emit(row);
}

}  // namespace available_to_promise

void declare_available_to_promise(tessera::Kernel& kernel) {
    using namespace tessera;
    using available_to_promise::Row;
    kernel.report<Row>("sales.available_to_promise", "Available to promise")
        .help("What is on hand of a product, what comes and leaves day by day, and how much can be promised without breaking what is promised already")
        .parameter<Id<catalog::Product>>("product", required)
        .parameter<Date>("from", by_default("today"), tessera::help("The first day; what should have been before counts as of then"))
        .column("day", &Row::day)
        .column("document", &Row::document, opens_record("@source_entity", "source_id"))
        .column("change", &Row::change, opens_record("@source_entity", "source_id"))
        .column("projected", &Row::projected, meaning("What will be there then"))
        .column("free", &Row::free, titled("Can be promised"))
        .column("source_entity", &Row::source_entity, hidden)
        .column("source_id", &Row::source_id, hidden)
        .run(available_to_promise::answer);
    kernel.panel("sales.available_to_promise", "catalog.product", "Available to promise", report_view("sales.available_to_promise", {{"product", "=id"}}));
}

}  // namespace sales
