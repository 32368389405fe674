#include <inventory/stock.h>

namespace inventory {

namespace application_checks {

using Report = std::function<void(tessera::Finding)>;

struct Row {
    std::int64_t entry = 0;
    Quantity     quantity{}, applied{}, open{};
};

// What is left of an entry's goods is its quantity less what was applied, and that much is kept open.
void tell(const Row& row, const Report& report) {
    const auto left = row.quantity.magnitude() - row.applied;
    if (left.is_negative() || row.applied.is_negative())
        return report({fmt::format("quantity entry {}", row.entry),
                       fmt::format("at most {} applied", row.quantity.magnitude()), row.applied.str()});
    const auto expected = row.quantity.is_negative() ? -left : left;
    if (expected != row.open)
        report({fmt::format("quantity entry {}", row.entry), fmt::format("{} open", expected), row.open.str()});
}

void applications(const Snapshot& tx, const Report& report) {
    tx.each<Row>(R"sql(
        SELECT q.id, q.quantity, coalesce(i.applied, 0), coalesce(o.remaining, 0)
          FROM inventory_quantity_entry q
          LEFT JOIN (SELECT inbound, sum(quantity) AS applied FROM inventory_application GROUP BY inbound) i ON i.inbound = q.id
          LEFT JOIN (SELECT entry, sum(remaining) AS remaining FROM inventory_open_entry GROUP BY entry) o ON o.entry = q.id
         WHERE q.quantity > 0 AND q.kind <> 'transfer_in'
           AND q.quantity - coalesce(i.applied, 0) <> coalesce(o.remaining, 0))sql",
                 [&](const Row& row) { tell(row, report); });
    tx.each<Row>(R"sql(
        SELECT q.id, q.quantity, coalesce(i.applied, 0), coalesce(o.remaining, 0)
          FROM inventory_quantity_entry q
          LEFT JOIN (SELECT outbound, sum(quantity) AS applied FROM inventory_application GROUP BY outbound) i ON i.outbound = q.id
          LEFT JOIN (SELECT entry, sum(remaining) AS remaining FROM inventory_open_entry GROUP BY entry) o ON o.entry = q.id
         WHERE q.quantity < 0 AND q.kind <> 'transfer_out'
           AND q.quantity + coalesce(i.applied, 0) <> coalesce(o.remaining, 0))sql",
                 [&](const Row& row) { tell(row, report); });
}

void open_of_entries(const Snapshot& tx, const Report& report) {
    struct Stray {
        std::int64_t entry = 0;
        Quantity     remaining{};
    };
    tx.each<Stray>(R"sql(
        SELECT o.entry, o.remaining
          FROM inventory_open_entry o
          LEFT JOIN inventory_quantity_entry q ON q.id = o.entry
         WHERE q.id IS NULL OR q.kind IN ('transfer_in', 'transfer_out') OR o.remaining = 0
            OR (o.remaining > 0) <> (q.quantity > 0))sql",
                   [&](const Stray& row) {
                       report({fmt::format("open entry {}", row.entry), "goods of an entry", row.remaining.str()});
                   });
}

void directions(const Snapshot& tx, const Report& report) {
    struct Wrong {
        std::int64_t application = 0;
    };
    tx.each<Wrong>(R"sql(
        SELECT a.id
          FROM inventory_application a
          JOIN inventory_quantity_entry i ON i.id = a.inbound
          JOIN inventory_quantity_entry o ON o.id = a.outbound
         WHERE i.quantity <= 0 OR o.quantity >= 0 OR i.product <> o.product)sql",
                   [&](const Wrong& row) {
                       report({fmt::format("application {}", row.application),
                               "an inbound and an outbound entry of one product", "others"});
                   });
}

// Where a product was below zero once, goods of another location were taken for it, and no location says how many.
void open_at_locations(const Snapshot& tx, const Report& report) {
    struct Place {
        std::string product{}, location{};
        Quantity    open{}, stock{};
    };
    tx.each<Place>(R"sql(
        WITH differing AS (
            SELECT b.product, b.location, sum(b.open) AS open, sum(b.stock) AS stock
              FROM (SELECT product, location, remaining AS open, 0 AS stock FROM inventory_open_entry
                    UNION ALL
                    SELECT product, location, 0, quantity FROM inventory_quantity_entry) b
             GROUP BY b.product, b.location
            HAVING sum(b.open) <> sum(b.stock)),
        levels AS (
            SELECT product, sum(quantity) OVER (PARTITION BY product, location ORDER BY id) AS level
              FROM inventory_quantity_entry
             WHERE product IN (SELECT product FROM differing))
        SELECT p.number, l.code, d.open, d.stock
          FROM differing d
          LEFT JOIN catalog_product p ON p.id = d.product
          LEFT JOIN inventory_location l ON l.id = d.location
         WHERE d.product NOT IN (SELECT product FROM levels WHERE level < 0)
         ORDER BY d.product, d.location)sql",
                   [&](const Place& row) {
                       report({fmt::format("product {} at {}", row.product, row.location),
                               fmt::format("{} open", row.stock), row.open.str()});
                   });
}

void run(const Snapshot& tx, const Report& report) {
    applications(tx, report);
    open_of_entries(tx, report);
    open_at_locations(tx, report);
    directions(tx, report);
}

}  // namespace application_checks

void declare_application_checks(tessera::Kernel& kernel) {
    kernel.check("inventory.applications",
                 "Every issue took its goods from receipts, or waits for them, and no receipt gave more than it had",
                 application_checks::run);
}

}  // namespace inventory
