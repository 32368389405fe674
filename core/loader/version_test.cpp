#include "loader/version.h"

#include <doctest/doctest.h>

#include <initializer_list>

using namespace tessera::loader;

TEST_CASE("versions: a later one satisfies a need until something was broken") {
    struct Row {
        const char *version, *at_least;
        bool        satisfied;
    };
    const Row rows[] = {
        {"1.2.0", "1.2", true},  {"1.10.0", "1.9.3", true}, {"1.1.9", "1.2", false},  {"2.0.0", "1.2", false}, {"1.2", "1.2.0", true},
        {"0.1.5", "0.1", true},  {"0.2.0", "0.1", false},   {"0.1.0", "0.1.1", false}, {"1.0.0", "0.9", false}, {"1.0.0", "", true},
        {"beta", "1.0", false},  {"1.0.0", "beta", false},  {"1", "1", true},          {"10.0.0", "9", false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.version);
        CAPTURE(row.at_least);
        CHECK(satisfies(row.version, row.at_least) == row.satisfied);
    }
}

TEST_CASE("versions: what is one, and what a need says") {
    for (const auto* good : {"1", "1.0", "0.10.3"}) CHECK(is_version(good));
    for (const auto* bad : {"", ".", "1.", "1..2", "a", "1.0.0.0", "-1", "1.-2", "1.0-beta", " 1", "99999999999"}) CHECK(!is_version(bad));
    CHECK(need_of("financials").module == "financials");
    CHECK(need_of("financials").at_least == "");
    CHECK(need_of("financials 1.2").module == "financials");
    CHECK(need_of("financials 1.2").at_least == "1.2");
}
