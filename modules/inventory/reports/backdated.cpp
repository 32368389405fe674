#include <inventory/stock.h>

namespace inventory {

namespace backdated {

struct Row {
    Date             date{};
    std::string      product{};
    std::string      location{};
    std::string      kind{};
    Quantity         quantity{};
    tessera::Instant recorded_at{};
    Date             latest_before{};
    std::string      source_entity{};
    std::int64_t     source_id = 0;
};

}  // namespace backdated

void declare_backdated(tessera::Kernel& kernel) {
    using backdated::Row;
    kernel.report<Row>("inventory.backdated", "Back-dated movements")
        .help(
            "Entries recorded when the product already had entries of a later day. Their issues cost the average as it "
            "was when "
            "they were recorded.")
        .parameter<Date>("from", tessera::by_default("year_start"))
        .parameter<Date>("to", tessera::by_default("today"))
        .column("date", &Row::date)
        .column("product", &Row::product)
        .column("location", &Row::location)
        .column("kind", &Row::kind)
        .column("quantity", &Row::quantity, tessera::opens_record("@source_entity", "source_id"))
        .column("recorded_at", &Row::recorded_at)
        .column("latest_before", &Row::latest_before,
                tessera::meaning("The latest day the product had entries of by then"))
        .column("source_entity", &Row::source_entity, tessera::hidden)
        .column("source_id", &Row::source_id, tessera::hidden)
        .query(R"sql(
            SELECT e.date, p.number, l.code, e.kind, e.quantity, e.recorded_at,
                   (SELECT max(n.date) FROM inventory_quantity_entry n WHERE n.product = e.product AND n.date > e.date AND n.id < e.id),
                   e.source_entity, e.source_id
              FROM inventory_quantity_entry e
              JOIN catalog_product p ON p.id = e.product
              JOIN inventory_location l ON l.id = e.location
             WHERE e.date BETWEEN :from AND :to
               AND EXISTS (SELECT 1 FROM inventory_quantity_entry n WHERE n.product = e.product AND n.date > e.date AND n.id < e.id)
             ORDER BY e.date, e.id)sql");
}

}  // namespace inventory
