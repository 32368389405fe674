#include <tessera/effectivity.h>

#include <doctest/doctest.h>

namespace tessera::values::effectivity_test {

TEST_CASE("effectivity: both days belong to the span, and an open end holds until further notice") {
    const Effectivity spring{.from = "2026-03-01"_date, .to = "2026-05-31"_date, .version = "B"};
    CHECK(spring.covers("2026-03-01"_date));
    CHECK(spring.covers("2026-05-31"_date));
    CHECK_FALSE(spring.covers("2026-02-28"_date));
    CHECK_FALSE(spring.covers("2026-06-01"_date));
    CHECK_FALSE(spring.covers(Date{}));
    CHECK(Effectivity{.from = "2026-03-01"_date}.covers("9999-12-31"_date));
    CHECK(Effectivity{.to = "2026-03-01"_date}.covers("0001-01-01"_date));
    CHECK(Effectivity{}.covers("2026-03-01"_date));
}

TEST_CASE("effectivity: spans overlap when they share a day") {
    struct Row {
        std::string_view first_from, first_to, second_from, second_to;
        bool             overlap;
    };
    const auto day = [](std::string_view iso) { return iso.empty() ? Date{} : Date::parse(iso); };
    for (const auto& row :
         {Row{"2026-01-01", "2026-01-31", "2026-01-31", "2026-02-28", true},
          Row{"2026-01-01", "2026-01-31", "2026-02-01", "2026-02-28", false},
          Row{"2026-01-01", "", "2030-01-01", "2030-01-01", true}, Row{"", "2025-12-31", "2026-01-01", "", false},
          Row{"", "", "", "", true}, Row{"", "2026-01-01", "2026-01-01", "", true},
          Row{"2026-01-01", "2026-12-31", "2026-05-01", "2026-05-02", true}}) {
        const Effectivity first{.from = day(row.first_from), .to = day(row.first_to)};
        const Effectivity second{.from = day(row.second_from), .to = day(row.second_to)};
        CHECK(first.overlaps(second) == row.overlap);
        CHECK(second.overlaps(first) == row.overlap);
    }
}

}  // namespace tessera::values::effectivity_test
