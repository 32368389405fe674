#include <inventory/stock.h>

namespace inventory {

namespace balance_checks {

using Report = std::function<void(tessera::Finding)>;

void stock_balance(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{}, location{};
        Quantity    entries{}, kept{};
    };
    tx.each<Row>(
        R"sql(
        SELECT p.number, l.code, t.entries, t.kept
          FROM (SELECT b.product, b.location, sum(b.entries) AS entries, sum(b.kept) AS kept
                  FROM (SELECT product, location, quantity AS entries, 0 AS kept FROM inventory_quantity_entry
                        UNION ALL
                        SELECT product, location, 0, quantity FROM inventory_stock_balance) b
                 GROUP BY b.product, b.location
                HAVING sum(b.entries) <> sum(b.kept)) t
          LEFT JOIN catalog_product p ON p.id = t.product
          LEFT JOIN inventory_location l ON l.id = t.location)sql",
        [&](const Row& row) {
            report({fmt::format("product {} at {}", row.product, row.location), row.entries.str(), row.kept.str()});
        });
}

void product_value(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{}, account{};
        Quantity    entries{}, kept{};
        Money       value_entries{}, kept_value{};
    };
    tx.each<Row>(R"sql(
        SELECT p.number, a.code, t.entries, t.kept, t.value_entries, t.kept_value
          FROM (SELECT b.product, b.account, sum(b.entries) AS entries, sum(b.kept) AS kept, sum(b.value_entries) AS value_entries,
                       sum(b.kept_value) AS kept_value
                  FROM (SELECT product, account, quantity AS entries, 0 AS kept, 0 AS value_entries, 0 AS kept_value
                          FROM inventory_quantity_entry
                        UNION ALL
                        SELECT product, account, 0, 0, amount, 0 FROM inventory_value_entry
                        UNION ALL
                        SELECT product, account, 0, quantity, 0, value FROM inventory_product_value) b
                 GROUP BY b.product, b.account
                HAVING sum(b.entries) <> sum(b.kept) OR sum(b.value_entries) <> sum(b.kept_value)) t
          LEFT JOIN catalog_product p ON p.id = t.product
          LEFT JOIN financials_account a ON a.id = t.account)sql",
                 [&](const Row& row) {
                     report({fmt::format("product {} on account {}", row.product, row.account),
                             fmt::format("{} worth {}", row.entries, row.value_entries),
                             fmt::format("{} worth {}", row.kept, row.kept_value)});
                 });
}

void product_account(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{}, kept_on{}, booked_on{};
    };
    tx.each<Row>(R"sql(
        SELECT p.number, v.code, coalesce(a.code, 'none')
          FROM inventory_product_value k
          LEFT JOIN inventory_product_account b ON b.product = k.product
          LEFT JOIN catalog_product p ON p.id = k.product
          LEFT JOIN financials_account v ON v.id = k.account
          LEFT JOIN financials_account a ON a.id = b.account
         WHERE (k.quantity <> 0 OR k.value <> 0) AND (b.account IS NULL OR b.account <> k.account))sql",
                 [&](const Row& row) { report({fmt::format("product {}", row.product), row.kept_on, row.booked_on}); });
}

void counted_on(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{}, location{}, counts{}, kept{};
    };
    tx.each<Row>(R"sql(
        SELECT p.number, l.code, t.counts, t.kept
          FROM (SELECT b.product, b.location, max(b.counts) AS counts, max(b.kept) AS kept
                  FROM (SELECT s.product, s.location, c.date AS counts, '' AS kept
                          FROM inventory_stock_count_line s JOIN inventory_stock_count c ON c.id = s.document
                         WHERE c.state = 'posted'
                        UNION ALL
                        SELECT product, location, '', day FROM inventory_counted_on) b
                 GROUP BY b.product, b.location
                HAVING max(b.counts) <> max(b.kept)) t
          LEFT JOIN catalog_product p ON p.id = t.product
          LEFT JOIN inventory_location l ON l.id = t.location)sql",
                 [&](const Row& row) {
                     report({fmt::format("product {} at {}", row.product, row.location), row.counts, row.kept});
                 });
}

void zero_quantity(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{};
        Money       value{};
    };
    tx.each<Row>(R"sql(
        SELECT p.number, t.value
          FROM (SELECT b.product, sum(b.quantity) AS quantity, sum(b.value) AS value
                  FROM (SELECT product, quantity, 0 AS value FROM inventory_quantity_entry
                        UNION ALL
                        SELECT product, 0, amount FROM inventory_value_entry) b
                 GROUP BY b.product
                HAVING sum(b.quantity) = 0 AND sum(b.value) <> 0) t
          LEFT JOIN catalog_product p ON p.id = t.product)sql",
                 [&](const Row& row) {
                     report({fmt::format("product {}", row.product), "worth 0, as none is on hand", row.value.str()});
                 });
}

void negative_stock(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string product{}, location{};
        Quantity    quantity{};
    };
    tx.each<Row>(
        R"sql(
        SELECT p.number, l.code, sum(q.quantity)
          FROM inventory_quantity_entry q
          JOIN inventory_location l ON l.id = q.location
          LEFT JOIN catalog_product p ON p.id = q.product
         WHERE l.negative_allowed = 0
         GROUP BY q.product, q.location, p.number, l.code
        HAVING sum(q.quantity) < 0)sql",
        [&](const Row& row) {
            report({fmt::format("product {} at {}", row.product, row.location), "zero or more", row.quantity.str()});
        });
}

void standard_value(const Snapshot& tx, const Report& report) {
    struct Row {
        std::string        product{};
        tessera::UnitPrice standard_cost{};
        Quantity           quantity{};
        Money              value{};
    };
    tx.each<Row>(R"sql(
        SELECT p.number, p.standard_cost, sum(b.quantity), sum(b.value)
          FROM (SELECT product, quantity, 0 AS value FROM inventory_quantity_entry
                UNION ALL
                SELECT product, 0, amount FROM inventory_value_entry) b
          JOIN catalog_product p ON p.id = b.product
         WHERE p.costing = 'standard'
         GROUP BY p.id, p.number, p.standard_cost)sql",
                 [&](const Row& row) {
                     const auto expected = tessera::extend(row.quantity, row.standard_cost, row.value.currency());
                     if (expected == row.value) return;
                     report({fmt::format("product {}", row.product),
                             fmt::format("{} at {}: {}", row.quantity, row.standard_cost, expected), row.value.str()});
                 });
}

}  // namespace balance_checks

void declare_balance_checks(tessera::Kernel& kernel) {
    kernel.check("inventory.stock_balance", "Stock on hand equals the quantity entries", balance_checks::stock_balance);
    kernel.check("inventory.product_value", "What a product is worth equals its value entries",
                 balance_checks::product_value);
    kernel.check("inventory.product_account", "The stock of a product is booked on the account it is kept on",
                 balance_checks::product_account);
    kernel.check("inventory.counted_on", "The day of the last count is that of a posted stock count",
                 balance_checks::counted_on);
    kernel.check("inventory.zero_quantity", "Where no goods are left, no value is left", balance_checks::zero_quantity);
    kernel.check("inventory.negative_stock", "Stock is below zero only where that is allowed",
                 balance_checks::negative_stock);
    kernel.check("inventory.standard_value", "Stock at standard cost is worth quantity times standard cost",
                 balance_checks::standard_value);
}

}  // namespace inventory
