#include "services/ratio.h"

#include <tessera/refused.h>

#include <doctest/doctest.h>

using catalog::Ratio;

TEST_CASE("units: a chain of conversions is exact and in lowest terms") {
    CHECK(Ratio{12, 1} * Ratio{1, 12} == Ratio{1, 1});
    CHECK(Ratio{12, 1} * Ratio{5, 2} == Ratio{30, 1});
    CHECK(Ratio{1, 3} * Ratio{1, 7} == Ratio{1, 21});
    CHECK(Ratio{1'000'000'007, 3} * Ratio{3, 1'000'000'007} == Ratio{1, 1});
    CHECK_THROWS_AS(Ratio(9'000'000'000'000'000'000, 1) * Ratio(2, 1), tessera::Refused);
}
