#include "services/as_known_at.h"

namespace inventory {

namespace stock_on_hand {

struct Row {
    std::string  product{};
    std::string  name{};
    std::string  warehouse{};
    std::string  location{};
    Quantity     quantity{};
    std::string  unit{};
    std::int64_t product_id = 0, location_id = 0;
};

// From what is kept today, what changed after the day is taken off by months and days, and what was recorded after the
// moment by entries: the cost follows the catalogue and what came since, not the length of history.
constexpr std::string_view sql = R"sql(
    SELECT p.number, p.name, w.code, l.code, s.quantity, u.code, p.id, l.id
      FROM (SELECT t.product, t.location, sum(t.quantity) AS quantity
              FROM (SELECT product, location, quantity FROM inventory_stock_balance
                    UNION ALL
                    SELECT product, location, -quantity FROM inventory_month WHERE month > :month
                    UNION ALL
                    SELECT product, location, -quantity FROM inventory_day WHERE day > :day AND day <= :month_end
                    UNION ALL
                    SELECT product, location, -quantity FROM inventory_quantity_entry WHERE id >= :unknown AND date <= :day) t
             WHERE (:product = 0 OR t.product = :product) AND (:location = 0 OR t.location = :location)
             GROUP BY t.product, t.location
            HAVING sum(t.quantity) <> 0) s
      JOIN catalog_product p ON p.id = s.product
      JOIN catalog_unit u ON u.id = p.unit
      JOIN inventory_location l ON l.id = s.location
      JOIN inventory_warehouse w ON w.id = l.warehouse
     ORDER BY p.number, w.code, l.code)sql";

void answer(const Snapshot& tx, const tessera::Parameters& parameters, const tessera::ReportBuilder<Row>::Emit& emit) {
    const auto at = as_of(tx, parameters);
    tx.each<Row>(sql, emit, at.month, at.day, at.month_end, at.unknown.quantity_entry, parameters.integer("product"),
                 parameters.integer("location"));
}

}  // namespace stock_on_hand

void declare_stock_on_hand(tessera::Kernel& kernel) {
    using stock_on_hand::Row;
    kernel.report<Row>("inventory.stock_on_hand", "Stock on hand")
        .help("How much of each product lies where at the end of a day.")
        .parameter<Date>("as_of", tessera::by_default("today"))
        .parameter<tessera::Instant>("known_at", tessera::help("Only what had been recorded by then"))
        .parameter<Id<Product>>("product")
        .parameter<Id<Location>>("location")
        .column("product", &Row::product, tessera::opens_record("catalog.product", "product_id"))
        .column("name", &Row::name)
        .column("warehouse", &Row::warehouse)
        .column("location", &Row::location, tessera::opens_record("inventory.location", "location_id"))
        .column(
            "quantity", &Row::quantity,
            tessera::opens(
                "inventory.movements",
                {{"product", "product_id"}, {"location", "location_id"}, {"to", ":as_of"}, {"known_at", ":known_at"}}))
        .column("unit", &Row::unit)
        .column("product_id", &Row::product_id, tessera::hidden)
        .column("location_id", &Row::location_id, tessera::hidden)
        .run(stock_on_hand::answer);
}

}  // namespace inventory
