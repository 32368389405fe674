#include "services/posting_guards.h"

#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

TEST_CASE("periods: a new company has the previous, the current and the next year") {
    tessera::testing::Company company{"financials"};
    CHECK(company.value<std::int64_t>("SELECT count(*) FROM financials_period") == 36);
    CHECK(company.value<std::string>("SELECT min(name) FROM financials_fiscal_year") ==
          std::to_string(Date::today().year() - 1));
}

TEST_CASE("periods: a year brings its twelve periods, also when it does not begin in January") {
    Office office;
    office.company.insert(FiscalYear{.starts_on = "2030-04-01"_date});
    CHECK(office.company.value<std::string>("SELECT ends_on FROM financials_fiscal_year WHERE name = '2030/31'") ==
          "2031-03-31");
    CHECK(office.company.value<std::int64_t>(
              "SELECT count(*) FROM financials_period WHERE starts_on >= '2030-04-01'") == 12);
    CHECK(office.post("2031-03-31"_date, "Last day", {{"6050", "1.00"}, {"1010", "", "1.00"}}));
    CHECK(office.refusal("2031-04-01"_date, {{"6050", "1.00"}, {"1010", "", "1.00"}}) == "financials.no_period");
    CHECK(office.company.report("financials.trial_balance", {{"as_of", "2031-03-31"}})
              .find("6050 | Rent | 0.00 | 1.00") != std::string::npos);
}

TEST_CASE("periods: years do not overlap, keep their days, and go only without entries") {
    Office office;
    CHECK(office.company.refusal([](Transaction& tx) { tx.insert(FiscalYear{.starts_on = "2026-07-01"_date}); }) ==
          "financials.years_overlap");
    const auto year = office.company.insert(FiscalYear{.starts_on = "2035-01-01"_date});
    CHECK(office.company.refusal([&](Transaction& tx) {
        auto record      = tx.load(year);
        record.starts_on = "2035-02-01"_date;
        tx.save(record);
    }) == "financials.year_fixed");
    office.post("2035-05-05"_date, "In it", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    CHECK(office.company.refusal([&](Transaction& tx) { tx.remove(year); }) == "financials.year_in_use");
    const auto empty = office.company.insert(FiscalYear{.starts_on = "2036-01-01"_date});
    CHECK(office.company.refusal([&](Transaction& tx) { tx.remove(empty); }) == "");
    CHECK(office.refusal("2036-05-05"_date, {{"6050", "1.00"}, {"1010", "", "1.00"}}) == "financials.no_period");
}

TEST_CASE("periods: soft-locked takes administrators, locked nobody, reopened everybody") {
    Office     office;
    const auto period  = office.period("2026-01");
    const auto post    = [&] { return office.refusal("2026-01-05"_date, {{"6050", "1.00"}, {"1010", "", "1.00"}}); };
    const auto is_open = [&] {
        bool open = false;
        office.company.read([&](const Snapshot& tx) { open = tx.service<Ledger>().is_open(tx, "2026-01-05"_date); });
        return open;
    };
    CHECK(is_open());
    office.company.transition(period, "soft_lock");
    CHECK(post() == "");
    CHECK_FALSE(is_open());
    office.company.read([](const Snapshot& tx) {
        CHECK_THROWS_WITH(period_for_posting(Setup(tx), "2026-01-05"_date, tessera::Actor::reader("clerk")),
                          doctest::Contains("soft-locked"));
    });
    office.company.transition(period, "lock");
    CHECK(post() == "financials.period_closed");
    CHECK(office.move_refusal(period, "reopen") == "kernel.required");
    office.move(period, "reopen", R"({"reason":"Late invoice"})");
    CHECK(post() == "");
    CHECK(office.row("financials.periods", "2026 | 2026-01").find("| open | ") != std::string::npos);
    CHECK(office.row("financials.periods", "2026 | 2026-01").ends_with("administrator | Late invoice"));
    CHECK(office.company.verify() == "");
}

TEST_CASE("periods: the first open day skips what is locked") {
    Office office;
    office.company.transition(office.period("2026-01"), "lock");
    office.company.transition(office.period("2026-02"), "soft_lock");
    office.company.read([&](const Snapshot& tx) {
        const auto& ledger = tx.service<Ledger>();
        CHECK(ledger.first_open(tx, "2025-12-31"_date) == "2025-12-31"_date);
        CHECK(ledger.first_open(tx, "2026-01-10"_date) == "2026-03-01"_date);
        CHECK(ledger.first_open(tx, "2026-03-09"_date) == "2026-03-09"_date);
        CHECK_THROWS_AS(ledger.first_open(tx, "2099-01-01"_date), Refused);
    });
}
