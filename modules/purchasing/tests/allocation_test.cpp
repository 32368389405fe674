#include "services/allocation.h"
#include "services/clearing.h"
#include "services/duplicate_invoices.h"

#include <doctest/doctest.h>

using namespace purchasing;

namespace {

std::string described(const std::vector<TakenPart>& parts) {
    std::string text;
    for (const auto& part : parts) text += fmt::format("{}{} of {}", text.empty() ? "" : ", ", part.quantity, part.id);
    return text;
}
const std::vector<OpenPart> goods{{1, Quantity::of(4)}, {2, Quantity{}}, {3, Quantity::of(6)}};
const Currency              usd = Currency::of("USD");

}  // namespace

TEST_CASE("allocation: an invoice pays for the oldest goods first and never for more than there are") {
    CHECK(described(take_in_order(goods, Quantity::of(3))) == "3 of 1");
    CHECK(described(take_in_order(goods, Quantity::of(5))) == "4 of 1, 1 of 3");
    CHECK(described(take_in_order(goods, Quantity::of(100))) == "4 of 1, 6 of 3");
    CHECK(described(take_in_order(goods, Quantity{})) == "");
    CHECK(described(take_in_order({}, Quantity::of(1))) == "");
}

TEST_CASE("allocation: what is taken back is the newest first") {
    CHECK(described(take_from_the_end(goods, Quantity::of(7))) == "6 of 3, 1 of 1");
}

TEST_CASE("clearing: the last part of a line makes the whole exact") {
    const auto price = UnitPrice::parse("0.333333");
    Money      sum{0, usd};
    for (int i = 0; i < 3; ++i) sum += step(Quantity::of(i), Quantity::of(i + 1), price, usd);
    CHECK(sum == tessera::extend(Quantity::of(3), price, usd));
    CHECK(step(Quantity::of(3), Quantity::of(1), price, usd) == -(step(Quantity::of(1), Quantity::of(3), price, usd)));
}

TEST_CASE("clearing: a movement against what is open clears it at the value it stands at") {
    const auto eight = OpenClearing{Quantity::of(8), Money{10000, usd}};
    CHECK(clear(eight, Quantity::of(-10)).covered == Quantity::of(8));
    CHECK(clear(eight, Quantity::of(-10)).covered_amount == Money{-10000, usd});
    CHECK(clear(eight, Quantity::of(-2)).covered_amount == Money{-2500, usd});
    CHECK(clear(eight, Quantity::of(2)).covered == Quantity{});
    const auto invoiced_first = OpenClearing{Quantity::of(-3), Money{-1000, usd}};
    CHECK(clear(invoiced_first, Quantity::of(3)).covered_amount == Money{1000, usd});
}

TEST_CASE("clearing: what is undone is worth what it was, unless something would stay where no goods are open") {
    const auto quantity = [](int q) { return Quantity::of(q); };
    const auto money    = [](std::int64_t cents) { return Money{cents, usd}; };
    struct Case {
        OpenClearing open{};
        Quantity     movement{};
        Money        worth{}, expected{};
    };
    for (const auto& [open, movement, worth, expected] : {
             Case{{quantity(-8), money(-10000)}, quantity(8), money(9900), money(10000)},
             Case{{quantity(-8), money(-10000)}, quantity(4), money(4900), money(4900)},
             Case{{quantity(-8), money(-10000)}, quantity(10), money(12000), money(12000)},
             Case{{quantity(-2), money(-10)}, quantity(1), money(20), money(5)},
             Case{{quantity(-2), money(-2500)}, quantity(4), money(2000), money(3500)},
             Case{{quantity(8), money(10000)}, quantity(2), money(2600), money(2600)},
             Case{{quantity(0), money(0)}, quantity(2), money(2600), money(2600)},
             Case{{quantity(0), money(0)}, quantity(0), money(0), money(0)},
         })
        CHECK(undo(open, movement, worth) == expected);
}

TEST_CASE("duplicate invoices: writings of one number are one number") {
    for (const char* writing : {"INV-0042/A", "inv 42a", "Inv42-a", " INV.00042.A "})
        CHECK(normalised_number(writing) == "INV42A");
    CHECK(normalised_number("2026/007") == "2026-7");
    CHECK(normalised_number("2026-001") != normalised_number("2026-010"));
    CHECK(normalised_number("1-11") != normalised_number("11-1"));
    CHECK(normalised_number("100") == "100");
    CHECK(normalised_number("0") == "0");
    CHECK(normalised_number("--") == "");
}
