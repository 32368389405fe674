#include "tests/shop.h"

using namespace inventory;
using namespace inventory::tests;

namespace reports_test {

using Given = tessera::Suite::ParameterTexts;

// The moment after everything that was done so far.
std::string now(Shop& shop) {
    tessera::Instant at;
    shop.company.run([&](Transaction& tx) { at = tx.now(); });
    return at.str();
}

}  // namespace reports_test

using namespace reports_test;

TEST_CASE("stock on hand and valuation: as of any day, as known at any moment") {
    Shop       shop;
    auto&      company = shop.company;
    const auto bolt = shop.product("BOLT"), nut = shop.product("NUT");
    const auto first = shop.receive(bolt, "10", "100.00", "2026-01-10"_date);
    shop.receive(nut, "5", "5.00", "2026-01-31"_date, shop.quarantine);
    shop.issue(bolt, "4", "2026-02-14"_date);
    const auto before_late_cost = now(shop);
    shop.late_cost(first, "6.00", "2026-02-20"_date);
    shop.transfer(bolt, shop.stock, shop.quarantine, "2", "2026-03-01"_date);
    const auto before_backdating = now(shop);
    shop.receive(bolt, "2", "20.00", "2026-01-20"_date);

    const auto on_hand   = [&](const Given& given) { return company.report("inventory.stock_on_hand", given); };
    const auto valuation = [&](const Given& given) { return company.report("inventory.valuation", given); };
    CHECK(on_hand({{"as_of", "2026-01-09"}}) == "");
    CHECK(on_hand({{"as_of", "2026-01-10"}}) == "BOLT | Product BOLT | MAIN | STOCK | 10 | EA\n");
    CHECK(on_hand({{"as_of", "2026-01-31"}}) ==
          "BOLT | Product BOLT | MAIN | STOCK | 12 | EA\nNUT | Product NUT | MAIN | QUARANTINE | 5 | EA\n");
    CHECK(on_hand({{"as_of", "2026-01-31"}, {"known_at", before_backdating}, {"product", "Product BOLT"}}) ==
          "BOLT | Product BOLT | MAIN | STOCK | 10 | EA\n");
    CHECK(on_hand({{"as_of", "2026-03-01"}, {"product", "Product BOLT"}}) ==
          "BOLT | Product BOLT | MAIN | QUARANTINE | 2 | EA\nBOLT | Product BOLT | MAIN | STOCK | 6 | EA\n");
    CHECK(on_hand({{"as_of", "2027-01-01"}, {"location", "STOCK"}}) == "BOLT | Product BOLT | MAIN | STOCK | 6 | EA\n");

    CHECK(valuation({{"as_of", "2026-02-14"}, {"known_at", before_backdating}}) ==
          "BOLT | Product BOLT | 1210 | 6 | EA | 60.00 | 10\nNUT | Product NUT | 1210 | 5 | EA | 5.00 | 1\n=  |  |  |  "
          "|  | 65.00 | \n");
    CHECK(valuation({{"as_of", "2026-12-31"}, {"known_at", before_late_cost}, {"product", "Product BOLT"}}) ==
          "BOLT | Product BOLT | 1210 | 6 | EA | 60.00 | 10\n=  |  |  |  |  | 60.00 | \n");
    CHECK(valuation({{"as_of", "2026-02-20"}, {"known_at", before_backdating}, {"product", "Product BOLT"}}) ==
          "BOLT | Product BOLT | 1210 | 6 | EA | 63.60 | 10.6\n=  |  |  |  |  | 63.60 | \n");
    CHECK(valuation({{"as_of", "2026-12-31"}, {"product", "Product BOLT"}}) ==
          "BOLT | Product BOLT | 1210 | 8 | EA | 83.60 | 10.45\n=  |  |  |  |  | 83.60 | \n");
    CHECK(valuation({{"as_of", "2025-12-31"}}) == "=  |  |  |  |  | 0.00 | \n");
    shop.check_sound();
}

TEST_CASE("movements and value entries: every figure leads to its document") {
    Shop       shop;
    auto&      company = shop.company;
    const auto bolt    = shop.product("BOLT");
    const auto id      = company.insert(StockMovement{.date  = "2026-01-10"_date,
                                                      .lines = {{.product   = bolt,
                                                                 .location  = shop.stock,
                                                                 .quantity  = Quantity::parse("10"),
                                                                 .unit_cost = UnitPrice::parse("2")}}});
    company.transition(id, "post");
    shop.issue(bolt, "4", "2026-02-14"_date);

    const auto moved = company.report_result(
        "inventory.movements", {{"product", "Product BOLT"}, {"from", "2026-02-01"}, {"to", "2026-12-31"}});
    REQUIRE(moved.rows.size() == 1);
    CHECK(tessera::text_of(moved.rows[0][5]) == "-4");
    CHECK(tessera::text_of(moved.rows[0][6]) == "6");
    CHECK(tessera::text_of(moved.rows[0][7]) == "-8.00");
    const auto all = company.report_result("inventory.movements", {{"to", "2026-12-31"}});
    REQUIRE(all.rows.size() == 2);
    CHECK(tessera::text_of(all.rows[0][4]) == "SM-2026-00001");
    CHECK(tessera::text_of(all.rows[0][9]) == "inventory.stock_movement");
    CHECK(tessera::text_of(all.rows[0][6]) == "");

    const auto values =
        company.report_result("inventory.value_entries", {{"product", "Product BOLT"}, {"to", "2026-12-31"}});
    REQUIRE(values.rows.size() == 2);
    CHECK(tessera::text_of(values.rows[1][5]) == "-8.00");
    CHECK(tessera::text_of(values.rows[1][6]) == "12.00");
    CHECK(tessera::text_of(values.totals[5]) == "12.00");
    CHECK(company.report_result("inventory.value_entries", {{"to", "2026-12-31"}}).rows == values.rows);
}

TEST_CASE("stock card: movement by movement, late cost and revaluation on lines of their own") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00", "2026-01-10"_date);
    shop.issue(bolt, "4", "2026-01-15"_date);
    shop.late_cost(receipt, "10.00", "2026-02-01"_date);
    shop.revalue(bolt, "12", "2026-02-02"_date);
    CHECK(shop.company.report("inventory.stock_card", {{"product", "Product BOLT"}, {"to", "2026-12-31"}}) ==
          "2026-01-10 | receipt |  | STOCK | 10 |  | 10 | 100.00 | 100.00 | 10\n"
          "2026-01-15 | issue |  | STOCK |  | 4 | 6 | -40.00 | 60.00 | 10\n"
          "2026-02-01 | late_cost |  | STOCK |  |  | 6 | 10.00 | 70.00 | 11.666667\n"
          "2026-02-01 | late_cost |  | STOCK |  |  | 6 | -4.00 | 66.00 | 11\n"
          "2026-02-02 | revaluation | RV-2026-00001 |  |  |  | 6 | 6.00 | 72.00 | 12\n");
    CHECK(shop.company.report("inventory.stock_card",
                              {{"product", "Product BOLT"}, {"from", "2026-02-02"}, {"to", "2026-12-31"}}) ==
          "2026-02-02 | opening |  |  |  |  | 6 | 0.00 | 66.00 | 11\n"
          "2026-02-02 | revaluation | RV-2026-00001 |  |  |  | 6 | 6.00 | 72.00 | 12\n");
}

TEST_CASE("back-dated movements: allowed, valued at the average as booked now, and listed") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00", "2026-01-10"_date);
    shop.receive(bolt, "10", "200.00", "2026-02-10"_date);
    CHECK(shop.cost_of_issue(bolt, "2", "2026-01-20"_date) == "30.00");
    const auto listed =
        shop.company.report_result("inventory.backdated", {{"from", "2026-01-01"}, {"to", "2026-12-31"}});
    REQUIRE(listed.rows.size() == 1);
    CHECK(tessera::text_of(listed.rows[0][0]) == "2026-01-20");
    CHECK(tessera::text_of(listed.rows[0][6]) == "2026-02-10");
    shop.check_sound();
}
