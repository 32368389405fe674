#include <tessera/date.h>

#include "values/refusal.h"

#include <doctest/doctest.h>

#include <chrono>

namespace tessera::values::date_test {

TEST_CASE("date: every day of the years 0001 to 9999 agrees with the calendar of the standard library") {
    using namespace std::chrono;
    const auto last = sys_days{year{9999} / December / 31};
    for (auto day = sys_days{year{1} / January / 1}; day <= last; day += days{1}) {
        const year_month_day civil{day};
        const auto           date = Date::from_days(static_cast<std::int32_t>(day.time_since_epoch().count()));
        const bool           same = date.year() == int{civil.year()} &&
                          date.month() == static_cast<int>(unsigned{civil.month()}) &&
                          date.day() == static_cast<int>(unsigned{civil.day()}) &&
                          date.weekday() == static_cast<int>(weekday{day}.iso_encoding()) &&
                          Date(date.year(), date.month(), date.day()) == date;
        if (!same) FAIL(date.str());
    }
}

TEST_CASE("date: days print and read as ISO dates") {
    for (const std::string_view iso : {"0001-01-01", "1600-02-29", "1969-12-31", "1970-01-01", "2000-02-29",
                                       "2024-02-29", "2026-11-22", "9999-12-31"})
        CHECK(Date::parse(iso).str() == iso);
    CHECK(Date::parse("1970-01-01").days() == 0);
    CHECK(Date::parse("2026-11-22").weekday() == 7);
    CHECK(fmt::format("{}", "2026-01-31"_date) == "2026-01-31");
    CHECK(Date{}.empty());
    CHECK(Date{}.str() == "");
}

TEST_CASE("date: what is no day is refused") {
    for (const std::string_view iso : {"",
                                       "2026-02-30",
                                       "2026-2-3",
                                       " 2026-02-03",
                                       "2026-02-03 ",
                                       "2026-02-29",
                                       "1900-02-29",
                                       "2100-02-29",
                                       "2026-04-31",
                                       "2026-13-01",
                                       "2026-00-01",
                                       "2026-01-00",
                                       "2026-01-32",
                                       "0000-01-01",
                                       "10000-01-01",
                                       "-001-01-01",
                                       "2026/01/01",
                                       "20260101",
                                       "2026-01-1x",
                                       "+026-01-01",
                                       "2026-01-01T00:00:00Z",
                                       "31.01.2026",
                                       "二〇二六"})
        CHECK_MESSAGE(refusal([&] { Date::parse(iso); }) == "kernel.malformed_date", iso);
    CHECK(refusal([] { Date(2026, 2, 29); }) == "kernel.malformed_date");
    CHECK(refusal([] { Date(10'000, 1, 1); }) == "kernel.malformed_date");
    CHECK(refusal([] { Date(0, 1, 1); }) == "kernel.malformed_date");
}

TEST_CASE("date: months are added to the same day, or to the last one when it is missing") {
    struct Row {
        std::string_view from;
        int              months;
        std::string_view to;
    };
    for (const auto& row :
         {Row{"2026-01-31", 1, "2026-02-28"}, Row{"2024-01-31", 1, "2024-02-29"}, Row{"2024-02-29", 12, "2025-02-28"},
          Row{"2024-02-29", 48, "2028-02-29"}, Row{"2024-02-29", -12, "2023-02-28"},
          Row{"2026-03-31", -1, "2026-02-28"}, Row{"2026-01-15", -1, "2025-12-15"}, Row{"2026-12-31", 1, "2027-01-31"},
          Row{"2026-05-31", 0, "2026-05-31"}, Row{"0001-01-31", 1, "0001-02-28"}, Row{"9999-11-30", 1, "9999-12-30"}})
        CHECK(Date::parse(row.from).plus_months(row.months).str() == row.to);
    CHECK("2024-02-10"_date.last_of_month() == "2024-02-29"_date);
    CHECK("2024-02-10"_date.first_of_month() == "2024-02-01"_date);
}

TEST_CASE("date: days are counted across leap years and stay within the calendar") {
    CHECK("2024-02-28"_date.plus_days(1) == "2024-02-29"_date);
    CHECK("2023-02-28"_date.plus_days(1) == "2023-03-01"_date);
    CHECK("2024-12-31"_date - "2023-12-31"_date == 366);
    CHECK("2026-01-01"_date < "2026-01-02"_date);
    CHECK("9999-12-31"_date - "0001-01-01"_date == 3'652'058);
    for (const int days : {1, INT32_MAX})
        CHECK(refusal([&] { "9999-12-31"_date.plus_days(days); }) == "kernel.date_out_of_range");
    for (const int days : {-1, INT32_MIN})
        CHECK(refusal([&] { "0001-01-01"_date.plus_days(days); }) == "kernel.date_out_of_range");
    for (const int months : {1, INT32_MAX})
        CHECK(refusal([&] { "9999-12-01"_date.plus_months(months); }) == "kernel.date_out_of_range");
    for (const int months : {-1, INT32_MIN})
        CHECK(refusal([&] { "0001-01-01"_date.plus_months(months); }) == "kernel.date_out_of_range");
    CHECK_THROWS_AS(Date{}.plus_days(1), std::logic_error);
    CHECK_THROWS_AS((void)Date{}.year(), std::logic_error);
}

TEST_CASE("instant: moments are read with their offset and kept in UTC") {
    struct Row {
        std::string_view text, utc;
    };
    for (const auto& row :
         {Row{"2026-01-31T10:15:30Z", "2026-01-31T10:15:30.000000Z"},
          Row{"2026-01-31T10:15:30.5Z", "2026-01-31T10:15:30.500000Z"},
          Row{"2026-01-31T10:15:30.123456Z", "2026-01-31T10:15:30.123456Z"},
          Row{"2026-01-31T10:15:30.1234560000Z", "2026-01-31T10:15:30.123456Z"},
          Row{"2026-01-31T10:15:30+02:00", "2026-01-31T08:15:30.000000Z"},
          Row{"2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00.000000Z"},
          Row{"2026-12-31T20:00:00-09:30", "2027-01-01T05:30:00.000000Z"},
          Row{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
          Row{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"},
          Row{"9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"},
          Row{"2026-01-31", "2026-01-31T23:59:59.999999Z"}, Row{"1969-12-31", "1969-12-31T23:59:59.999999Z"}}) {
        CHECK(Instant::parse(row.text).str() == row.utc);
        CHECK(Instant::parse(row.text).date().str() == row.utc.substr(0, 10));
        CHECK(Instant::parse(Instant::parse(row.text).str()) == Instant::parse(row.text));
    }
    CHECK(Instant::parse("1970-01-01T00:00:01Z").microseconds() == 1'000'000);
    CHECK(Instant{}.str() == "");
    CHECK(Instant::now() > Instant::parse("2020-01-01"));
}

TEST_CASE("instant: what is no moment is refused") {
    for (const std::string_view text : {"",
                                        "2026-02-30",
                                        "2026-01-31T10:15:30",
                                        "2026-01-31 10:15:30Z",
                                        "2026-01-31T10:15Z",
                                        "2026-01-31T24:00:00Z",
                                        "2026-01-31T10:60:00Z",
                                        "2026-01-31T10:15:60Z",
                                        "2026-01-31T10:15:30.Z",
                                        "2026-01-31T10:15:30.1234567Z",
                                        "2026-01-31T10:15:30+2:00",
                                        "2026-01-31T10:15:30+0200",
                                        "2026-01-31T10:15:30+24:00",
                                        "2026-01-31T10:15:30+02:60",
                                        "2026-01-31T10:15:30Zx",
                                        "2026-01-31T10:15:30z",
                                        "2026-01-31T",
                                        "2026-01-31T10:15:30,5Z",
                                        "0001-01-01T00:00:00+00:01",
                                        "9999-12-31T23:59:59-00:01",
                                        "now"})
        CHECK_MESSAGE(refusal([&] { Instant::parse(text); }) == "kernel.malformed_date", text);
}

}  // namespace tessera::values::date_test
