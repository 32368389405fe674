#include "tests/shop.h"

using namespace inventory;
using namespace inventory::tests;

TEST_CASE("stock: goods come in, go out and change place, and the ledger follows") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00");
    CHECK(shop.holding(bolt) == "10 worth 100.00");
    CHECK(shop.balance("inventory.stock") == "100.00");
    CHECK(shop.balance(goods_in) == "-100.00");

    shop.transfer(bolt, shop.stock, shop.quarantine, "4");
    CHECK(shop.on_hand(bolt, shop.stock) == "6");
    CHECK(shop.on_hand(bolt, shop.quarantine) == "4");
    CHECK(shop.holding(bolt) == "10 worth 100.00");

    CHECK(shop.cost_of_issue(bolt, "6") == "60.00");
    CHECK(shop.balance("inventory.stock") == "40.00");
    CHECK(shop.balance(goods_out) == "60.00");
    shop.check_sound();
}

TEST_CASE("stock: the last goods take the last cent (BC design-details-rounding: 3 pieces for 10.00)") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "3", "10.00");
    CHECK(shop.cost_of_issue(bolt, "1") == "3.33");
    CHECK(shop.cost_of_issue(bolt, "1") == "3.34");
    CHECK(shop.cost_of_issue(bolt, "1") == "3.33");
    CHECK(shop.holding(bolt) == "0 worth 0.00");
    shop.check_sound();
}

TEST_CASE(
    "stock: rounding residues never outlive the goods (BC design-details-rounding, odoo test_stockvaluationlayer)") {
    struct Row {
        std::vector<std::pair<const char*, const char*>> in;
        std::vector<const char*>                         out;
    };
    for (const auto& row :
         {Row{{{"1", "1.00"}, {"1", "1.00"}, {"1", "1.01"}}, {"3"}},
          Row{{{"1", "1.02"}, {"1", "1.00"}, {"1", "1.00"}}, {"3"}},
          Row{{{"1000", "170.00"}, {"800", "184.00"}}, {"1000", "800"}}, Row{{{"7", "0.01"}}, {"3", "3", "1"}}}) {
        Shop       shop;
        const auto bolt = shop.product("BOLT");
        for (const auto& [quantity, cost] : row.in) shop.receive(bolt, quantity, cost);
        for (const char* quantity : row.out) shop.issue(bolt, quantity);
        CHECK(shop.holding(bolt) == "0 worth 0.00");
        CHECK(shop.balance("inventory.stock") == "0.00");
        shop.check_sound();
    }
}

TEST_CASE("stock: half a piece in and out leaves nothing in a currency without decimals (BC design-details-rounding)") {
    Shop       shop({.modules = {"inventory"}, .currency = "JPY"});
    const auto oil = shop.product("OIL", Costing::moving_average, "0", "L");
    shop.receive(oil, "0.5", "2");
    shop.issue(oil, "0.2");
    shop.issue(oil, "0.3");
    CHECK(shop.holding(oil) == "0 worth 0");
    shop.check_sound();
}

TEST_CASE("stock: the moving average follows receipts and revaluations (tryton scenario_stock_average_cost_price)") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "1", "100.00");
    CHECK(shop.holding(bolt) == "1 worth 100.00");
    shop.receive(bolt, "1", "200.00");
    CHECK(shop.holding(bolt) == "2 worth 300.00");
    shop.receive(bolt, "2", "400.00");
    CHECK(shop.holding(bolt) == "4 worth 700.00");  // 175 each
    shop.revalue(bolt, "140");                      // × 0.8
    CHECK(shop.holding(bolt) == "4 worth 560.00");
    shop.revalue(bolt, "154");  // × 1.1
    CHECK(shop.holding(bolt) == "4 worth 616.00");
    CHECK(shop.balance("inventory.revaluation") == "84.00");
    shop.check_sound();
}

TEST_CASE("stock: fixed and average cost at receipt (tryton scenario_account_stock_anglo_saxon)") {
    Shop       shop;
    const auto fixed = shop.product("F", Costing::standard, "5"), average = shop.product("A");
    shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
        auto&      stock = tx.service<Stock>();
        const auto a     = stock.receive(tx,
                                         {.product      = fixed,
                                          .location     = shop.stock,
                                          .quantity     = Quantity::parse("4"),
                                          .date         = Shop::day,
                                          .cost         = tx.books().money("16.00"),
                                          .counter_role = goods_in},
                                         entry);
        stock.receive(tx,
                      {.product      = average,
                       .location     = shop.stock,
                       .quantity     = Quantity::parse("5"),
                       .date         = Shop::day,
                       .cost         = tx.books().money("30.00"),
                       .counter_role = goods_in},
                      entry);
        CHECK(a.value.str() == "20.00");
        CHECK(a.variance.str() == "-4.00");
    });
    CHECK(shop.balance("inventory.stock") == "50.00");
    CHECK(shop.balance(goods_in) == "-46.00");
    CHECK(shop.balance("inventory.price_variance") == "-4.00");
    CHECK(shop.cost_of_issue(fixed, "2") == "10.00");
    CHECK(shop.cost_of_issue(average, "3") == "18.00");  // 28.00 together
    shop.check_sound();
}

TEST_CASE("stock: a perpetual stock in centimetres, counted and revalued (tryton scenario_account_stock_continental)") {
    Shop       shop;
    const auto fixed   = shop.product("F", Costing::standard, "5", "CM"),
               average = shop.product("A", Costing::moving_average, "0", "CM");
    shop.receive(fixed, "400", "1600.00");
    shop.receive(average, "500", "3000.00");
    CHECK(shop.balance("inventory.stock") == "5000.00");
    shop.issue(fixed, "2");
    shop.issue(average, "3");
    CHECK(shop.balance(goods_out) == "28.00");
    shop.count(fixed, "100");
    shop.count(average, "100");
    CHECK(shop.balance("inventory.count_difference") == "3872.00");  // 28.00 + 3872.00 = 3900.00
    shop.revalue(fixed, "3");
    CHECK(shop.balance("inventory.revaluation") == "200.00");  // 100 cm from 5.00 to 3.00
    CHECK(shop.holding(fixed) == "100 worth 300.00");
    CHECK(shop.holding(average) == "100 worth 600.00");
    shop.check_sound();
}

TEST_CASE("stock: standard cost keeps its variances apart (BC design-details-variance)") {
    Shop       shop;
    const auto gear    = shop.product("GEAR", Costing::standard, "100");
    const auto receipt = shop.receive(gear, "1", "90.00");
    CHECK(shop.balance("inventory.price_variance") == "-10.00");
    const auto placed = shop.late_cost(receipt, "20.00");
    CHECK(placed.to_variance.str() == "20.00");
    CHECK(shop.balance("inventory.price_variance") == "10.00");
    shop.revalue(gear, "70");
    CHECK(shop.balance("inventory.price_variance") == "10.00");
    CHECK(shop.balance("inventory.revaluation") == "30.00");
    CHECK(shop.holding(gear) == "1 worth 70.00");
    CHECK(shop.cost_of_issue(gear, "1") == "70.00");
    shop.check_sound();
}

TEST_CASE("stock: more than is there is refused, and the refusal says what is there") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00");
    try {
        shop.issue(bolt, "11");
        FAIL("not refused");
    } catch (const tessera::Refused& refused) {
        CHECK(refused.code() == "inventory.not_enough");
        CHECK(refused.sentence() == "To take 11 of BOLT from STOCK, bring in more first: 10 are on hand there.");
    }
    CHECK(shop.refusal([&] { shop.issue(bolt, "1", Shop::day, shop.quarantine); }) == "inventory.not_enough");
    CHECK(shop.refusal([&] { shop.transfer(bolt, shop.stock, shop.quarantine, "11"); }) == "inventory.not_enough");
    CHECK(shop.holding(bolt) == "10 worth 100.00");
    shop.check_sound();
}

TEST_CASE("stock: what makes no sense is refused") {
    Shop       shop;
    const auto bolt    = shop.product("BOLT");
    const auto service = shop.product("SERVICE");
    shop.company.run([&](Transaction& tx) {
        auto product    = tx.load(service);
        product.stocked = false;
        tx.save(product);
    });
    CHECK(shop.refusal([&] { shop.receive(bolt, "0", "1.00"); }) == "inventory.quantity_not_positive");
    CHECK(shop.refusal([&] { shop.receive(bolt, "-1", "1.00"); }) == "inventory.quantity_not_positive");
    CHECK(shop.refusal([&] { shop.receive(bolt, "1", "-1.00"); }) == "inventory.cost_negative");
    CHECK(shop.refusal([&] { shop.receive(service, "1", "1.00"); }) == "inventory.not_stocked");
    CHECK(shop.refusal([&] { shop.transfer(bolt, shop.stock, shop.stock, "1"); }) == "inventory.same_location");
    CHECK(shop.refusal([&] { shop.receive(bolt, "1", "1.00", Shop::day, Id<Location>{99}); }) ==
          "inventory.no_location");
    CHECK(shop.refusal([&] { shop.receive(Id<Product>{99}, "1", "1.00"); }) == "inventory.no_product");
}

TEST_CASE("stock: what is posted to a stock account by another way is refused") {
    Shop       shop;
    const auto bolt = shop.product("BOLT");
    shop.receive(bolt, "10", "100.00");
    const auto post = [&] {
        shop.post(Shop::day, [&](Transaction& tx, JournalEntry& entry) {
            entry.lines = {financials::debit("inventory.stock", tx.books().money("5.00")),
                           financials::credit(goods_in, tx.books().money("5.00"))};
        });
    };
    CHECK(shop.refusal(post) == "inventory.value_differs_from_ledger");
    // … and goods whose lines are never posted are, too
    CHECK(shop.company.refusal([&](Transaction& tx) {
        JournalEntry forgotten{.date = Shop::day};
        tx.service<Stock>().issue(tx,
                                  {.product      = bolt,
                                   .location     = shop.stock,
                                   .quantity     = Quantity::parse("1"),
                                   .date         = Shop::day,
                                   .counter_role = goods_out},
                                  forgotten);
    }) == "inventory.value_differs_from_ledger");
    shop.check_sound();
}

TEST_CASE("stock: a category has its own stock account, and goods stay on the account they came in on") {
    Shop       shop;
    const auto steel   = shop.company.insert(catalog::Category{.name = "Steel"});
    const auto screws  = shop.company.insert(catalog::Category{.name = "Screws", .parent = steel});
    const auto account = shop.company.insert(
        financials::Account{.code = "1219", .name = "Steel on hand", .control = financials::Control::stock});
    const auto bolt     = shop.product("BOLT");
    const auto classify = [&](Id<catalog::Category> category) {
        shop.company.run([&](Transaction& tx) {
            auto product     = tx.load(bolt);
            product.category = category;
            tx.save(product);
        });
    };
    shop.company.insert(CategoryAccount{.category = steel, .account = account});
    classify(screws);
    shop.receive(bolt, "10", "100.00");
    classify({});
    shop.receive(bolt, "10", "100.00");
    CHECK(shop.company.report("inventory.valuation", {{"as_of", "2026-12-31"}}) ==
          "BOLT | Product BOLT | 1219 | 20 | EA | 200.00 | 10\n=  |  |  |  |  | 200.00 | \n");
    shop.issue(bolt, "20");
    shop.receive(bolt, "1", "10.00");
    CHECK(shop.company.report("inventory.valuation", {{"as_of", "2026-12-31"}}) ==
          "BOLT | Product BOLT | 1210 | 1 | EA | 10.00 | 10\n=  |  |  |  |  | 10.00 | \n");
    shop.check_sound();
}
