#include "tests/office.h"

using financials::testing::Office;
using namespace financials;
using namespace tessera;
using namespace tessera::literals;

// tryton account scenario_reports.rst (O30): month 3 a sale on credit, month 5 its payment in cash.
TEST_CASE("general ledger: windows open with what came before (O30)") {
    Office office;
    office.post("2026-03-10"_date, "Sale", {{"1150", "10.00"}, {"4010", "", "10.00"}});
    office.post("2026-05-20"_date, "Paid", {{"1030", "10.00"}, {"1150", "", "10.00"}});
    const auto ledger = [&](std::string account, std::string from, std::string to) {
        return office.company.report("financials.general_ledger", {{"account", account}, {"from", from}, {"to", to}});
    };
    CHECK(ledger("4010", "2026-01-01", "2026-12-31") ==
          "4010 | Sales of goods | 2026-01-01 |  | Opening balance |  |  |  | 0.00\n"
          "4010 | Sales of goods | 2026-03-10 | JE-2026-00001 | Sale |  |  | 10.00 | -10.00\n=  |  |  |  |  |  | 0.00 "
          "| 10.00 | \n");
    CHECK(ledger("1150", "2026-01-01", "2026-03-31")
              .find("| Sale |  | 10.00 |  | 10.00\n=  |  |  |  |  |  | 10.00 | 0.00 | ") != std::string::npos);
    CHECK(ledger("4010", "2026-05-01", "2026-12-31") ==
          "4010 | Sales of goods | 2026-05-01 |  | Opening balance |  |  |  | -10.00\n=  |  |  |  |  |  | 0.00 | 0.00 "
          "| \n");
    CHECK(ledger("1030", "2026-05-01", "2026-05-31").find("| Paid |  | 10.00 |  | 10.00") != std::string::npos);
    CHECK(office.row("financials.trial_balance", "1150", {{"from", "2026-05-01"}, {"to", "2026-12-31"}}) ==
          "1150 | Other receivables | 10.00 | 0.00 | 10.00 | 0.00");
    CHECK(office.company.report("financials.account_statement", {{"account", "1150"}, {"to", "2026-12-31"}})
              .find("| 10.00 |  | 10.00\n") != std::string::npos);
}

TEST_CASE("general ledger: all accounts, in the order of codes, only those with figures") {
    Office office;
    office.post("2026-03-10"_date, "Sale", {{"1150", "10.00"}, {"4010", "", "10.00"}});
    const auto text = office.company.report("financials.general_ledger", {{"to", "2026-12-31"}});
    CHECK(text.find("1150 | Other receivables | 2026-01-01 |  | Opening balance") == 0);
    CHECK(text.find("4010 | ") != std::string::npos);
    CHECK(text.find("1010 | ") == std::string::npos);
    CHECK(text.ends_with("=  |  |  |  |  |  | 10.00 | 10.00 | \n"));
}

TEST_CASE("every report of a span: its last day is asked for once, and the day it does not use is not named") {
    Office     office;
    const auto asked = [&](const char* report, tessera::Suite::ParameterTexts parameters) {
        std::string days;
        for (const auto& parameter : office.company.report_result(report, std::move(parameters)).parameters)
            if (!parameter.value.empty()) days += (days.empty() ? "" : " ") + parameter.name + " " + parameter.value;
        return days;
    };
    for (const char* report : {"financials.trial_balance", "financials.general_ledger", "financials.income_statement", "financials.journal"}) {
        CAPTURE(report);
        CHECK(asked(report, {{"from", "2026-01-01"}, {"to", "2026-01-31"}}) == "from 2026-01-01 to 2026-01-31");
        CHECK(asked(report, {{"to", "2026-01-31"}, {"as_of", "2026-03-31"}}) == "to 2026-01-31");
        CHECK(asked(report, {{"as_of", "2026-03-31"}}) == "as_of 2026-03-31");
        CHECK(asked(report, {}) == "as_of " + Date::today().str());
    }
    CHECK(asked("financials.periods", {}) == "");
}

TEST_CASE("trial balance: a day within a period, across periods and years") {
    Office office;
    for (const auto* day : {"2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-02-14", "2026-02-15"})
        office.post(Date::parse(day), day, {{"6050", "1.00"}, {"1010", "", "1.00"}});
    struct Row {
        const char *from, *to, *shown;
    };
    for (const auto& row : {Row{"2026-01-01", "2026-01-30", "1.00 | 1.00 | 0.00 | 2.00"},
                            Row{"2026-01-01", "2026-01-31", "1.00 | 2.00 | 0.00 | 3.00"},
                            Row{"2026-02-01", "2026-02-14", "3.00 | 2.00 | 0.00 | 5.00"},
                            Row{"2026-02-15", "2026-02-15", "5.00 | 1.00 | 0.00 | 6.00"},
                            Row{"2025-01-01", "2027-12-31", "0.00 | 6.00 | 0.00 | 6.00"},
                            Row{"2026-01-31", "2026-02-01", "2.00 | 2.00 | 0.00 | 4.00"}}) {
        CAPTURE(row.from);
        CAPTURE(row.to);
        CHECK(office.row("financials.trial_balance", "6050", {{"from", row.from}, {"to", row.to}}) ==
              std::string("6050 | Rent | ") + row.shown);
    }
    CHECK_THROWS_WITH(office.company.report("financials.trial_balance", {{"from", "2026-02-02"}, {"to", "2026-02-01"}}),
                      doctest::Contains("is after"));
}

TEST_CASE("every ledger report: as known at an earlier moment") {
    Office office;
    office.post("2026-01-05"_date, "First", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    std::string moment;
    office.company.read([&](const Snapshot& tx) { moment = tx.load(Id<PostedEntry>{1}).recorded_at.str(); });
    office.post("2026-01-04"_date, "Late", {{"6050", "2.00"}, {"1010", "", "2.00"}});
    office.post("2025-01-04"_date, "Later", {{"6050", "4.00"}, {"1010", "", "4.00"}});
    const Suite::ParameterTexts then = {{"as_of", "2026-01-31"}, {"known_at", moment}}, now = {{"as_of", "2026-01-31"}};
    CHECK(office.row("financials.trial_balance", "6050", then) == "6050 | Rent | 0.00 | 1.00 | 0.00 | 1.00");
    CHECK(office.row("financials.trial_balance", "6050", now) == "6050 | Rent | 4.00 | 3.00 | 0.00 | 7.00");
    CHECK(office.row("financials.balance_sheet", "Assets | Current assets | 1010", then) ==
          "Assets | Current assets | 1010 | Bank | -1.00");
    CHECK(office.row("financials.income_statement", "Result", then) == "Result |  |  | Result | -1.00");
    CHECK(office.company.report("financials.journal", then).find("Late") == std::string::npos);
    CHECK(office.company.report("financials.journal", now).find("Late") != std::string::npos);
    CHECK(office.company
              .report("financials.general_ledger", {{"account", "6050"}, {"as_of", "2026-01-31"}, {"known_at", moment}})
              .find("Late") == std::string::npos);
    CHECK(office.row("financials.general_ledger", "6050", {{"account", "6050"}, {"as_of", "2026-01-31"}})
              .ends_with("| 4.00"));
    CHECK(office.company.report("financials.trial_balance", {{"as_of", "2026-01-31"}, {"known_at", "2020-01-01"}}) ==
          "=  |  | 0.00 | 0.00 | 0.00 | 0.00\n");
}

TEST_CASE("balance sheet: both sides are equal on every day, the results of open years apart") {
    Office office;
    office.post("2025-02-01"_date, "Start", {{"1010", "100.00"}, {"3010", "", "100.00"}});
    office.post("2025-03-01"_date, "Sale", {{"1010", "30.00"}, {"4010", "", "30.00"}});
    office.post("2026-03-01"_date, "Rent", {{"6050", "8.00"}, {"1010", "", "8.00"}});
    CHECK(
        office.company.report("financials.balance_sheet", {{"as_of", "2026-06-30"}}) ==
        "Assets | Current assets | 1010 | Bank | 122.00\nAssets |  |  | Total assets | 122.00\nLiabilities |  |  | "
        "Total liabilities | 0.00\n"
        "Equity | Equity | 3010 | Share capital | 100.00\nEquity |  |  | Result of earlier years, not closed | 30.00\n"
        "Equity |  |  | Result of the year | -8.00\nEquity |  |  | Total equity | 122.00\nTotal |  |  | Total "
        "liabilities and equity | 122.00\n");
}

TEST_CASE("journal: one journal, or all") {
    Office     office;
    const auto supplier = office.supplier("Superior Bicycles");
    office.post("2026-01-05"_date, "By hand", {{"6050", "1.00"}, {"1010", "", "1.00"}});
    office.invoice(supplier, "I-1", "2026-01-06"_date, "2026-02-05"_date, "10.00");
    CHECK(
        office.company.report("financials.journal", {{"to", "2026-12-31"}, {"journal", "purchases"}}).find("By hand") ==
        std::string::npos);
    CHECK(office.company.report("financials.journal", {{"to", "2026-12-31"}}).find("By hand") != std::string::npos);
}

TEST_CASE("reports: figures lead to what they are made of") {
    Office     office;
    const auto result = office.company.report_result("financials.trial_balance", {});
    CHECK(result.columns[5].drill_down.report == "financials.general_ledger");
    const auto ledger = office.company.report_result("financials.general_ledger", {{"account", "1010"}});
    CHECK(ledger.columns[6].drill_down.entity == "@source_entity");
}
