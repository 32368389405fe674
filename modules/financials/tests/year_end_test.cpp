#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

namespace {

// tryton account scenario_close_fiscalyear.rst (O26): revenue 42, receivable 21 and its child 21.
void sell(Office& office) {
    office.post("2025-05-05"_date, "Sale", {{"1150", "21.00"}, {"1310", "21.00"}, {"4010", "", "42.00"}});
}

}  // namespace

TEST_CASE("year end: income and expenses go to retained earnings, the balance sheet stays (O26)") {
    Office office;
    sell(office);
    CHECK(office.row("financials.balance_sheet", "Equity |  |  | Result of the year", {{"as_of", "2025-12-31"}}) ==
          "Equity |  |  | Result of the year | 42.00");
    CHECK(office.move_refusal(office.year("2025"), "close") == "financials.periods_not_locked");
    office.move(office.year("2025"), "close", R"({"lock_periods":true})");

    CHECK(office.balance("1150") == "21.00");
    CHECK(office.balance("1310") == "21.00");
    CHECK(office.balance("4010") == "0.00");
    CHECK(office.balance("3200") == "-42.00");
    CHECK(office.row("financials.trial_balance", "4010", {{"as_of", "2026-01-31"}}) == "");
    CHECK(office.row("financials.trial_balance", "3200", {{"as_of", "2026-01-31"}}) ==
          "3200 | Retained earnings | -42.00 | 0.00 | 0.00 | -42.00");
    CHECK(office.row("financials.balance_sheet", "Equity |  |  | Result of the year", {{"as_of", "2026-01-31"}}) ==
          "Equity |  |  | Result of the year | 0.00");
    CHECK(office.company.report("financials.balance_sheet", {{"as_of", "2025-12-31"}})
              .find("Total |  |  | Total liabilities and equity | 42.00") != std::string::npos);
    CHECK(office.company.verify() == "");
}

TEST_CASE("year end: the closed year still shows its income and expenses") {
    Office office;
    sell(office);
    office.move(office.year("2025"), "close", R"({"lock_periods":true})");
    CHECK(office.company.report("financials.income_statement", {{"from", "2025-01-01"}, {"to", "2025-12-31"}}) ==
          "Income | Revenue | 4010 | Sales of goods | 42.00\nIncome |  |  | Total income | 42.00\n"
          "Expenses |  |  | Total expenses | 0.00\nResult |  |  | Result | 42.00\n");
    CHECK(office.row("financials.trial_balance", "4010", {{"as_of", "2025-12-31"}}) ==
          "4010 | Sales of goods | 0.00 | 42.00 | 42.00 | 0.00");
    CHECK(office.row("financials.trial_balance", "4010", {{"as_of", "2025-12-31"}, {"before_closing", "true"}}) ==
          "4010 | Sales of goods | 0.00 | 0.00 | 42.00 | -42.00");
}

TEST_CASE("year end: closed once; reopening reverses the entry, then the year closes again with what came late") {
    Office office;
    sell(office);
    const auto year = office.year("2025");
    office.move(year, "close", R"({"lock_periods":true})");
    CHECK(office.move_refusal(year, "close", R"({"lock_periods":true})") == "kernel.wrong_state");
    CHECK(office.refusal("2025-12-31"_date, {{"6050", "1.00"}, {"1010", "", "1.00"}}) == "financials.period_closed");
    CHECK(office.move_refusal(office.period("2025-12"), "reopen", R"({"reason":"x"})") == "financials.year_closed");
    CHECK(office.move_refusal(year, "reopen") == "kernel.required");

    office.move(year, "reopen", R"({"reason":"Late invoice"})");
    CHECK(office.balance("4010") == "-42.00");
    CHECK(office.balance("3200") == "0.00");
    office.post("2025-12-31"_date, "Late rent", {{"6050", "2.00"}, {"1010", "", "2.00"}});
    office.move(year, "close", "{}");
    CHECK(office.balance("3200") == "-40.00");
    CHECK(office.row("financials.income_statement", "Result", {{"from", "2025-01-01"}, {"to", "2025-12-31"}}) ==
          "Result |  |  | Result | 40.00");
    CHECK(office.company.verify() == "");
}

TEST_CASE("year end: years are closed in order and reopened in the opposite order") {
    Office office;
    sell(office);
    office.post("2026-03-03"_date, "Sale", {{"1150", "5.00"}, {"4010", "", "5.00"}});
    CHECK(office.move_refusal(office.year("2026"), "close", R"({"lock_periods":true})") ==
          "financials.earlier_year_open");
    office.move(office.year("2025"), "close", R"({"lock_periods":true})");
    office.move(office.year("2026"), "close", R"({"lock_periods":true})");
    CHECK(office.move_refusal(office.year("2025"), "reopen", R"({"reason":"x"})") == "financials.later_year_closed");
    CHECK(office.balance("3200") == "-47.00");
}

TEST_CASE("year end: a year without income and expenses closes without an entry") {
    Office office;
    office.move(office.year("2025"), "close", R"({"lock_periods":true})");
    CHECK(office.company.value<std::int64_t>("SELECT count(*) FROM financials_journal_entry") == 0);
    CHECK(office.company.verify() == "");
}

// hledger test/close.test (O26)
TEST_CASE("year end: closing balances are assets, liabilities and equity; the retained entry moves the 5") {
    Office office;
    office.post("2025-01-01"_date, "Start", {{"1010", "100.00"}, {"1030", "20.00"}, {"3010", "", "120.00"}});
    office.post("2025-02-01"_date, "Spend", {{"6020", "5.00"}, {"1030", "", "5.00"}});
    office.post("2025-03-01"_date, "Withdraw", {{"1030", "20.00"}, {"1010", "", "20.00"}});
    office.post("2025-04-01"_date, "Lend", {{"2720", "", "25.00"}, {"1030", "25.00"}});
    office.post("2025-04-02"_date, "Pass on", {{"1150", "50.00"}, {"1030", "", "50.00"}});
    office.move(office.year("2025"), "close", R"({"lock_periods":true})");
    CHECK(office.balance("1010") == "80.00");
    CHECK(office.balance("2720") == "-25.00");
    CHECK(office.balance("3200") == "5.00");
    CHECK(office.balance("6020") == "0.00");
}
