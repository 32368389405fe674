#include "services/as_known_at.h"

namespace inventory {

namespace movements {

struct Row {
    Date                    date{};
    std::string             product{};
    std::string             location{};
    std::string             kind{};
    std::string             document{};
    Quantity                quantity{};
    std::optional<Quantity> running{};
    Money                   value{};
    tessera::Instant        recorded_at{};
    std::string             source_entity{};
    std::int64_t            source_id = 0;
    std::int64_t            entry_id  = 0;
};

struct Found {
    Date             date{};
    std::string      product{}, location{}, kind{};
    Quantity         quantity{};
    Money            value{};
    tessera::Instant recorded_at{};
    std::string      source_entity{};
    std::int64_t     source_id = 0, entry_id = 0;
};

constexpr std::string_view of_one_product = R"sql(
    SELECT q.date, p.number, l.code, q.kind, q.quantity,
           coalesce((SELECT sum(v.amount) FROM inventory_value_entry v WHERE v.entry = q.id AND v.id < :unknown_value), 0),
           q.recorded_at, q.source_entity, q.source_id, q.id
      FROM inventory_quantity_entry q
      JOIN catalog_product p ON p.id = q.product
      JOIN inventory_location l ON l.id = q.location
     WHERE q.product = :product AND (:location = 0 OR q.location = :location)
       AND (:from IS NULL OR q.date >= :from) AND q.date <= :to AND q.id < :unknown
     ORDER BY q.date, q.id)sql";

constexpr std::string_view of_all = R"sql(
    SELECT q.date, p.number, l.code, q.kind, q.quantity,
           coalesce((SELECT sum(v.amount) FROM inventory_value_entry v WHERE v.entry = q.id AND v.id < :unknown_value), 0),
           q.recorded_at, q.source_entity, q.source_id, q.id
      FROM inventory_quantity_entry q
      JOIN catalog_product p ON p.id = q.product
      JOIN inventory_location l ON l.id = q.location
     WHERE :product = 0 AND (:location = 0 OR q.location = :location)
       AND (:from IS NULL OR q.date >= :from) AND q.date <= :to AND q.id < :unknown
     ORDER BY q.date, q.id)sql";

Quantity opening(const Snapshot& tx, std::int64_t product, std::int64_t location, Date from, std::int64_t unknown) {
    if (from.empty()) return {};
    return tx
        .value<Quantity>(
            "SELECT sum(quantity) FROM inventory_quantity_entry WHERE product = :product AND date < :from"
            " AND (:location = 0 OR location = :location) AND id < :unknown",
            product, from, location, unknown)
        .value_or(Quantity{});
}

void answer(const Snapshot& tx, const tessera::Parameters& parameters, const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto product = parameters.integer("product"), location = parameters.integer("location");
    const auto from    = parameters.date("from");
    const auto unknown = unknown_at(tx, parameters.instant("known_at"));
    auto       running = opening(tx, product, location, from, unknown.quantity_entry);
    tx.each<Found>(
        product ? of_one_product : of_all,
        [&](Found& f) {
            running += f.quantity;
            emit({f.date, f.product, f.location, f.kind, tx.label_of(f.source_entity, f.source_id), f.quantity,
                  product ? std::optional(running) : std::nullopt, f.value, f.recorded_at, f.source_entity, f.source_id,
                  f.entry_id});
        },
        unknown.value_entry, product, location, from, parameters.date("to"), unknown.quantity_entry);
}

}  // namespace movements

void declare_movements(tessera::Kernel& kernel) {
    using movements::Row;
    kernel.report<Row>("inventory.movements", "Stock movements")
        .help(
            "Every entry of the stock ledger, with the document that caused it and what its goods are worth, late cost "
            "included.")
        .parameter<Id<Product>>("product")
        .parameter<Id<Location>>("location")
        .parameter<Date>("from")
        .parameter<Date>("to", tessera::by_default("today"))
        .parameter<tessera::Instant>("known_at", tessera::help("Only what had been recorded by then"))
        .column("date", &Row::date)
        .column("product", &Row::product)
        .column("location", &Row::location)
        .column("kind", &Row::kind)
        .column("document", &Row::document, tessera::opens_record("@source_entity", "source_id"))
        .column("quantity", &Row::quantity, tessera::opens_record("inventory.quantity_entry", "entry_id"))
        .column("running", &Row::running, tessera::meaning("On hand afterwards; of one product only"))
        .column("value", &Row::value, tessera::total)
        .column("recorded_at", &Row::recorded_at)
        .column("source_entity", &Row::source_entity, tessera::hidden)
        .column("source_id", &Row::source_id, tessera::hidden)
        .column("entry_id", &Row::entry_id, tessera::hidden)
        .run(movements::answer);
}

}  // namespace inventory
