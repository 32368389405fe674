#include "selling.h"

using namespace sales;
using namespace sales::tests;

TEST_CASE("to be invoiced: what left, what is invoiced when it is ordered, milestones that are reached, and what came back") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100"), project = here.product("PROJECT", "1000", false), pass = here.product("PASS", "30", false);
    here.stock(bicycle, "10", "60");
    auto draft                = here.order_of({{bicycle, "4"}, {project, "1"}, {pass, "2"}});
    draft.lines[1].invoicing = Invoicing::by_milestone;
    draft.lines[2].invoicing = Invoicing::on_order;
    const auto order = here.company.insert(draft, Selling::day);
    here.company.transition(order, "confirm", Selling::day);
    const auto half = here.company.insert(Milestone{.sales_order = order, .order_line = here.line(order, 1).id, .title = "Half", .share = Percent::parse("33.333333")});
    CHECK(here.company.report("sales.to_be_invoiced", {{"until", "2026-03-12"}}) ==
          "SO-2026-00001 | Corner Shop | PASS | Ordered | 2026-03-02 | 10 | 2 | USD | 60.00\n"
          "=  |  |  |  |  |  |  |  | 60.00\n");
    const auto shipment = here.ship(order, {"3"}, Selling::day.plus_days(2));
    here.company.transition(half, "reach", Selling::day.plus_days(4));
    CHECK(here.company.report("sales.to_be_invoiced", {{"until", "2026-03-12"}}) ==
          "SO-2026-00001 | Corner Shop | BIKE | Shipped | 2026-03-04 | 8 | 3 | USD | 300.00\n"
          "SO-2026-00001 | Corner Shop | PASS | Ordered | 2026-03-02 | 10 | 2 | USD | 60.00\n"
          "SO-2026-00001 | Corner Shop | PROJECT | Half | 2026-03-06 | 6 | 0 | USD | 333.33\n"
          "=  |  |  |  |  |  |  |  | 693.33\n");
    CHECK(here.company.report("sales.to_be_invoiced", {{"until", "2026-03-03"}}) ==
          "SO-2026-00001 | Corner Shop | PASS | Ordered | 2026-03-02 | 1 | 2 | USD | 60.00\n"
          "=  |  |  |  |  |  |  |  | 60.00\n");
    CHECK(here.company.load(here.invoice(order)).total.str() == "693.33");
    here.give_back(shipment, {"1"}, Selling::day.plus_days(7));
    CHECK(here.company.report("sales.to_be_invoiced", {{"until", "2026-03-12"}}) ==
          "SO-2026-00001 | Corner Shop | BIKE | Came back | 2026-03-09 | 3 | -1 | USD | -100.00\n"
          "=  |  |  |  |  |  |  |  | -100.00\n");
    here.check_sound();
}

TEST_CASE("invoice run: one invoice for each order of what was due until the day; what is left out waits") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "20", "60");
    const auto other = here.company.insert(Party{.number = "OTHER", .name = "Other", .customer = true});
    std::vector<Id<Order>> orders;
    for (int i = 0; i < 3; ++i) {
        auto draft     = here.order_of({{bicycle, "2"}});
        draft.customer = i == 2 ? other : here.shop;
        orders.push_back(here.company.insert(draft, Selling::day));
        here.company.transition(orders.back(), "confirm", Selling::day);
        here.ship(orders.back(), {"2"}, Selling::day.plus_days(i));
    }
    const auto run = here.company.insert(InvoiceRun{.up_to = Selling::day.plus_days(1)}, Selling::day);
    CHECK(here.company.load(run).lines.size() == 2);
    here.company.transition(run, "post", Selling::day.plus_days(1));
    const auto posted = here.company.load(run);
    CHECK(posted.number == "IR-2026-00001");
    CHECK(here.company.load(posted.lines[1].invoice).number == "SI-2026-00002");
    CHECK(here.company.load(posted.lines[1].invoice).date == Selling::day.plus_days(1));
    CHECK(here.state(orders[1]) == "closed");
    CHECK(here.state(orders[2]) == "shipped");
    CHECK(here.refusal(InvoiceRun{.up_to = Selling::day.plus_days(9), .customer = here.shop}, "post") == "sales.nothing_to_invoice");
    here.done(InvoiceRun{.up_to = Selling::day.plus_days(9), .customer = other}, "post");
    CHECK(here.state(orders[2]) == "closed");
    CHECK(here.balance("sales.revenue") == "-600.00");
    here.check_sound();
}

TEST_CASE("reports: open orders say what is still to leave, and what it is worth") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "3", "60");
    const auto order = here.order({{bicycle, "4", "99.99", "10"}});
    here.ship(order, {"3"});
    here.draft({{bicycle, "1"}});
    CHECK(here.company.report("sales.open_orders") ==
          "SO-2026-00001 | 2026-03-02 | Corner Shop | part_shipped | 1 | BIKE |  | 4 | 3 | 0 | 0 | 1 | 99.99 | USD | 89.99\n"
          "=  |  |  |  |  |  |  | 4 | 3 | 0 | 0 | 1 |  |  | 89.99\n");
    CHECK(here.company.report_result("sales.open_orders", {{"all", "true"}}).rows.size() == 2);
}

TEST_CASE("reports: sales by month, year and territory") {
    Selling    here;
    const auto north   = here.company.insert(Territory{.name = "North"});
    const auto bicycle = here.product("BIKE", "100");
    here.terms({.territory = north});
    auto draft    = here.order_of({{bicycle, "1"}}, "2026-01-31"_date);
    draft.freight = here.usd("7.00");
    draft.agreed_tax = here.usd("8.00");
    here.company.transition(here.company.insert(draft, "2026-01-31"_date), "confirm", "2026-01-31"_date);
    here.order({{bicycle, "2"}}, "2026-03-02"_date);
    here.terms({});
    here.order({{bicycle, "3"}}, "2026-03-03"_date);
    here.draft({{bicycle, "9"}}, "2026-03-03"_date);
    CHECK(here.company.report("sales.by_period") ==
          "2026-01 | North | 1 | 1 | 100.00 | 7.00 | 8.00 | 115.00\n"
          "2026-03 | - | 1 | 1 | 300.00 | 0.00 | 0.00 | 300.00\n"
          "2026-03 | North | 1 | 1 | 200.00 | 0.00 | 0.00 | 200.00\n"
          "=  |  | 3 |  | 600.00 | 7.00 | 8.00 | 615.00\n");
    CHECK(here.company.report("sales.by_period", {{"by", "year"}, {"territories", "false"}, {"from", "2026-02-01"}}) ==
          "2026 | - | 2 | 1 | 500.00 | 0.00 | 0.00 | 500.00\n"
          "=  |  | 2 |  | 500.00 | 0.00 | 0.00 | 500.00\n");
}

TEST_CASE("reports: how a price was found names what was looked at, what was taken, and why it is another") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.company.insert(PriceList{.name = "Everybody", .general = true});
    here.company.insert(Price{.price_list = *here.company.value<Id<PriceList>>("SELECT max(id) FROM sales_price_list"), .product = bicycle, .price = UnitPrice::parse("95")});
    here.order({{bicycle, "2", "90"}});
    CHECK(here.company.report("sales.price_trace", {{"order", "SO-2026-00001"}}) ==
          "1 | BIKE | general_list | Everybody | 0 | 95.00 | true | the most specific that fits\n"
          "1 | BIKE | product | List price of the product | 0 | 100.00 | false | gives way to a better one\n"
          "1 | BIKE | agreed |  |  | 90 less 0 % | true | agreed\n");
}
