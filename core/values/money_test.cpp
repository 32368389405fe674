#include <tessera/money.h>

#include "values/refusal.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace tessera::values::money_test {

constexpr auto most  = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

Money usd(std::string_view text) { return Money::parse(text, Currency::of("USD")); }
Money jpy(std::string_view text) { return Money::parse(text, Currency::of("JPY")); }
Money eur(std::string_view text) { return Money::parse(text, Currency::of("EUR")); }

TEST_CASE("currency: codes have the decimals of ISO 4217") {
    struct Row {
        std::string_view codes;
        int              decimals;
    };
    for (const auto& row :
         {Row{"JPY KRW CLP ISK VND XOF UGX TRL ITL", 0}, Row{"USD EUR CHF HUF TRY VEB AFN PLZ XCG ZWG", 2},
          Row{"BHD KWD TND JOD IQD LYD OMR", 3}, Row{"CLF UYW", 4}})
        for (std::size_t at = 0; at < row.codes.size(); at += 4) {
            const auto currency = Currency::of(row.codes.substr(at, 3));
            CHECK_MESSAGE(currency.decimals() == row.decimals, currency.code());
            CHECK(currency.code() == row.codes.substr(at, 3));
        }
}

TEST_CASE("currency: a trader's list of currencies is known, withdrawn ones too") {
    constexpr std::string_view codes =
        "AED AFA ALL AMD ANG AOA ARS ATS AUD AWG AZM BBD BDT BEF BGN BHD BND BOB BRL BSD BTN CAD CHF CLP CNY COP CRC "
        "CYP "
        "CZK DEM DKK DOP DZD EEK EGP ESP EUR FIM FJD FRF GBP GHC GRD GTQ HKD HRK HUF IDR IEP ILS INR ISK ITL JMD JOD "
        "JPY "
        "KES KRW KWD LBP LKR LTL LVL MAD MTL MUR MVR MXN MYR NAD NGN NLG NOK NPR NZD OMR PAB PEN PHP PKR PLN PLZ PTE "
        "PYG "
        "ROL RUB RUR SAR SEK SGD SIT SKK SVC THB TND TRL TTD TWD USD UYU VEB VND XOF ZAR ZWD";
    static_assert((codes.size() + 1) / 4 == 105);
    for (std::size_t at = 0; at < codes.size(); at += 4)
        CHECK_MESSAGE(refusal([&] { Currency::of(codes.substr(at, 3)); }) == "", codes.substr(at, 3));
}

TEST_CASE("currency: what is no code is refused") {
    for (const std::string_view code : {"", "usd", "US", "USDX", "U$D", "ABC", "QQQ", "ÄÖ"})
        CHECK_MESSAGE(refusal([&] { Currency::of(code); }) == "kernel.unknown_currency", code);
    CHECK(refusal([] { Currency::of("usd", 2); }) == "kernel.unknown_currency");
    CHECK(refusal([] { Currency::of("USD", 7); }) == "kernel.unknown_currency");
    CHECK(refusal([] { Currency::of("USD", -1); }) == "kernel.unknown_currency");
    CHECK(Currency::of("ABC", 4).decimals() == 4);
    CHECK(Currency{}.none());
    CHECK(Currency{}.code() == "");
}

TEST_CASE("money: amounts read and print with the decimals of their currency") {
    CHECK(usd("59.99").minor() == 5'999);
    CHECK(usd("5").str() == "5.00");
    CHECK(jpy("5").str() == "5");
    CHECK(Money::parse("5.1", Currency::of("KWD")).str() == "5.100");
    CHECK(Money::parse("0.0001", Currency::of("USD", 4)).str() == "0.0001");
    CHECK(Money{least, Currency::of("USD")}.str() == "-92233720368547758.08");
    CHECK(refusal([] { usd("59.999"); }) == "kernel.too_many_decimals");
    CHECK(refusal([] { jpy("0.5"); }) == "kernel.too_many_decimals");
    CHECK(refusal([] { usd("$5"); }) == "kernel.malformed_number");
    CHECK(fmt::format("{:>8}", usd("1.5")) == "    1.50");
}

TEST_CASE("money: amounts of one currency add, of two never") {
    CHECK(usd("1.10") + usd("2.20") == usd("3.30"));
    CHECK(usd("1.10") - usd("2.20") == usd("-1.10"));
    CHECK((Money{} + usd("1")).currency().code() == "USD");
    CHECK((usd("1") - Money{}).currency().code() == "USD");
    CHECK((Money{} - usd("1")) == usd("-1"));
    Money sum;
    sum += usd("0.10");
    sum += usd("0.20");
    CHECK(sum == usd("0.30"));
    CHECK_THROWS_AS(usd("1") + eur("1"), std::logic_error);
    CHECK_THROWS_AS(usd("1") + eur("0"), std::logic_error);
    CHECK_THROWS_AS(usd("1") + Money(100, Currency{}), std::logic_error);
    CHECK_THROWS_AS(usd("1") + Money(100, Currency::of("USD", 4)), std::logic_error);
}

TEST_CASE("money: zero equals zero whatever the currency, and the sign of any amount can be asked") {
    CHECK(usd("0") == eur("0"));
    CHECK(usd("1") != eur("1"));
    CHECK(usd("1") > Money{});
    CHECK(usd("-1") < eur("0"));
    CHECK(usd("1") < usd("2"));
    CHECK(usd("-3").magnitude() == usd("3"));
    CHECK_THROWS_AS((void)(usd("1") < eur("2")), std::logic_error);
}

TEST_CASE("money: what does not fit into 64 bits is refused") {
    const auto  currency = Currency::of("USD");
    const Money all{most, currency};
    CHECK(refusal([&] { all + usd("0.01"); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { -all - usd("0.02"); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { -Money{least, currency}; }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { Money{least, currency}.magnitude(); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { extend(Quantity::raw(most), UnitPrice::raw(most), currency); }) ==
          "kernel.number_out_of_range");
    CHECK(refusal([&] { convert(all, Rate::of(2), currency); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { share(all, Quantity::of(2), Quantity::of(1)); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { percent_of(all, Percent::of(101)); }) == "kernel.number_out_of_range");
    CHECK(refusal([&] { unit_price(all, Quantity::of(1)); }) == "kernel.number_out_of_range");
    CHECK(share(all, Quantity::raw(most), Quantity::raw(most)) == all);
    CHECK(percent_of(all, Percent::of(100)) == all);
    CHECK(convert(all, Rate::of(1), currency) == all);
}

TEST_CASE("money: a line amount is rounded once, half up") {
    struct Row {
        std::string_view quantity, price, currency, amount;
    };
    for (const auto& row :
         {Row{"3", "19.995", "USD", "59.99"}, Row{"1", "0.005", "USD", "0.01"}, Row{"-1", "0.005", "USD", "-0.01"},
          Row{"0.5", "3", "JPY", "2"}, Row{"0.5", "1", "JPY", "1"}, Row{"0.499999", "1", "JPY", "0"},
          Row{"0.000001", "0.000001", "USD", "0.00"}, Row{"3", "0.3333", "KWD", "1.000"}})
        CHECK_MESSAGE(
            extend(Quantity::parse(row.quantity), UnitPrice::parse(row.price), Currency::of(row.currency)).str() ==
                row.amount,
            row.quantity);
    CHECK(extend(Quantity::parse("0.5"), UnitPrice::of(5), Currency::of("JPY"), Rounding::half_even) == jpy("2"));
    CHECK(extend(Quantity::parse("0.5"), UnitPrice::of(3), Currency::of("JPY"), Rounding::down) == jpy("1"));
}

TEST_CASE("money: unit prices, shares, percentages and conversions are rounded once") {
    CHECK(unit_price(usd("10.00"), Quantity::of(3)).str() == "3.333333");
    CHECK(unit_price(usd("-20.00"), Quantity::of(3)).str() == "-6.666667");
    CHECK(unit_price(jpy("10"), Quantity::of(4)).str() == "2.5");
    CHECK(share(usd("10.00"), Quantity::of(1), Quantity::of(3)) == usd("3.33"));
    CHECK(percent_of(usd("10.10"), Percent::parse("8.25")) == usd("0.83"));
    CHECK(percent_of(usd("-0.10"), Percent::of(5)) == usd("-0.01"));
    CHECK(convert(usd("100.00"), Rate::parse("160.39"), Currency::of("JPY")) == jpy("16039"));
    CHECK(convert(jpy("1453"), Rate::parse("0.0062348027"), Currency::of("KWD")).str() == "9.059");
    CHECK_THROWS_AS(unit_price(usd("1"), Quantity{}), std::logic_error);
    CHECK_THROWS_AS(share(usd("1"), Quantity::of(1), Quantity{}), std::logic_error);
}

}  // namespace tessera::values::money_test
