#include "selling.h"

using namespace sales;
using namespace sales::tests;

TEST_CASE("by offer: gross, discount and net of what was ordered, as the lines have it; drafts and cancelled orders are left out") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto helmet  = here.product("HELMET", "19.99");
    here.company.insert(SpecialOffer{.name = "Eleven", .discount = Percent::parse("12.5"), .product = bicycle, .minimum_quantity = Quantity::of(11)});
    here.order({{bicycle, "11"}, {helmet, "3"}});
    here.order({{bicycle, "12"}}, "2026-04-01"_date);
    here.order({{helmet, "1", "15", "10"}});
    here.draft({{bicycle, "20"}});
    CHECK(here.company.report("sales.by_offer") ==
          " | 2 | 4 | 74.97 | 1.50 | 73.47\n"
          "Eleven | 2 | 23 | 2300.00 | 287.50 | 2012.50\n"
          "=  | 4 |  | 2374.97 | 289.00 | 2085.97\n");
    CHECK(here.company.report("sales.by_offer", {{"from", "2026-03-03"}}) == "Eleven | 1 | 12 | 1200.00 | 150.00 | 1050.00\n=  | 1 |  | 1200.00 | 150.00 | 1050.00\n");
    CHECK(here.company.report("sales.by_offer", {{"to", "2026-03-01"}}) == "=  | 0 |  | 0.00 | 0.00 | 0.00\n");
}

TEST_CASE("by currency: totals in the currency the customer reckons in, at the closing rates of the days, rounded once") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "0.01");
    const auto usd = Currency::of("USD"), aud = Currency::of("AUD");
    const auto rate = [&](Date on, const char* of_day, const char* closing) {
        here.company.insert(directory::ExchangeRate{.base = usd, .quote = aud, .date = on, .rate = tessera::Rate::parse(of_day), .closing_rate = tessera::Rate::parse(closing)});
    };
    rate("2026-03-01"_date, "1.9", "1.40");
    rate("2026-03-05"_date, "1.9", "1.60");
    const auto order = [&](const char* quantity, Date on, Currency reckons_in) {
        auto order              = here.order_of({{bicycle, quantity}}, on);
        if (!reckons_in.none()) order.customer_currency = reckons_in;
        return here.done(order, "confirm", on);
    };
    order("1", "2026-03-02"_date, aud);
    order("1", "2026-03-02"_date, aud);   // twice 0.014: 0.03, not 0.02
    CHECK(here.company.report("sales.by_currency") == "AUD | 2 | 0.02 | 0.03\n=  | 2 | 0.02 | \n");
    order("500", "2026-03-05"_date, aud);
    order("700", "2026-03-05"_date, {});
    CHECK(here.company.report("sales.by_currency") ==
          "AUD | 3 | 5.02 | 8.03\n"
          "USD | 1 | 7.00 | 7.00\n"
          "=  | 4 | 12.02 | \n");
}

TEST_CASE("orders by product: revenue of the orders of a year, and what the goods that left for them cost, less what came back") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "10", "60");
    const auto order = here.order({{bicycle, "8"}});
    CHECK(here.company.report("sales.orders_by_product") == "2026 |  | BIKE | BIKE | 1 | 8 | 800.00 | 0.00 | 800.00\n=  |  |  |  | 1 |  | 800.00 | 0.00 | 800.00\n");
    const auto shipment = here.ship(order, {"5"});
    CHECK(here.company.report("sales.orders_by_product") == "2026 |  | BIKE | BIKE | 1 | 8 | 800.00 | 300.00 | 500.00\n=  |  |  |  | 1 |  | 800.00 | 300.00 | 500.00\n");
    here.give_back(shipment, {"1"});
    CHECK(here.company.report("sales.orders_by_product") == "2026 |  | BIKE | BIKE | 1 | 8 | 800.00 | 240.00 | 560.00\n=  |  |  |  | 1 |  | 800.00 | 240.00 | 560.00\n");
    CHECK(here.balance("sales.cost_of_sales") == "240.00");
    here.move(here.ship(order, {"3"}), "reverse", "{}");
    CHECK(here.company.report("sales.orders_by_product") == "2026 |  | BIKE | BIKE | 1 | 8 | 800.00 | 240.00 | 560.00\n=  |  |  |  | 1 |  | 800.00 | 240.00 | 560.00\n");
    here.check_sound();
}

TEST_CASE("orders by product: late cost of goods that left is cost of their order") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto receipt = here.stock(bicycle, "10", "60");
    here.ship(here.order({{bicycle, "5"}}), {"5"});
    here.late_cost(receipt, "20.00", Selling::day);
    CHECK(here.company.report("sales.orders_by_product") == "2026 |  | BIKE | BIKE | 1 | 5 | 500.00 | 310.00 | 190.00\n=  |  |  |  | 1 |  | 500.00 | 310.00 | 190.00\n");
    CHECK(here.balance("sales.cost_of_sales") == "310.00");
}
