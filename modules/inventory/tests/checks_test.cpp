#include "tests/shop.h"

#include <set>

using namespace inventory;
using namespace inventory::tests;

namespace checks_test {

std::set<std::string> reported_by(Shop& shop) {
    std::set<std::string> names;
    for (const auto& check : shop.company.suite().verify({}))
        if (!check.findings.empty() && check.check.starts_with("inventory.")) names.insert(check.check);
    return names;
}

struct Damage {
    const char*           sql;
    std::set<std::string> found_by;
};

}  // namespace checks_test

using namespace checks_test;

TEST_CASE("checks: each sees the damage that is its own") {
    const Damage damages[] = {
        {"UPDATE inventory_stock_balance SET quantity = quantity + 1 WHERE quantity > 0", {"inventory.stock_balance"}},
        {"UPDATE inventory_product_value SET value = value + 1", {"inventory.product_value"}},
        {"UPDATE inventory_product_value SET quantity = quantity + 1", {"inventory.product_value"}},
        {"UPDATE inventory_product_account SET account = account + 1", {"inventory.product_account"}},
        {"DELETE FROM inventory_product_account", {"inventory.product_account"}},
        {"UPDATE inventory_counted_on SET day = '2026-03-01'", {"inventory.counted_on"}},
        {"DELETE FROM inventory_counted_on", {"inventory.counted_on"}},
        {"UPDATE inventory_day SET quantity = quantity + 1 WHERE day = '2026-03-02'", {"inventory.days"}},
        {"UPDATE inventory_day SET value = value + 1 WHERE day = '2026-03-02'", {"inventory.days"}},
        {"UPDATE inventory_month SET value = value + 1", {"inventory.months"}},
        {"DELETE FROM inventory_open_entry", {"inventory.applications"}},
        {"UPDATE inventory_open_entry SET remaining = remaining + 1", {"inventory.applications"}},
        {"UPDATE inventory_open_entry SET location = location + 1", {"inventory.applications"}},
        {"UPDATE inventory_application SET quantity = quantity * 20",
         {"inventory.applications"}},
        {"DELETE FROM inventory_application",
         {"inventory.applications"}},
        {"UPDATE inventory_quantity_entry SET quantity = quantity + "
         "1000000 WHERE id = 1",
         {"inventory.stock_balance", "inventory.product_value", "inventory.days", "inventory.months",
          "inventory.applications", "inventory.standard_value"}},
        {"UPDATE inventory_value_entry SET amount = amount + 1 WHERE id "
         "= 1",
         {"inventory.product_value", "inventory.days", "inventory.months", "inventory.ledger",
          "inventory.standard_value"}},
        {"UPDATE catalog_product SET standard_cost = standard_cost + 1000000 WHERE costing = 'standard'",
         {"inventory.standard_value"}},
        {"UPDATE financials_journal_line SET amount = amount + 1 "
         "WHERE id = 1",
         {"inventory.ledger"}},
    };
    for (const auto& damage : damages) {
        const std::string sql = damage.sql;
        CAPTURE(sql);
        Shop       shop;
        const auto gear = shop.product("GEAR", Costing::standard, "5"), bolt = shop.product("BOLT");
        shop.receive(gear, "10", "50.00");
        shop.receive(bolt, "10", "100.00");
        shop.issue(bolt, "4");
        shop.count(bolt, "6");
        CHECK(reported_by(shop).empty());
        shop.company.run([&](Transaction& tx) { tessera::testing::damage(tx, damage.sql); });
        CHECK(reported_by(shop) == damage.found_by);
    }
}

TEST_CASE("checks: a value without goods, and stock below zero, are seen") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00");
    shop.issue(bolt, "10");
    shop.company.run([&](Transaction& tx) {
        tessera::testing::damage(tx, "UPDATE inventory_value_entry SET amount = amount + 1 WHERE id = 1");
    });
    CHECK(reported_by(shop).contains("inventory.zero_quantity"));

    Shop       other;
    const auto nut = other.product("NUT");
    other.allow_negative(other.stock);
    other.issue(nut, "1");
    other.company.run([&](Transaction& tx) { tx.execute("UPDATE inventory_location SET negative_allowed = 0"); });
    CHECK(reported_by(other) == std::set<std::string>{"inventory.negative_stock"});
}
