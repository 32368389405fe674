#include "services/payment_terms_service.h"
#include "tests/office.h"

#include <sstream>

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

const Currency usd = Currency::of("USD");

// Each row: amount, due, discount, until, grace until, tolerance; "-" for none.
void check_terms(const PaymentTerms& terms, const char* table) {
    std::istringstream rows(table);
    for (std::string amount, due, discount, until, grace, tolerance; rows >> amount >> due >> discount >> until >> grace >> tolerance;) {
        CAPTURE(amount);
        const auto got = terms_of(terms, terms.tolerance_amount, Money::parse(amount, usd), "2026-01-05"_date);
        CHECK(got.due_on.str() == due);
        CHECK(got.discount.str() == discount);
        CHECK((got.discount_until.empty() ? "-" : got.discount_until.str()) == until);
        CHECK((got.discount_grace_until.empty() ? "-" : got.discount_grace_until.str()) == grace);
        CHECK(got.tolerance.str() == tolerance);
    }
}

}  // namespace

TEST_CASE("payment terms: due date, discount and the smaller tolerance of a document") {
    check_terms({.days              = 30,
                 .discount_percent  = Percent::parse("2"),
                 .discount_days     = 10,
                 .grace_days        = 5,
                 .tolerance_percent = Percent::parse("0.5"),
                 .tolerance_amount  = Money{500, usd}},
                R"(
        1000.00   2026-02-04  20.00  2026-01-15  2026-01-20  5.00
         500.00   2026-02-04  10.00  2026-01-15  2026-01-20  2.50
        9999.99   2026-02-04 200.00  2026-01-15  2026-01-20  5.00
           0.20   2026-02-04   0.00  -           -           0.00
        -300.00   2026-01-05   0.00  -           -           0.00
    )");
    check_terms({.days = 0, .tolerance_percent = Percent::parse("1")}, "250.50  2026-01-05  0.00  -  -  2.51");
}

TEST_CASE("payment terms: without any, a document is due after the party's days") {
    Office     office;
    const auto party = office.company.insert(directory::Party{.name = "Bike World", .customer = true, .payment_days = 14});
    office.company.read([&](const Snapshot& tx) {
        const auto terms = tx.service<Terms>().of(tx, {}, party, office.usd("100.00"), "2026-01-05"_date);
        CHECK(terms.due_on == "2026-01-19"_date);
        CHECK(terms.discount.is_zero());
    });
}

TEST_CASE("payment terms: the largest tolerance is converted into the currency of the document") {
    Office     office;
    const auto eur   = Currency::of("EUR");
    const auto party = office.customer("Vélos");
    office.company.insert(directory::ExchangeRate{.base = usd, .quote = eur, .date = "2026-01-01"_date, .rate = Rate::parse("2.0")});
    const auto terms = office.company.insert(
        PaymentTerms{.name = "Tolerant", .days = 30, .tolerance_percent = Percent::parse("10"), .tolerance_amount = office.usd("5.00")});
    office.company.read([&](const Snapshot& tx) {
        CHECK(tx.service<Terms>().of(tx, terms, party, Money{100000, eur}, "2026-01-05"_date).tolerance.str() == "10.00");
        CHECK(tx.service<Terms>().of(tx, terms, party, Money{5000, eur}, "2026-01-05"_date).tolerance.str() == "5.00");
    });
}

TEST_CASE("payment terms: percentages beyond a whole and grace without a discount are refused") {
    Office     office;
    const auto refusal = [&](PaymentTerms terms) { return office.company.refusal([&](Transaction& tx) { tx.insert(terms); }); };
    CHECK(refusal({.name = "A", .discount_percent = Percent::parse("101")}) == "financials.terms_percent");
    CHECK(refusal({.name = "A", .tolerance_percent = Percent::parse("-1")}) == "financials.terms_percent");
    CHECK(refusal({.name = "A", .grace_days = 5}) == "financials.terms_grace");
    CHECK(refusal({.name = "A", .discount_percent = Percent::parse("2"), .discount_days = 10, .grace_days = 5}) == "");
}
