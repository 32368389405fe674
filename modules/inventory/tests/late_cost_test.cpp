#include "tests/shop.h"

#include <financials/periods.h>

using namespace inventory;
using namespace inventory::tests;

TEST_CASE(
    "late cost: invoiced as received, nothing changes; dearer, the stock takes it (metasfresh receipt_and_ship a, b)") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00");
    shop.late_cost(receipt, "0.00");
    CHECK(shop.holding(bolt) == "10 worth 100.00");
    const auto placed = shop.late_cost(receipt, "30.00");
    CHECK(placed.to_stock.str() == "30.00");
    CHECK(shop.holding(bolt) == "10 worth 130.00");
    shop.check_sound();
}

TEST_CASE("late cost: what was shipped before takes its share (metasfresh receipt_and_ship c)") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00");
    CHECK(shop.cost_of_issue(bolt, "7") == "70.00");
    CHECK(shop.holding(bolt) == "3 worth 30.00");
    const auto placed = shop.late_cost(receipt, "30.00");
    CHECK(placed.to_stock.str() == "9.00");
    CHECK(placed.to_issues.str() == "21.00");
    CHECK(shop.holding(bolt) == "3 worth 39.00");
    CHECK(shop.balance(goods_out) == "91.00");
    CHECK(shop.cost_of_issue(bolt, "3") == "39.00");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    shop.check_sound();
}

TEST_CASE("late cost: a wrong price undone leaves no trace (metasfresh reverseMaterialReceipt)") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "100", "1000.00");
    const auto wrong = shop.receive(bolt, "10", "10000000.00");
    CHECK(shop.holding(bolt) == "110 worth 10001000.00");
    shop.reverse(wrong);
    CHECK(shop.holding(bolt) == "100 worth 1000.00");
    CHECK(shop.balance(goods_in) == "-1000.00");
    CHECK(shop.balance("inventory.price_variance") == "0.00");
    CHECK(shop.refusal([&] { shop.reverse(wrong); }) == "inventory.already_reversed");
    shop.check_sound();
}

TEST_CASE("late cost: freight after the sale goes to the sale, dated forward (BC design-details-cost-adjustment)") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "1", "10.00", "2026-01-01"_date);
    shop.issue(bolt, "1", "2026-01-15"_date);
    const auto placed = shop.late_cost(receipt, "2.00", "2026-02-10"_date);
    CHECK(placed.to_issues.str() == "2.00");
    CHECK(shop.balance(goods_out) == "12.00");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    CHECK(shop.company.value<std::int64_t>(
              "SELECT count(*) FROM inventory_value_entry WHERE date = '2026-02-10' AND kind = 'late_cost'") == 2);
    shop.check_sound();
}

TEST_CASE("late cost: once the period of the sale is closed, its share is variance, dated in the first open period") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00", "2026-01-05"_date);
    shop.issue(bolt, "4", "2026-01-15"_date);
    shop.issue(bolt, "2", "2026-03-02"_date);
    for (const char* name : {"2026-01", "2026-02"}) {
        const auto period = *shop.company.value<Id<financials::Period>>(
            "SELECT id FROM financials_period WHERE name = :name", std::string_view(name));
        shop.company.transition(period, "soft_lock");
    }
    const auto placed = shop.late_cost(receipt, "10.00", "2026-02-10"_date);
    CHECK(placed.to_stock.str() == "4.00");
    CHECK(placed.to_issues.str() == "2.00");
    CHECK(placed.to_variance.str() == "4.00");
    CHECK(shop.company.value<std::string>("SELECT max(date) FROM inventory_value_entry WHERE kind = 'late_cost'") ==
          "2026-03-01");
    shop.check_sound();
}

TEST_CASE("late cost: what was issued came from where it was issued, not from older goods that lie in quarantine") {
    Shop       shop;
    const auto bolt     = shop.product("BOLT");
    const auto rejected = shop.receive(bolt, "10", "100.00", "2026-02-01"_date, shop.quarantine);
    const auto accepted = shop.receive(bolt, "10", "100.00", "2026-02-10"_date);
    shop.issue(bolt, "4");
    CHECK(shop.remaining(rejected) == "10");
    CHECK(shop.remaining(accepted) == "6");
    const auto of_accepted = shop.late_cost(accepted, "10.00");
    CHECK(of_accepted.to_stock.str() == "6.00");
    CHECK(of_accepted.to_issues.str() == "4.00");
    const auto of_rejected = shop.late_cost(rejected, "10.00");
    CHECK(of_rejected.to_stock.str() == "10.00");
    CHECK(of_rejected.to_issues.is_zero());
    CHECK(shop.holding(bolt) == "16 worth 176.00");
    shop.check_sound();
}

TEST_CASE("late cost: a transfer takes along the oldest goods that lie there, and an issue finds them where they went") {
    Shop       shop;
    const auto bolt  = shop.product("BOLT");
    const auto first = shop.receive(bolt, "10", "100.00", "2026-02-01"_date);
    const auto next  = shop.receive(bolt, "10", "100.00", "2026-02-10"_date);
    shop.transfer(bolt, shop.stock, shop.quarantine, "12");      // all of the first, 2 of the next
    shop.issue(bolt, "5");
    CHECK(shop.remaining(first) == "10");
    CHECK(shop.remaining(next) == "5");
    shop.issue(bolt, "11", Shop::day, shop.quarantine);
    CHECK(shop.remaining(first) == "0");
    CHECK(shop.remaining(next) == "4");
    CHECK(shop.late_cost(first, "10.00").to_issues.str() == "10.00");
    const auto of_next = shop.late_cost(next, "10.00");
    CHECK(of_next.to_stock.str() == "4.00");
    CHECK(of_next.to_issues.str() == "6.00");
    shop.check_sound();
}

TEST_CASE("late cost: an issue undone leaves the goods open where it had taken them") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    const auto old  = shop.receive(bolt, "10", "100.00", "2026-02-01"_date);
    shop.transfer(bolt, shop.stock, shop.quarantine, "10");
    const auto fresh  = shop.receive(bolt, "10", "100.00", "2026-02-10"_date);
    const auto issued = shop.issue(bolt, "3", Shop::day, shop.quarantine);
    CHECK(shop.remaining(old) == "7");
    shop.reverse(issued.entry);
    shop.issue(bolt, "10");
    CHECK(shop.remaining(old) == "10");
    CHECK(shop.remaining(fresh) == "0");
    shop.check_sound();
}

TEST_CASE("late cost: goods returned to the supplier bear none of it") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00");
    shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
        tx.service<Stock>().issue(tx,
                                  {.product      = bolt,
                                   .location     = shop.stock,
                                   .quantity     = Quantity::parse("2"),
                                   .date         = Shop::day,
                                   .counter_role = goods_in,
                                   .kind         = EntryKind::supplier_return,
                                   .from         = receipt},
                                  entry);
    });
    CHECK(shop.remaining(receipt) == "8");
    CHECK(shop.late_cost(receipt, "24.00").to_stock.str() == "24.00");
    CHECK(shop.holding(bolt) == "8 worth 104.00");
    shop.check_sound();
}

TEST_CASE("late cost: a receipt whose goods all went back passes it to variance") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto receipt = shop.receive(bolt, "10", "100.00");
    shop.reverse(receipt);
    CHECK(shop.late_cost(receipt, "3.00").to_variance.str() == "3.00");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    shop.check_sound();
}

TEST_CASE("supplier return: goods of a receipt that lie elsewhere are exchanged for others of the place they leave from") {
    Shop       shop;
    const auto bolt   = shop.product("BOLT");
    const auto old    = shop.receive(bolt, "10", "100.00", "2026-02-01"_date);
    const auto faulty = shop.receive(bolt, "10", "200.00", "2026-02-10"_date);
    shop.transfer(bolt, shop.stock, shop.quarantine, "4");       // the old ones, as far as the books know
    shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
        const auto issued = tx.service<Stock>().issue(tx,
                                                      {.product      = bolt,
                                                       .location     = shop.quarantine,
                                                       .quantity     = Quantity::parse("4"),
                                                       .date         = Shop::day,
                                                       .counter_role = goods_in,
                                                       .kind         = EntryKind::supplier_return,
                                                       .from         = faulty},
                                                      entry);
        CHECK(issued.cost.str() == "80.00");
    });
    CHECK(shop.remaining(old) == "10");
    CHECK(shop.remaining(faulty) == "6");
    shop.check_sound();
    shop.issue(bolt, "16");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    shop.check_sound();
}

TEST_CASE("supplier return: goods leave at their receipt's cost, what the supplier owes beside it is variance") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00");
    const auto dear = shop.receive(bolt, "10", "200.00");
    shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
        const auto issued = tx.service<Stock>().issue(tx,
                                                      {.product      = bolt,
                                                       .location     = shop.stock,
                                                       .quantity     = Quantity::parse("5"),
                                                       .date         = Shop::day,
                                                       .counter_role = goods_in,
                                                       .kind         = EntryKind::supplier_return,
                                                       .from         = dear,
                                                       .value        = tx.books().money("95.00")},
                                                      entry);
        CHECK(issued.cost.str() == "100.00");
    });
    CHECK(shop.holding(bolt) == "15 worth 200.00");
    CHECK(shop.balance(goods_in) == "-205.00");
    CHECK(shop.balance("inventory.price_variance") == "5.00");
    CHECK(shop.remaining(dear) == "5");
    CHECK(shop.refusal([&] {
        shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
            tx.service<Stock>().issue(tx,
                                      {.product      = bolt,
                                       .location     = shop.stock,
                                       .quantity     = Quantity::parse("6"),
                                       .date         = Shop::day,
                                       .counter_role = goods_in,
                                       .from         = dear},
                                      entry);
        });
    }) == "inventory.goods_gone");
    shop.check_sound();
}
