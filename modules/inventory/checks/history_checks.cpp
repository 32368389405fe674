#include <inventory/stock.h>

namespace inventory {

namespace history_checks {

using Report = std::function<void(tessera::Finding)>;

struct Row {
    Date        day{};
    std::string product{};
    Quantity    entries{}, kept{};
    Money       value_entries{}, kept_value{};
};

void tell(const Row& row, std::string_view span, const Report& report) {
    report({fmt::format("product {}, {} {}", row.product, span, row.day),
            fmt::format("{} worth {}", row.entries, row.value_entries),
            fmt::format("{} worth {}", row.kept, row.kept_value)});
}

// A value entry that belongs to goods lies where these moved; one that does not lies at no location.
void days(const Snapshot& tx, const Report& report) {
    tx.each<Row>(R"sql(
        SELECT t.day, p.number, t.entries, t.kept, t.value_entries, t.kept_value
          FROM (SELECT b.day, b.product, b.location, b.account, sum(b.entries) AS entries, sum(b.kept) AS kept,
                       sum(b.value_entries) AS value_entries, sum(b.kept_value) AS kept_value
                  FROM (SELECT date AS day, product, location, account, quantity AS entries, 0 AS kept, 0 AS value_entries, 0 AS kept_value
                          FROM inventory_quantity_entry
                        UNION ALL
                        SELECT v.date, v.product, coalesce(q.location, 0), v.account, 0, 0, v.amount, 0
                          FROM inventory_value_entry v
                          LEFT JOIN inventory_quantity_entry q ON q.id = v.entry
                        UNION ALL
                        SELECT day, product, location, account, 0, quantity, 0, value FROM inventory_day) b
                 GROUP BY b.day, b.product, b.location, b.account
                HAVING sum(b.entries) <> sum(b.kept) OR sum(b.value_entries) <> sum(b.kept_value)) t
          LEFT JOIN catalog_product p ON p.id = t.product)sql",
                 [&](const Row& row) { tell(row, "day", report); });
}

void months(const Snapshot& tx, const Report& report) {
    tx.each<Row>(R"sql(
        SELECT t.month, p.number, t.entries, t.kept, t.value_entries, t.kept_value
          FROM (SELECT b.month, b.product, b.location, b.account, sum(b.entries) AS entries, sum(b.kept) AS kept,
                       sum(b.value_entries) AS value_entries, sum(b.kept_value) AS kept_value
                  FROM (SELECT substr(date, 1, 7) || '-01' AS month, product, location, account, quantity AS entries, 0 AS kept,
                               0 AS value_entries, 0 AS kept_value
                          FROM inventory_quantity_entry
                        UNION ALL
                        SELECT substr(v.date, 1, 7) || '-01', v.product, coalesce(q.location, 0), v.account, 0, 0, v.amount, 0
                          FROM inventory_value_entry v
                          LEFT JOIN inventory_quantity_entry q ON q.id = v.entry
                        UNION ALL
                        SELECT month, product, location, account, 0, quantity, 0, value FROM inventory_month) b
                 GROUP BY b.month, b.product, b.location, b.account
                HAVING sum(b.entries) <> sum(b.kept) OR sum(b.value_entries) <> sum(b.kept_value)) t
          LEFT JOIN catalog_product p ON p.id = t.product)sql",
                 [&](const Row& row) { tell(row, "month from", report); });
}

}  // namespace history_checks

void declare_history_checks(tessera::Kernel& kernel) {
    kernel.check("inventory.days", "What is kept of each day equals the entries of that day", history_checks::days);
    kernel.check("inventory.months", "What is kept of each month equals the entries of that month",
                 history_checks::months);
}

}  // namespace inventory
