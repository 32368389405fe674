#include "selling.h"

using namespace sales;
using namespace sales::tests;

// Dolibarr, dolibarr-community-modules#504: tax of rounded lines against the tax of their sum
TEST_CASE("tax: each line is taxed and rounded by itself, on the order as on its invoice") {
    Selling    here;
    const auto part = here.product("PART", "10.01");
    here.stock(part, "3", "1");
    const auto code = here.company.insert(financials::TaxCode{.code = "S20", .name = "Sales tax", .rate = Percent::parse("20")});
    here.company.insert(TaxRule{.tax_code = code});
    const auto order = here.order({{part, "1"}, {part, "1"}, {part, "1"}});
    CHECK(here.company.load(order).total.str() == "36.03");
    CHECK(here.line(order).tax_reason == "Rule 1: anywhere");
    here.ship(order, {"1", "1", "1"});
    CHECK(here.company.load(here.invoice(order)).total.str() == "36.03");
    CHECK(here.balance("financials.output_tax") == "-6.00");
    here.check_sound();
}

// Dolibarr #33419: a document whose printed total is a cent off its parts
TEST_CASE("tax: an agreed total that is a cent off its parts is booked with the cent as a difference") {
    Selling    here;
    const auto machine = here.product("MACHINE", "9604.57");
    here.stock(machine, "1", "5000");
    auto draft       = here.order_of({{machine, "1"}});
    draft.agreed_tax = here.usd("1920.93");
    draft.rounding   = here.usd("0.01");
    const auto order = here.company.insert(draft, Selling::day);
    here.company.transition(order, "confirm", Selling::day);
    here.ship(order, {"1"});
    CHECK(here.company.load(here.invoice(order)).total.str() == "11525.51");
    CHECK(here.balance("financials.rounding") == "-0.01");
    CHECK(here.balance("sales.revenue") == "-9604.57");
    here.check_sound();
}
