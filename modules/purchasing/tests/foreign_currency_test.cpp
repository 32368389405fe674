// Orders in another currency: goods are worth what they cost on the day they came, an invoice clears that, and the
// rate's movement is an exchange difference.
#include "tests/buying.h"

namespace purchasing::tests {

namespace {

class BuyingAbroad : public Buying {
public:
    BuyingAbroad() {
        euro = Currency::of("EUR");
        rate("2026-01-01"_date, "1.10");
        rate("2026-03-10"_date, "1.20");
    }
    void rate(Date on, const char* value) {
        company.insert(directory::ExchangeRate{.base         = euro,
                                               .quote        = Currency::of("USD"),
                                               .date         = on,
                                               .rate         = tessera::Rate::parse(value),
                                               .closing_rate = tessera::Rate::parse(value)});
    }
    Currency euro{};
};

}  // namespace

TEST_CASE(
    "foreign currency: receipt first, the invoice clears what was booked and the rate's movement is exchange "
    "difference") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    CHECK(buying.company.load(order).total.str() == "100.00");
    CHECK(buying.company.load(order).total.currency() == buying.euro);
    buying.receive(order, {"10"}, "2026-03-02"_date);
    CHECK(buying.holding(chain) == "10 worth 110.00");
    const auto invoice = buying.invoice(order, {"10 @ 11"}, "2026-03-10"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.payable") == "-132.00");
    CHECK(buying.balance("financials.exchange_difference") == "10.00");
    CHECK(buying.holding(chain) == "10 worth 122.00");
    CHECK(buying.item(invoice) == "held 10.00 of 110.00 open");
    buying.check_sound();
    buying.company.transition(invoice, "reverse", "2026-03-10"_date);
    CHECK(buying.open_orders() == "-110.00");
    CHECK(buying.balance("financials.payable") == "0.00");
    CHECK(buying.balance("financials.exchange_difference") == "0.00");
    CHECK(buying.holding(chain) == "10 worth 110.00");
    buying.check_sound();
}

TEST_CASE("foreign currency: goods invoiced before they come are worth what the invoice said") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    buying.receive(order, {"4"}, "2026-03-02"_date);
    buying.invoice(order, {"10 @ 10"}, "2026-03-05"_date);
    CHECK(buying.open_orders() == "66.00");
    const auto late = buying.receive(order, {"6"}, "2026-03-10"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.holding(chain) == "10 worth 110.00");
    CHECK(buying.balance("financials.exchange_difference") == "0.00");
    const auto back = buying.give_back(late, {"2"}, "2026-03-12"_date);
    CHECK(buying.open_orders() == "22.00");
    buying.company.transition(back, "create_debit_note", "2026-03-12"_date);
    CHECK(buying.open_orders() == "0.00");
    buying.check_sound();
}

TEST_CASE("foreign currency: when nothing is open any more, a reversal leaves nothing on the account") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    const auto   first = buying.receive(order, {"10"}, "2026-03-02"_date);
    buying.invoice(order, {"10 @ 10"}, "2026-03-03"_date);
    const auto twice = buying.invoice(order, {"10 @ 10"}, "2026-03-10"_date);
    CHECK(buying.open_orders() == "120.00");
    const auto back = buying.give_back(first, {"2"}, "2026-03-11"_date);
    CHECK(buying.open_orders() == "142.00");
    buying.receive(order, {"2"}, "2026-03-12"_date);
    CHECK(buying.open_orders() == "118.33");
    buying.check_sound();
    buying.company.transition(twice, "reverse", "2026-03-13"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.payable") == "-110.00");
    CHECK(buying.balance("financials.exchange_difference") == "-1.67");
    CHECK(buying.holding(chain) == "10 worth 111.67");
    buying.check_sound();
    // 2 are back again: 12 kept, 10 invoiced.
    buying.company.transition(back, "reverse", "2026-03-14"_date);
    CHECK(buying.open_orders() == "-22.00");
    CHECK(buying.holding(chain) == "12 worth 133.67");
    buying.check_sound();
}

TEST_CASE("foreign currency: a receipt or a return reversed against what is open clears it at the value it stands at") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    const auto   early = buying.receive(order, {"5"}, "2026-03-02"_date);
    const auto   late  = buying.receive(order, {"5"}, "2026-03-10"_date);
    CHECK(buying.open_orders() == "-115.00");
    const auto back = buying.give_back(early, {"5"}, "2026-03-11"_date);
    CHECK(buying.open_orders() == "-57.50");
    buying.company.transition(late, "reverse", "2026-03-12"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.exchange_difference") == "2.50");
    CHECK(buying.holding(chain) == "0 worth 0.00");
    buying.check_sound();
    buying.invoice(order, {"5 @ 10"}, "2026-03-13"_date);
    CHECK(buying.open_orders() == "60.00");
    buying.company.transition(back, "reverse", "2026-03-14"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.exchange_difference") == "5.00");
    buying.check_sound();
}

TEST_CASE("foreign currency: two lines of one invoice for the same goods clear them once") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    buying.receive(order, {"10"}, "2026-03-02"_date);
    auto invoice = buying.invoice_of(order, {"4 @ 10"}, "2026-03-10"_date);
    invoice.lines.push_back({.order_line = buying.line(order).id,
                             .quantity   = Quantity::of(6),
                             .price      = UnitPrice::parse("10")});
    buying.posted(invoice, "2026-03-10"_date);
    CHECK(buying.open_orders() == "0.00");
    CHECK(buying.balance("financials.exchange_difference") == "10.00");
    buying.check_sound();
}

TEST_CASE("foreign currency: an invoice is in the currency of its order, and a rate must be known") {
    BuyingAbroad buying;
    const auto   chain = buying.product("Chain");
    const auto   order = buying.order({{chain, "10", "10"}}, Buying::day, buying.euro);
    auto         wrong = buying.invoice_of(order, {"1 @ 10"});
    wrong.currency     = Currency::of("USD");
    CHECK(buying.refusal([&] { buying.posted(wrong); }) == "purchasing.currency_differs");
    const auto pounds = buying.order({{chain, "10", "10"}}, Buying::day, Currency::of("GBP"));
    CHECK(buying.refusal([&] { buying.receive(pounds, {"1"}); }) == "directory.no_exchange_rate");
    buying.check_sound();
}

TEST_CASE("foreign currency: amounts entered before the currency is known keep their value") {
    Buying     buying({.modules = {"purchasing"}, .decimals = 4});
    const auto chain  = buying.product("Chain");
    const auto create = [&](const char* body) {
        return buying.company.suite()
            .run({.verb   = tessera::RecordCommand::Verb::create,
                  .entity = "purchasing.order",
                  .body   = fmt::format(fmt::runtime(body), buying.acme.value, chain.value)})
            .id;
    };
    const auto yen = Id<Order>{create(
        R"({{"supplier":{},"currency":"JPY","date":"2026-03-02","freight":"500","lines":[{{"product":{},"quantity":"2","price":"100.5"}}]}})")};
    CHECK(buying.company.load(yen).total.str() == "701");
    const auto dollars = Id<Order>{create(
        R"({{"supplier":{},"date":"2026-03-02","freight":"1.2345","lines":[{{"product":{},"quantity":"2","price":"100.12345"}}]}})")};
    CHECK(buying.company.load(dollars).total.str() == "201.4814");
}

}  // namespace purchasing::tests
