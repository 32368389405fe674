#include <tessera/quantity.h>

#include "values/refusal.h"

#include <doctest/doctest.h>

#include <limits>
#include <random>

namespace tessera::values::decimal_test {

constexpr auto most  = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

std::string plain(std::int64_t value) { return std::to_string(value); }

TEST_CASE("decimal: what is written strictly is read exactly") {
    struct Row {
        std::string_view text;
        int              decimals;
        std::int64_t     value;
    };
    for (const auto& row :
         {Row{"0", 2, 0}, Row{"-0", 2, 0}, Row{"-0.00", 2, 0}, Row{"12.5", 2, 1250}, Row{"-12.5", 2, -1250},
          Row{"12.5000", 2, 1250}, Row{"007", 0, 7}, Row{".5", 1, 5}, Row{"-.05", 2, -5}, Row{".00", 0, 0},
          Row{"3.000", 0, 3}, Row{"9223372036854775807", 0, most}, Row{"-9223372036854775808", 0, least},
          Row{"9223372036854.775807", 6, most}, Row{"-9223372036854.775808", 6, least},
          Row{"0000000000000000000000000000001.5", 1, 15}, Row{"1.50000000000000000000000000", 1, 15}})
        CHECK_MESSAGE(parse_decimal(row.text, row.decimals) == row.value, row.text);
}

TEST_CASE("decimal: what is not a plain number is refused") {
    for (const std::string_view text :
         {"",      "-",   ".",  "-.",   "5.",    "+5",  " 5",  "5 ", "1,5",  "1e3",
          "1.2.3", "--5", "5-", "0x10", "1_000", "NaN", "inf", "٣",  "1.5x", "12.345.6"}) {
        CHECK_MESSAGE(refusal([&] { parse_decimal(text, 6); }) == "kernel.malformed_number", text);
        CHECK_MESSAGE(refusal([&] { parse_decimal(text, 0); }) == "kernel.malformed_number", text);
    }
    CHECK(refusal([] { parse_decimal(std::string_view("5\0", 2), 2); }) == "kernel.malformed_number");
}

TEST_CASE("decimal: what would have to be rounded or does not fit is refused") {
    CHECK(refusal([] { parse_decimal("1.005", 2); }) == "kernel.too_many_decimals");
    CHECK(refusal([] { parse_decimal("1.5", 0); }) == "kernel.too_many_decimals");
    CHECK(refusal([] { parse_decimal("0.00000000000000000000001", 6); }) == "kernel.too_many_decimals");
    for (const std::string_view text : {"9223372036854775808", "-9223372036854775809", "18446744073709551616",
                                        "99999999999999999999999999999999999999999"})
        CHECK_MESSAGE(refusal([&] { parse_decimal(text, 0); }) == "kernel.number_out_of_range", text);
    CHECK(refusal([] { parse_decimal("92233720368547758.08", 2); }) == "kernel.number_out_of_range");
}

TEST_CASE("decimal: numbers print in their shortest form with the decimals asked for") {
    struct Row {
        std::int64_t     value;
        int              decimals, minimum;
        std::string_view text;
    };
    for (const auto& row :
         {Row{12'500'000, 6, 0, "12.5"}, Row{12'500'000, 6, 2, "12.50"}, Row{12'000'000, 6, 0, "12"}, Row{0, 6, 0, "0"},
          Row{0, 2, 2, "0.00"}, Row{-5, 2, 2, "-0.05"}, Row{-5, 2, 0, "-0.05"}, Row{5, 0, 0, "5"}, Row{5, 0, 2, "5.00"},
          Row{100, 0, 0, "100"}, Row{1, 18, 0, "0.000000000000000001"}, Row{most, 0, 0, "9223372036854775807"},
          Row{least, 0, 0, "-9223372036854775808"}, Row{least, 6, 0, "-9223372036854.775808"},
          Row{least, 18, 0, "-9.223372036854775808"}, Row{1'234'567, 2, 4, "12345.6700"}})
        CHECK(format_decimal(row.value, row.decimals, row.minimum) == row.text);
    CHECK(fmt::format("{}", Quantity::parse("12.50")) == "12.5");
    CHECK(Quantity::parse("12.5").str(2) == "12.50");
}

TEST_CASE("decimal: any number reads back as it was printed") {
    std::mt19937_64 random(7);
    for (int i = 0; i < 100'000; ++i) {
        const auto value    = static_cast<std::int64_t>(random()) >> (random() % 64);
        const int  decimals = static_cast<int>(random() % 19), minimum = static_cast<int>(random() % 7);
        REQUIRE(parse_decimal(format_decimal(value, decimals, minimum), decimals) == value);
        REQUIRE(format_decimal(value, 0) == plain(value));
    }
}

TEST_CASE("decimal: quotients between two numbers are placed as the rounding says") {
    struct Row {
        int numerator, denominator, up, even, down;
    };
    for (const auto& row : {Row{5, 2, 3, 2, 2}, Row{-5, 2, -3, -2, -2}, Row{7, 2, 4, 4, 3}, Row{1, 3, 0, 0, 0},
                            Row{2, 3, 1, 1, 0}, Row{-2, 3, -1, -1, 0}, Row{5, -2, -3, -2, -2}, Row{-5, -2, 3, 2, 2},
                            Row{6, 3, 2, 2, 2}, Row{0, 9, 0, 0, 0}, Row{1, 2, 1, 0, 0}, Row{-1, 2, -1, 0, 0}}) {
        CHECK(divide(row.numerator, row.denominator) == row.up);
        CHECK(divide(row.numerator, row.denominator, Rounding::half_even) == row.even);
        CHECK(divide(row.numerator, row.denominator, Rounding::down) == row.down);
    }
}

TEST_CASE("decimal: a rounded quotient is never further than half a unit from the exact one") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 100'000; ++i) {
        const Wide denominator = static_cast<std::int64_t>(random() >> (1 + random() % 62)) + 1;
        const Wide numerator =
            denominator * static_cast<std::int64_t>(random() >> 2) / static_cast<std::int64_t>(1 + random() % 9) +
            static_cast<std::int64_t>(random() % 1'000);
        const Wide twice_off = 2 * (Wide{divide(numerator, denominator)} * denominator - numerator);
        REQUIRE((twice_off <= denominator && -twice_off < denominator));
    }
}

TEST_CASE("decimal: results at the edge of 64 bits are kept, those beyond are refused") {
    CHECK(divide(Wide{most} * 7, 7) == most);
    CHECK(divide(Wide{least} * 7, 7) == least);
    CHECK(divide((Wide{1} << 126) - 1 + (Wide{1} << 126), (Wide{1} << 126) - 1 + (Wide{1} << 126)) == 1);
    CHECK(refusal([] { divide(least, -1); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { divide(Wide{most} * 2 + 1, 2); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { narrow(Wide{most} + 1); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { checked_add(most, 1); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { checked_subtract(least, 1); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { Quantity::of(10'000'000'000'000); }) == "kernel.number_out_of_range");
    CHECK(refusal([] { -Quantity::raw(least); }) == "kernel.number_out_of_range");
    CHECK_THROWS_AS(divide(1, 0), std::logic_error);
    CHECK_THROWS_AS(power_of_ten(19), std::logic_error);
}

TEST_CASE("quantity: units convert exactly or not at all") {
    CHECK(convert(Quantity::of(3), 12, 1) == Quantity::of(36));
    CHECK(convert(Quantity::parse("250"), 1, 100) == Quantity::parse("2.5"));
    CHECK(refusal([] { convert(Quantity::of(1), 1, 3); }) == "kernel.inexact_conversion");
    CHECK(convert(Quantity::of(1), 1, 3, Rounding::half_up) == Quantity::parse("0.333333"));
    CHECK(convert(Quantity::of(-2), 1, 3, Rounding::half_up) == Quantity::parse("-0.666667"));
    CHECK(refusal([] { convert(Quantity::of(9'000'000'000'000), 12, 1); }) == "kernel.number_out_of_range");
}

}  // namespace tessera::values::decimal_test
