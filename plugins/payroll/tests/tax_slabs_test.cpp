#include "formula/tax_slabs.h"

#include <doctest/doctest.h>

using namespace payroll;

namespace {

Number n(const char* text) { return Number::of_text(text); }

}  // namespace

TEST_CASE("tax slabs: each rate holds for what lies between two limits, and a limit belongs to the slab below") {
    const std::vector<Slab> slabs = {{n("0"), n("0.1"), {}}, {n("1000"), n("0.2"), {}}, {n("3000"), n("0.3"), {}}};
    struct Row {
        const char* amount{};
        const char* tax{};
    };
    const Row rows[] = {
        {"0", "0"},      {"0.01", "0.001"},      {"999.99", "99.999"}, {"1000", "100"}, {"1000.01", "100.002"},
        {"3000", "500"}, {"3000.01", "500.003"}, {"3500", "650"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.amount);
        CHECK(tax_of(slabs, n(row.amount)).str() == row.tax);
    }
    CHECK(tax_of(slabs, -n("5")).str() == "0");
    CHECK(tax_of({}, n("5")).str() == "0");
}

TEST_CASE("tax slabs: a table that begins above nothing leaves nothing taxed below it") {
    const std::vector<Slab> slabs = {{n("500"), n("0.25"), {}}};
    CHECK(tax_of(slabs, n("500")).str() == "0");
    CHECK(tax_of(slabs, n("600")).str() == "25");
}

TEST_CASE("tax slabs: a fixed amount is the tax at the limit, instead of what the slabs below make") {
    // "over 1000: 120 and 20 % of what is above", where the slabs below would make 100.
    const std::vector<Slab> slabs = {{n("0"), n("0.1"), {}}, {n("1000"), n("0.2"), n("120")}, {n("2000"), n("0.3"), {}}};
    CHECK(tax_of(slabs, n("1000")).str() == "100");
    CHECK(tax_of(slabs, n("1000.01")).str() == "120.002");
    CHECK(tax_of(slabs, n("2000")).str() == "320");
    CHECK(tax_of(slabs, n("2100")).str() == "350");
    // A lump of 8 for whoever earns anything.
    CHECK(tax_of({{n("0"), n("0"), n("8")}}, n("0.01")).str() == "8");
}
