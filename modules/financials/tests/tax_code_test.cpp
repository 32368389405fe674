#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

TEST_CASE("tax: a document's tax by code, on a day on which the code is valid") {
    Office     office;
    const auto full = office.company.insert(TaxCode{.code       = "V20",
                                                    .name       = "Standard",
                                                    .rate       = Percent::of(20),
                                                    .valid_from = "2026-01-01"_date,
                                                    .valid_to   = "2026-12-31"_date});
    const auto half = office.company.insert(
        TaxCode{.code = "V10", .name = "Cars", .rate = Percent::of(10), .deductible = Percent::of(50)});
    office.company.read([&](const Snapshot& tx) {
        const auto& taxes = tx.service<Taxes>();
        const auto  tax   = taxes.of(tx,
                                     {{office.usd("100.00"), full},
                                      {office.usd("500.00"), half},
                                      {office.usd("50.00"), full},
                                      {office.usd("7.00"), {}}},
                                     TaxRounding::rounded_sum, "2026-06-30"_date);
        REQUIRE(tax.size() == 2);
        CHECK(tax[0].base.str() == "150.00");
        CHECK(tax[0].tax.str() == "30.00");
        CHECK(tax[1].tax.str() == "50.00");
        CHECK(tax[1].deductible.str() == "25.00");
        CHECK_THROWS_WITH(taxes.of(tx, {{office.usd("1.00"), full}}, TaxRounding::rounded_sum, "2027-01-01"_date),
                          doctest::Contains("valid from 2026-01-01 to 2026-12-31"));
    });
    CHECK(office.company.refusal([](Transaction& tx) {
        tx.insert(TaxCode{.code = "X", .name = "X", .rate = Percent::of(-1)});
    }) == "financials.tax_rate");
    CHECK(office.company.refusal([](Transaction& tx) {
        tx.insert(TaxCode{.code = "X", .name = "X", .valid_from = "2026-02-01"_date, .valid_to = "2026-01-01"_date});
    }) == "financials.tax_dates");
}
