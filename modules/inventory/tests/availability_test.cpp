#include "services/availability.h"

#include <doctest/doctest.h>

#include <random>

using namespace inventory;
using tessera::operator""_date;

namespace {

Expected on(Date day, const char* quantity) { return {.on = day, .quantity = Quantity::parse(quantity)}; }

}  // namespace

TEST_CASE("availability: what is promised later is not promised again") {
    const std::vector<Expected> movements = {on("2026-03-03"_date, "-4"), on("2026-03-07"_date, "10"), on("2026-03-09"_date, "-8")};
    const auto                  five = Quantity::of(5);
    CHECK(free_on(five, movements, "2026-03-01"_date).str() == "1");
    CHECK(free_on(five, movements, "2026-03-07"_date).str() == "3");
    CHECK(free_on(five, movements, "2026-03-20"_date).str() == "3");
    CHECK(first_day_of(five, movements, Quantity::of(1), "2026-03-01"_date) == "2026-03-01"_date);
    CHECK(first_day_of(five, movements, Quantity::of(3), "2026-03-01"_date) == "2026-03-07"_date);
    CHECK(first_day_of(five, movements, Quantity::of(4), "2026-03-01"_date) == std::nullopt);
}

TEST_CASE("availability: a promise that was given never breaks one before, whatever is expected") {
    std::mt19937 random(7);
    const auto   number = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
    for (int round = 0; round < 300; ++round) {
        auto                  on_hand = Quantity::of(number(0, 20));
        std::vector<Expected> movements;
        auto                  projected = on_hand;
        for (Date day = "2026-03-01"_date; day < "2026-03-20"_date; day = day.plus_days(number(1, 4))) {
            const auto change = Quantity::of(number(0, 2) == 0 ? number(1, 9) : -number(0, static_cast<int>(projected.raw() / 1000000)));
            projected += change;
            movements.push_back({.on = day, .quantity = change});
        }
        const auto quantity = Quantity::of(number(1, 12));
        const auto day      = first_day_of(on_hand, movements, quantity, "2026-03-01"_date);
        if (!day) continue;
        movements.push_back({.on = *day, .quantity = -quantity});
        std::ranges::stable_sort(movements, {}, &Expected::on);
        for (std::size_t i = 0; i < movements.size(); ++i) {
            on_hand += movements[i].quantity;
            if (i + 1 == movements.size() || movements[i + 1].on != movements[i].on) CHECK_FALSE(on_hand.is_negative());
        }
    }
}
