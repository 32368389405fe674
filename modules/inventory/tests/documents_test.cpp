#include "tests/shop.h"

#include <financials/periods.h>

using namespace inventory;
using namespace inventory::tests;

namespace documents_test {

Id<StockMovement> movement(Shop& shop, MovementKind kind, std::vector<StockMovementLine> lines, Date on = Shop::day) {
    return shop.company.insert(
        StockMovement{.kind = kind, .date = on, .purpose = MovementPurpose::opening, .lines = std::move(lines)});
}

void reverse(Shop& shop, Id<StockMovement> id, Date on) { shop.company.transition(id, "reverse", on); }

}  // namespace documents_test

using namespace documents_test;

TEST_CASE("stock movement: posting numbers it and moves goods; reversing restores every balance") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = movement(shop, MovementKind::receipt,
                                  {{.product   = bolt,
                                    .location  = shop.stock,
                                    .quantity  = Quantity::parse("10"),
                                    .unit_cost = UnitPrice::parse("2.5")}});
    CHECK(shop.company.load(receipt).number == "");
    shop.company.transition(receipt, "post");
    CHECK(shop.company.load(receipt).number == "SM-2026-00001");
    CHECK(shop.holding(bolt) == "10 worth 25.00");
    CHECK(shop.balance("inventory.opening") == "-25.00");

    const auto issue = movement(shop, MovementKind::issue,
                                {{.product = bolt, .location = shop.stock, .quantity = Quantity::parse("4")}});
    shop.company.transition(issue, "post");
    CHECK(shop.company.load(issue).lines.front().cost.str() == "10.00");
    const auto transfer = movement(
        shop, MovementKind::transfer,
        {{.product = bolt, .location = shop.stock, .to_location = shop.quarantine, .quantity = Quantity::parse("6")}});
    shop.company.transition(transfer, "post");
    CHECK(shop.on_hand(bolt, shop.quarantine) == "6");

    CHECK(shop.refusal([&] { reverse(shop, receipt, "2026-03-09"_date); }) == "inventory.goods_gone");
    reverse(shop, transfer, "2026-03-09"_date);
    reverse(shop, issue, "2026-03-09"_date);
    CHECK(shop.holding(bolt) == "10 worth 25.00");
    reverse(shop, receipt, "2026-03-09"_date);
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    CHECK(shop.balance("inventory.opening") == "0.00");
    CHECK(shop.balance("inventory.stock") == "0.00");
    CHECK(shop.company.load(receipt).reversed_on == "2026-03-09"_date);
    CHECK(shop.refusal([&] { reverse(shop, receipt, "2026-03-09"_date); }) == "kernel.wrong_state");
    shop.check_sound();
}

TEST_CASE("stock movement: what is made here comes out of work in process, and what goes into it goes there") {
    Shop       shop;
    const auto bolt = shop.product("BOLT"), rack = shop.product("RACK");
    const auto post = [&](MovementKind kind, MovementPurpose purpose, StockMovementLine line) {
        shop.company.transition(shop.company.insert(StockMovement{.kind = kind, .date = Shop::day, .purpose = purpose, .lines = {line}}), "post");
    };
    post(MovementKind::receipt, MovementPurpose::opening,
         {.product = bolt, .location = shop.stock, .quantity = Quantity::parse("10"), .unit_cost = UnitPrice::parse("2.5")});
    post(MovementKind::issue, MovementPurpose::production, {.product = bolt, .location = shop.stock, .quantity = Quantity::parse("8")});
    CHECK(shop.balance("inventory.production") == "20.00");
    post(MovementKind::receipt, MovementPurpose::production,
         {.product = rack, .location = shop.stock, .quantity = Quantity::parse("3"), .unit_cost = UnitPrice::parse("6")});
    CHECK(shop.balance("inventory.production") == "2.00");
    CHECK(shop.balance("inventory.consumption") == "0.00");
    CHECK(shop.holding(rack) == "3 worth 18.00");
    shop.check_sound();
}

TEST_CASE("stock movement: the variance of a receipt at standard cost is undone with it") {
    Shop       shop;
    const auto gear    = shop.product("GEAR", Costing::standard, "5");
    const auto receipt = movement(shop, MovementKind::receipt,
                                  {{.product   = gear,
                                    .location  = shop.stock,
                                    .quantity  = Quantity::parse("4"),
                                    .unit_cost = UnitPrice::parse("4")}});
    shop.company.transition(receipt, "post");
    CHECK(shop.balance("inventory.price_variance") == "-4.00");
    reverse(shop, receipt, Shop::day);
    CHECK(shop.balance("inventory.price_variance") == "0.00");
    CHECK(shop.balance("inventory.opening") == "0.00");
    shop.check_sound();
}

TEST_CASE("stock movement: what cannot be posted is refused, and nothing is half done") {
    Shop       shop;
    const auto bolt  = shop.product("BOLT");
    const auto empty = movement(shop, MovementKind::receipt, {});
    CHECK(shop.refusal([&] { shop.company.transition(empty, "post"); }) == "inventory.no_lines");
    CHECK(shop.refusal([&] {
        movement(shop, MovementKind::transfer,
                 {{.product = bolt, .location = shop.stock, .quantity = Quantity::parse("1")}});
    }) == "inventory.no_destination");
    CHECK(shop.refusal([&] {
        movement(shop, MovementKind::issue,
                 {{.product   = bolt,
                   .location  = shop.stock,
                   .quantity  = Quantity::parse("1"),
                   .unit_cost = UnitPrice::parse("1")}});
    }) == "inventory.cost_of_issue");
    const auto half = movement(shop, MovementKind::receipt,
                               {{.product   = bolt,
                                 .location  = shop.stock,
                                 .quantity  = Quantity::parse("1"),
                                 .unit_cost = UnitPrice::parse("1")}},
                               "2019-01-01"_date);
    CHECK(shop.refusal([&] { shop.company.transition(half, "post"); }) == "financials.no_period");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    CHECK(shop.company.load(half).state == MovementState::draft);
}

TEST_CASE("stock movement: a transfer into a locked period is refused as any posting is") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "5", "5.00", "2026-01-10"_date);
    const auto january =
        *shop.company.value<Id<financials::Period>>("SELECT id FROM financials_period WHERE name = '2026-01'");
    shop.company.transition(january, "soft_lock");
    CHECK(shop.refusal([&] { shop.transfer(bolt, shop.stock, shop.quarantine, "1", "2026-01-20"_date); }) ==
          "inventory.period_closed");
    CHECK(shop.refusal([&] { shop.receive(bolt, "1", "0.00", "2026-01-20"_date); }) == "inventory.period_closed");
    shop.transfer(bolt, shop.stock, shop.quarantine, "1", "2026-02-01"_date);
    shop.check_sound();
}

TEST_CASE("stock count: gain and loss are booked at the average, and the count asserts its result") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "25.00", "2026-03-02"_date);
    shop.count(bolt, "8", "2026-03-10"_date);
    CHECK(shop.holding(bolt) == "8 worth 20.00");
    CHECK(shop.balance("inventory.count_difference") == "5.00");
    shop.count(bolt, "12", "2026-03-10"_date);
    CHECK(shop.holding(bolt) == "12 worth 30.00");
    CHECK(shop.balance("inventory.count_difference") == "-5.00");

    CHECK(shop.refusal([&] { shop.receive(bolt, "1", "2.00", "2026-03-09"_date); }) == "inventory.counted_since");
    CHECK(shop.refusal([&] { shop.issue(bolt, "1", "2026-03-09"_date); }) == "inventory.counted_since");
    CHECK(shop.refusal([&] { shop.transfer(bolt, shop.stock, shop.quarantine, "1", "2026-03-09"_date); }) ==
          "inventory.counted_since");
    CHECK(shop.refusal([&] { shop.count(bolt, "12", "2026-03-09"_date); }) == "inventory.counted_since");
    shop.receive(bolt, "1", "2.00", "2026-03-10"_date);
    shop.receive(bolt, "1", "2.00", "2026-03-09"_date, shop.quarantine);
    shop.check_sound();
}

TEST_CASE("stock count: an earlier day is counted against what the books said that day") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "25.00", "2026-03-02"_date);
    shop.receive(bolt, "5", "12.50", "2026-03-20"_date);
    const auto id = shop.company.insert(
        StockCount{.date  = "2026-03-10"_date,
                   .lines = {{.product = bolt, .location = shop.stock, .counted = Quantity::parse("9")}}});
    shop.company.transition(id, "post");
    const auto line = shop.company.load(id).lines.front();
    CHECK(line.expected.str() == "10");
    CHECK(line.difference.str() == "-1");
    CHECK(line.cost.str() == "-2.50");
    CHECK(shop.holding(bolt) == "14 worth 35.00");
    shop.check_sound();
}

TEST_CASE("stock count: goods found where none were need a unit cost, a product is counted once") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    const auto id   = shop.company.insert(StockCount{.date  = Shop::day,
                                                     .lines = {{.product   = bolt,
                                                                .location  = shop.stock,
                                                                .counted   = Quantity::parse("3"),
                                                                .unit_cost = UnitPrice::parse("2")}}});
    shop.company.transition(id, "post");
    CHECK(shop.holding(bolt) == "3 worth 6.00");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        tx.insert(StockCount{
            .lines = {{.product = bolt, .location = shop.stock}, {.product = bolt, .location = shop.stock}}});
    }) == "inventory.counted_twice");
    shop.check_sound();
}

TEST_CASE("costing change: the method changes, the value does not (odoo test_stockvaluationlayer: 19 on hand)") {
    Shop       shop;
    const auto gear = shop.product("GEAR", Costing::standard, "10"), bolt = shop.product("BOLT");
    const auto change = [&](Id<Product> product, Costing costing, std::optional<UnitPrice> standard = {}) {
        const auto id = shop.company.insert(CostingChange{
            .date = Shop::day, .product = product, .costing = costing, .standard_cost = standard, .reason = "Test"});
        shop.company.transition(id, "post");
    };
    shop.receive(gear, "19", "190.00");
    change(gear, Costing::moving_average);
    CHECK(shop.holding(gear) == "19 worth 190.00");
    shop.receive(bolt, "10", "100.00");
    shop.receive(bolt, "10", "200.00");
    shop.issue(bolt, "1");
    CHECK(shop.holding(bolt) == "19 worth 285.00");
    change(bolt, Costing::standard);
    CHECK(shop.holding(bolt) == "19 worth 285.00");
    CHECK(shop.company.load(bolt).standard_cost.str() == "15");
    CHECK(shop.balance("inventory.revaluation") == "0.00");
    change(gear, Costing::standard, UnitPrice::parse("20"));  // not neutral: 380 at the last price
    CHECK(shop.holding(gear) == "19 worth 380.00");
    CHECK(shop.balance("inventory.revaluation") == "-190.00");
    CHECK(shop.refusal([&] { change(gear, Costing::standard); }) == "inventory.costing_unchanged");
    shop.check_sound();
}

TEST_CASE("product: what its stock hangs on changes only by a posted document") {
    Shop       shop;
    const auto gear = shop.product("GEAR", Costing::standard, "10");
    shop.receive(gear, "1", "10.00");
    const auto change = [&](const std::function<void(Product&)>& edit) {
        return shop.company.refusal([&](Transaction& tx) {
            auto product = tx.load(gear);
            edit(product);
            tx.save(product);
        });
    };
    CHECK(change([](Product& p) { p.costing = Costing::moving_average; }) == "inventory.costing_needs_posting");
    CHECK(change([](Product& p) { p.standard_cost = UnitPrice::parse("11"); }) ==
          "inventory.standard_cost_needs_posting");
    CHECK(change([](Product& p) { p.stocked = false; }) == "inventory.stock_on_hand");
    CHECK(change([](Product& p) { p.unit = Id<catalog::Unit>{2}; }) == "inventory.unit_in_use");
    CHECK(change([](Product& p) { p.name = "Other"; }) == "");
    shop.issue(gear, "1");
    CHECK(change([](Product& p) { p.costing = Costing::moving_average; }) == "");
    shop.check_sound();
}

TEST_CASE("revaluation: it says clearly what, and not of nothing") {
    Shop       shop;
    const auto bolt   = shop.product("BOLT");
    const auto gear   = shop.product("GEAR", Costing::standard, "10");
    const auto refuse = [&](Revaluation r) {
        return shop.refusal([&] {
            const auto id = shop.company.insert(r);
            shop.company.transition(id, "post");
        });
    };
    CHECK(refuse({.product = bolt, .reason = "Test"}) == "inventory.revaluation_unclear");
    CHECK(refuse({.product = bolt, .new_unit_cost = UnitPrice::parse("1"), .reason = "Test"}) ==
          "inventory.nothing_to_revalue");
    shop.receive(bolt, "10", "100.00");
    CHECK(refuse({.product = bolt, .amount = shop.company.money("-100.01"), .reason = "Test"}) ==
          "inventory.value_below_zero");
    CHECK(refuse({.product = gear, .amount = shop.company.money("1.00"), .reason = "Test"}) ==
          "inventory.standard_needs_unit_cost");
    CHECK(refuse({.product = bolt, .amount = shop.company.money("-100.00"), .reason = "Rusted"}) == "");
    CHECK(shop.holding(bolt) == "10 worth 0.00");
    shop.check_sound();
}
