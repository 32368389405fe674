// What a run pays, posts and takes back. Figures are computed by hand from the rules in workshop.h.

#include "tests/workshop.h"

#include <doctest/doctest.h>

using namespace payroll;
using namespace tessera::literals;
using tessera::Transaction;

TEST_CASE("payroll run: each employee is paid by the formulas and the days, rounded to the cent") {
    Workshop   shop;
    const auto january = shop.run("2026-01");
    CHECK(shop.company.load(january).number == "PR-2026-00001");
    REQUIRE(shop.move(january, "calculate") == "");
    CHECK(shop.lines(january, "E1") ==
          "basic 3100.00\n"
          "house 310.00\n"
          "pension 170.50\n"     // 5 % of 3410
          "income_tax 471.85\n"  // 3239.50: 400 + 30 % of 239.50
          "union_fee 10.00\n"
          "social 682.00\n");
    CHECK(shop.lines(january, "E2") ==
          "basic 1354.84\n"  // 2000 * 21 / 31
          "house 135.48\n"
          "pension 74.52\n"     // of 1490.32
          "income_tax 83.16\n"  // 1415.80: 20 % of 415.80
          "union_fee 10.00\n"
          "social 298.06\n");
    CHECK(shop.totals(january) == "2: 4900.32 - 820.03 = 4080.29, 980.06");
    CHECK(shop.ledger() == "");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: calculated again it says the same, once") {
    Workshop   shop;
    const auto january = shop.run("2026-01");
    REQUIRE(shop.move(january, "calculate") == "");
    const auto before = shop.lines(january, "E1");
    shop.assign(shop.bob, "2026-01-12"_date, "2100.00");
    REQUIRE(shop.move(january, "calculate") == "");
    CHECK(shop.lines(january, "E1") == before);
    CHECK(shop.lines(january, "E2").starts_with("basic 1419.35\n"));  // (2000 * 1 + 2100 * 20) / 31
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM payroll_payslip") == 2);
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: it posts expenses by cost centre and what is owed by role, in balance") {
    Workshop   shop;
    const auto january = shop.paid("2026-01");
    CHECK(shop.ledger() ==
          "Contributions of the employer, SALES Sales: 298.06\n"
          "Contributions of the employer, WORKS Workshop: 682.00\n"
          "Net pay owed to employees: -4080.29\n"
          "Other amounts kept back from employees: -20.00\n"
          "Social security owed: -1225.08\n"
          "Tax kept back from employees: -555.01\n"
          "Wages and salaries, SALES Sales: 1490.32\n"
          "Wages and salaries, WORKS Workshop: 3410.00\n");
    CHECK(shop.company.value<Date>("SELECT date FROM financials_journal_entry WHERE journal = 'payroll'") == "2026-01-31"_date);
    CHECK(shop.company.load(january).approved_by == "administrator");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: expenses go to the account of the cost centre, where it has one") {
    Workshop   shop;
    const auto account =
        shop.company.insert(financials::Account{.code = "6201", .name = "Wages of the workshop", .kind = financials::Kind::expense});
    shop.company.run([&](Transaction& tx) {
        auto centre            = tx.load(shop.works);
        centre.expense_account = account;
        tx.save(centre);
    });
    shop.paid("2026-01");
    CHECK(shop.company.value<Money>("SELECT sum(amount) FROM financials_journal_line WHERE account = :account", account)->str() ==
          "4092.00");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: reversed, its mirror is posted and the period can be run again") {
    Workshop   shop;
    const auto first = shop.paid("2026-01");
    CHECK(shop.move(first, "reverse", R"({"date": "2026-01-31"})") == "kernel.required");
    REQUIRE(shop.move(first, "reverse", R"({"date": "2026-01-31", "reason": "Wrong table"})") == "");
    CHECK(shop.ledger() == "");
    CHECK(shop.company.verify() == "");
    const auto again = shop.paid("2026-01");
    CHECK(shop.totals(again) == "2: 4900.32 - 820.03 = 4080.29, 980.06");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: nobody is paid a day twice") {
    Workshop   shop;
    const auto works = shop.run("2026-01", shop.works);
    REQUIRE(shop.pay(works) == "");
    CHECK(shop.totals(works) == "1: 3410.00 - 652.35 = 2757.65, 682.00");
    // The same period again pays who has not been paid.
    const auto rest = shop.run("2026-01");
    REQUIRE(shop.pay(rest) == "");
    CHECK(shop.totals(rest) == "1: 1490.32 - 167.68 = 1322.64, 298.06");
    const auto nobody = shop.run("2026-01");
    REQUIRE(shop.move(nobody, "calculate") == "");
    CHECK(shop.move(nobody, "approve") == "payroll.nobody_to_pay");

    const auto part = shop.company.insert(Run{.starts_on = "2026-01-15"_date, .ends_on = "2026-02-14"_date, .pay_date = "2026-02-14"_date});
    CHECK(shop.move(part, "calculate") == "payroll.paid_already");
    CHECK(shop.sentence() ==
          "To calculate PR-2026-00004, choose other days: payslip PR-2026-00001/E1 has paid E1 from 2026-01-01 to 2026-01-31.");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        tx.insert(Payslip{
            .run = part, .employee = shop.ann, .cost_centre = shop.works, .starts_on = "2026-01-01"_date, .ends_on = "2026-01-31"_date});
    }) == "kernel.duplicate");
}

TEST_CASE("payroll run: withdrawn it is a draft without payslips, cancelled it stays that") {
    Workshop   shop;
    const auto january = shop.run("2026-01");
    REQUIRE(shop.move(january, "calculate") == "");
    REQUIRE(shop.move(january, "approve") == "");
    REQUIRE(shop.move(january, "withdraw", R"({"reason": "One is missing"})") == "");
    CHECK(shop.company.load(january).state == RunState::draft);
    CHECK(shop.totals(january) == "0: 0.00 - 0.00 = 0.00, 0.00");
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM payroll_payslip_line") == 0);
    REQUIRE(shop.move(january, "cancel") == "");
    CHECK(shop.move(january, "calculate") == "kernel.wrong_state");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: a month of hiring and a month of leaving are paid by their days, leave is not") {
    Workshop shop;
    shop.leave(shop.ann, "2026-01-20"_date, "2026-02-02"_date);
    shop.change(shop.ann, [](Employee& ann) { ann.left_on = "2026-02-10"_date; });
    const auto january = shop.paid("2026-01"), february = shop.paid("2026-02");
    CHECK(shop.lines(january, "E1").starts_with("basic 1900.00\nhouse 190.00\n"));  // 19 of 31 days
    CHECK(shop.lines(february, "E1").starts_with("basic 885.71\nhouse 88.57\n"));   // 8 of 28 days
    CHECK(shop.lines(february, "E1").find("union_fee") == std::string::npos);       // no more than 15 days
    CHECK(shop.lines(shop.paid("2026-03"), "E1") == "");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("payroll run: a tax table is in force on the pay date, from its first day on") {
    Workshop shop;
    shop.company.insert(TaxTable{.code       = "wage_tax",
                                 .name       = "Flat",
                                 .valid_from = "2026-02-28"_date,
                                 .slabs      = {{.from_amount = shop.company.money("0.00"), .rate = Percent::of(10)}}});
    const auto january = shop.paid("2026-01"), february = shop.paid("2026-02");
    CHECK(shop.lines(january, "E1").find("income_tax 471.85\n") != std::string::npos);
    CHECK(shop.lines(february, "E1").find("income_tax 323.95\n") != std::string::npos);  // 10 % of 3239.50
    CHECK(shop.lines(february, "E1").find("(2026-01)") == std::string::npos);
}

TEST_CASE("payroll run: the check finds what the ledger lacks, and sums that do not add up") {
    Workshop shop;
    shop.paid("2026-01");
    shop.company.run(
        [](Transaction& tx) { tessera::testing::damage(tx, "UPDATE payroll_payslip_line SET amount = amount + 1 WHERE id = 1"); });
    CHECK(shop.company.verify() ==
          "payroll.ledger: payroll.net_pay_payable of payroll run PR-2026-00001: expected -4080.30, found -4080.29\n"
          "payroll.ledger: payroll.wages of payroll run PR-2026-00001: expected 3410.01, found 3410.00\n"
          "payroll.totals: payslip PR-2026-00001/E1: expected 3410.01 - 652.35 = 2757.66, contributions 682.00, found 3410.00 - 652.35 = "
          "2757.65, contributions 682.00\n");
    shop.company.run(
        [](Transaction& tx) { tessera::testing::damage(tx, "UPDATE payroll_payslip_line SET amount = amount - 1 WHERE id = 1"); });
    shop.company.run([](Transaction& tx) {
        tessera::testing::damage(tx, "UPDATE payroll_posting SET amount = amount + 1 WHERE role = 'payroll.tax_payable'");
    });
    CHECK(shop.company.verify() ==
          "payroll.ledger: payroll.tax_payable of payroll run PR-2026-00001: expected -555.01, found -555.00\n"
          "payroll.ledger: account 2200 in payroll run PR-2026-00001: expected -5880.37, found -5880.38\n");
}

TEST_CASE("payroll run: reports show a run, its cost by centre and the year of an employee") {
    Workshop   shop;
    const auto january = shop.paid("2026-01");
    shop.paid("2026-02");
    const auto number = shop.company.load(january).number;
    CHECK(shop.company.report("payroll.register", {{"run", number}}) ==
          "E1 | Ann Archer | WORKS | 31 | 3410.00 | 0.00 | 652.35 | 2757.65 | 682.00 | 4092.00\n"
          "E2 | Bob Bjørk | SALES | 21 | 1490.32 | 0.00 | 167.68 | 1322.64 | 298.06 | 1788.38\n"
          "=  |  |  |  | 4900.32 | 0.00 | 820.03 | 4080.29 | 980.06 | 5880.38\n");
    CHECK(shop.company.report("payroll.cost_by_centre", {{"from", "2026-01-01"}, {"to", "2026-02-28"}}) ==
          "SALES | Sales | 1 | 3690.32 | 738.06 | 4428.38\n"
          "WORKS | Workshop | 1 | 6820.00 | 1364.00 | 8184.00\n"
          "=  |  |  | 10510.32 | 2102.06 | 12612.38\n");
    CHECK(shop.company.report("payroll.year_to_date", {{"employee", "E1"}}) ==
          "E1 | Ann Archer | basic | Basic pay | earning | 2 | 6200.00\n"
          "E1 | Ann Archer | house | House allowance | earning | 2 | 620.00\n"
          "E1 | Ann Archer | income_tax | Wage tax | deduction | 2 | 943.70\n"
          "E1 | Ann Archer | pension | Pension fund | deduction | 2 | 341.00\n"
          "E1 | Ann Archer | union_fee | Union fee | deduction | 2 | 20.00\n"
          "E1 | Ann Archer | social | Social security | contribution | 2 | 1364.00\n");
    CHECK(shop.company.report("payroll.payslip", {{"payslip", "PR-2026-00002/E1"}}) ==
          "Employee | Name | Ann Archer (E1) |  | \n"
          " | Cost centre | WORKS Workshop |  | \n"
          " | Period | 2026-02-01 to 2026-02-28 |  | \n"
          " | Paid on | 2026-02-28 |  | \n"
          " | Days paid | 28 of 28 |  | \n"
          " | Paid to | DE89370400440532013000 |  | \n"
          "Earnings | Basic pay |  | 3100.00 | 6200.00\n"
          " | House allowance |  | 310.00 | 620.00\n"
          " | Gross pay |  | 3410.00 | 6820.00\n"
          "Deductions | Pension fund |  | 170.50 | 341.00\n"
          " | Wage tax |  | 471.85 | 943.70\n"
          " | Union fee |  | 10.00 | 20.00\n"
          " | All deductions |  | 652.35 | 1304.70\n"
          "Net pay | Paid to you | EUR | 2757.65 | 5515.30\n"
          "Paid by us on top | Social security |  | 682.00 | 1364.00\n");
}
