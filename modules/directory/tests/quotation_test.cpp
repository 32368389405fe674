#include "services/quotation.h"

#include <doctest/doctest.h>

using tessera::Currency;
using tessera::Money;
using tessera::Rate;

TEST_CASE("exchange rates: a rate is read directly, backwards and across the books' currency") {
    const auto direct    = [](const char* rate) { return directory::Quotation{Rate::parse(rate), false}; };
    const auto backwards = [](const char* rate) { return directory::Quotation{Rate::parse(rate), true}; };

    CHECK(directory::rate_of(direct("1.1")).str() == "1.1");
    CHECK(directory::rate_of(backwards("2")).str() == "0.5");
    CHECK(directory::rate_of(backwards("150")).str() == "0.0066666667");
    CHECK(directory::across(direct("1.1"), direct("150")).str() == "165");
    CHECK(directory::across(backwards("0.8"), direct("150")).str() == "187.5");
    CHECK(directory::across(direct("1.2"), backwards("0.8")).str() == "1.5");
    CHECK(directory::across(backwards("2"), backwards("4")).str() == "0.125");
}

TEST_CASE("exchange rates: reading backwards divides the amount and never rounds the inverse first") {
    const auto                 usd = Currency::of("USD"), jpy = Currency::of("JPY"), eur = Currency::of("EUR");
    const directory::Quotation yen_per_dollar{Rate::parse("150"), true};
    CHECK(directory::convert(Money::parse("15000000", jpy), yen_per_dollar, usd).str() == "100000.00");
    CHECK(directory::convert(Money::parse("-150", jpy), yen_per_dollar, usd).str() == "-1.00");
    CHECK(directory::convert(Money::parse("1.00", usd), {Rate::parse("0.0066666667"), true}, jpy).str() == "150");
    CHECK(directory::convert(Money::parse("230.00", usd), {Rate::parse("2"), false}, eur).str() == "460.00");
    CHECK(directory::convert(Money::parse("460.00", eur), {Rate::parse("2.5"), true}, usd).str() == "184.00");
}
