#include "selling.h"

using namespace sales;
using namespace sales::tests;

TEST_CASE("credit: an order beyond the limit waits, with what is owed and on order, until somebody lets it go") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "20", "60");
    here.terms({.credit_limit = here.usd("1000.00")});
    const auto first = here.order({{bicycle, "6"}});
    CHECK(here.state(first) == "confirmed");
    here.ship(first, {"6"});
    here.invoice(first);
    const auto second = here.order({{bicycle, "3"}});
    CHECK(here.state(second) == "confirmed");
    const auto third = here.order({{bicycle, "2"}});
    CHECK(here.state(third) == "held");
    CHECK(here.company.load(third).hold_reason == "Credit limit 1000.00: 600.00 owed, 300.00 on order, 1100.00 with this order");
    CHECK(here.refusal(Shipment{.lines = {{.order_line = here.line(third).id, .quantity = Quantity::of(1)}}}, "ship") == "sales.order_not_open");

    here.move(third, "release", R"({"reason":"pays tomorrow"})");
    CHECK(here.state(third) == "confirmed");
    CHECK(here.company.load(third).hold_reason.empty());
    here.ship(third, {"2"});
    here.check_sound();
}

TEST_CASE("credit: exactly the limit is within it, and no limit is no limit") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.terms({.credit_limit = here.usd("1000.00")});
    CHECK(here.state(here.order({{bicycle, "10"}})) == "confirmed");
    CHECK(here.state(here.order({{bicycle, "1"}})) == "held");
    here.terms({});
    CHECK(here.state(here.order({{bicycle, "1000"}})) == "confirmed");
}

TEST_CASE("credit: new orders wait while an invoice is overdue for longer than allowed") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "20", "60");
    here.terms({.overdue_days = 10});
    const auto order = here.order({{bicycle, "1"}});
    here.ship(order, {"1"});
    here.invoice(order);                                     // due on April 1st
    CHECK(here.state(here.order({{bicycle, "1"}}, "2026-04-11"_date)) == "confirmed");
    const auto late = here.order({{bicycle, "1"}}, "2026-04-12"_date);
    CHECK(here.company.load(late).hold_reason == "An invoice is 11 days overdue, 10 are allowed");
}
