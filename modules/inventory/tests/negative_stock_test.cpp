#include "tests/shop.h"

using namespace inventory;
using namespace inventory::tests;

// LedgerSMB 16-cogs, at moving average: what is sold short waits for its cost.
TEST_CASE("negative stock: sold ten with none on hand, the purchases that follow pay for the sale") {
    struct Row {
        const char *bought, *cost, *on_hand, *consumed;
    };
    for (const auto& row : {Row{"5", "50.00", "-5 worth 0.00", "50.00"}, Row{"10", "100.00", "0 worth 0.00", "100.00"},
                            Row{"20", "200.00", "10 worth 100.00", "100.00"}}) {
        CAPTURE(row.bought);
        Shop       shop;
        const auto bolt = shop.product("BOLT");
        shop.allow_negative(shop.stock);
        const auto sold = shop.issue(bolt, "10");
        CHECK(sold.cost.is_zero());
        CHECK(shop.remaining(sold.entry) == "-10");
        shop.receive(bolt, row.bought, row.cost);
        CHECK(shop.holding(bolt) == row.on_hand);
        CHECK(shop.balance(goods_out) == row.consumed);
        shop.check_sound();
    }
}

TEST_CASE("negative stock: what is there is taken first, and only the rest waits") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.allow_negative(shop.stock);
    shop.receive(bolt, "10", "100.00");
    CHECK(shop.cost_of_issue(bolt, "3") == "30.00");
    CHECK(shop.holding(bolt) == "7 worth 70.00");
    const auto sold = shop.issue(bolt, "9");
    CHECK(sold.cost.str() == "70.00");
    CHECK(shop.holding(bolt) == "-2 worth 0.00");
    CHECK(shop.remaining(sold.entry) == "-2");
    shop.check_sound();

    SUBCASE("undoing the sale gives back what it took") {
        shop.reverse(sold.entry);
        CHECK(shop.holding(bolt) == "7 worth 70.00");
        CHECK(shop.balance(goods_out) == "30.00");
        shop.check_sound();
    }
    SUBCASE("late cost of what came later follows the sale that waited") {
        const auto receipt = shop.receive(bolt, "4", "48.00");
        CHECK(shop.holding(bolt) == "2 worth 24.00");
        CHECK(shop.late_cost(receipt, "2.00").to_issues.str() == "1.00");
        CHECK(shop.holding(bolt) == "2 worth 25.00");
        CHECK(shop.balance(goods_out) == "125.00");
        shop.check_sound();
    }
}

TEST_CASE("negative stock: what a location lacks is taken from the goods of the others, and moves with what is transferred") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00", Shop::day, shop.quarantine);
    shop.allow_negative(shop.stock);
    CHECK(shop.cost_of_issue(bolt, "4") == "40.00");
    CHECK(shop.on_hand(bolt, shop.stock) == "-4");
    CHECK(shop.remaining(receipt) == "6");
    shop.transfer(bolt, shop.quarantine, shop.stock, "8");       // 4 fill the gap
    CHECK(shop.remaining(receipt) == "6");
    shop.check_sound();
    shop.issue(bolt, "2", Shop::day, shop.quarantine);
    shop.issue(bolt, "4");
    CHECK(shop.remaining(receipt) == "0");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    shop.check_sound();
}

TEST_CASE("negative stock: at standard cost an issue knows its cost at once") {
    Shop       shop;
    const auto gear = shop.product("GEAR", Costing::standard, "5");
    shop.allow_negative(shop.stock);
    CHECK(shop.cost_of_issue(gear, "10") == "50.00");
    CHECK(shop.holding(gear) == "-10 worth -50.00");
    shop.receive(gear, "10", "60.00");
    CHECK(shop.holding(gear) == "0 worth 0.00");
    CHECK(shop.balance("inventory.price_variance") == "10.00");
    shop.check_sound();
}

TEST_CASE("negative stock: a location below zero cannot forbid it before the goods come") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.allow_negative(shop.stock);
    shop.issue(bolt, "1");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        auto place             = tx.load(shop.stock);
        place.negative_allowed = false;
        tx.save(place);
    }) == "inventory.location_negative");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        auto place   = tx.load(shop.stock);
        place.active = false;
        tx.save(place);
    }) == "inventory.location_not_empty");
}
