// A change that is entered late makes a difference for what has been paid: it is paid with the next run, exactly once.

#include "tests/workshop.h"

#include <doctest/doctest.h>

using namespace payroll;
using namespace tessera::literals;
using tessera::Transaction;

namespace {

// Ann's base becomes 3410 on 16 January: January's is (3100 * 15 + 3410 * 16) / 31 = 3260, of which 3100 were paid.
constexpr const char* arrears_of_january =
    "basic (2026-01) 160.00\n"
    "house (2026-01) 16.00\n"
    "pension (2026-01) 8.80\n"      // 179.30 - 170.50
    "income_tax (2026-01) 50.16\n"  // 3406.70: 522.01 - 471.85
    "social (2026-01) 35.20\n";     // 717.20 - 682.00

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("arrears: a backdated raise is paid with the next run, component by component, and never again") {
    Workshop shop;
    shop.paid("2026-01");
    shop.assign(shop.ann, "2026-01-16"_date, "3410.00");
    const auto february = shop.paid("2026-02");
    CHECK(shop.lines(february, "E1") == std::string("basic 3410.00\n"
                                                    "house 341.00\n"
                                                    "pension 187.55\n"
                                                    "income_tax 569.04\n"  // 3563.45: 400 + 30 % of 563.45 = 569.035
                                                    "union_fee 10.00\n"
                                                    "social 750.20\n") +
                                            arrears_of_january);
    CHECK(!has(shop.lines(february, "E2"), "(2026-01)"));
    CHECK(!has(shop.lines(shop.paid("2026-03"), "E1"), "(2026-0"));
    CHECK(shop.company.verify() == "");
    CHECK(has(shop.company.report("payroll.register", {{"run", "PR-2026-00002"}}),
              "E1 | Ann Archer | WORKS | 28 | 3927.00 | 176.00 | 825.55 | 3101.45 | 785.40 | 4712.40\n"));
}

TEST_CASE("arrears: taking the run back gives them to the next one, and the run they are of waits") {
    Workshop   shop;
    const auto january = shop.paid("2026-01");
    shop.assign(shop.ann, "2026-01-16"_date, "3410.00");
    const auto february = shop.paid("2026-02");
    CHECK(shop.move(january, "reverse", R"({"reason": "Wrong"})") == "payroll.arrears_elsewhere");
    CHECK(shop.sentence() == "To reverse PR-2026-00001, take back the later run first: payslip PR-2026-00002/E1 has arrears of it.");
    REQUIRE(shop.move(february, "reverse", R"({"reason": "Wrong"})") == "");
    const auto again = shop.paid("2026-02");
    CHECK(shop.lines(again, "E1").ends_with(arrears_of_january));
    REQUIRE(shop.move(again, "reverse", R"({"reason": "Wrong"})") == "");
    REQUIRE(shop.move(january, "reverse", R"({"reason": "Wrong"})") == "");
    CHECK(shop.lines(shop.paid("2026-01"), "E1").starts_with("basic 3260.00\nhouse 326.00\n"));
    CHECK(!has(shop.lines(shop.paid("2026-02"), "E1"), "(2026-01)"));
    CHECK(shop.company.verify() == "");
}

TEST_CASE("arrears: two runs that are calculated side by side do not both have them") {
    Workshop shop;
    shop.paid("2026-01");
    shop.assign(shop.ann, "2026-01-16"_date, "3410.00");
    const auto february = shop.run("2026-02"), march = shop.run("2026-03");
    REQUIRE(shop.move(march, "calculate") == "");
    REQUIRE(shop.move(february, "calculate") == "");
    CHECK(has(shop.lines(march, "E1"), arrears_of_january));
    CHECK(!has(shop.lines(february, "E1"), "(2026-01)"));
}

TEST_CASE("arrears: leave that is entered late is taken off, and given back when it is taken out") {
    Workshop shop;
    shop.paid("2026-01");
    const auto leave    = shop.leave(shop.ann, "2026-01-30"_date, "2026-01-31"_date);
    const auto february = shop.paid("2026-02");
    CHECK(has(shop.lines(february, "E1"), "basic (2026-01) -200.00\nhouse (2026-01) -20.00\n"));  // 2 of 31 days of 3100
    shop.company.run([&](Transaction& tx) { tx.remove(leave); });
    CHECK(has(shop.lines(shop.paid("2026-03"), "E1"), "basic (2026-01) 200.00\nhouse (2026-01) 20.00\n"));
    CHECK(!has(shop.lines(shop.paid("2026-04"), "E1"), "(2026-0"));
    CHECK(shop.company.verify() == "");
}

TEST_CASE("arrears: a component that joins the structure for past days is paid for each of them") {
    Workshop shop;
    shop.paid("2026-01");
    shop.paid("2026-02");
    const auto bonus = shop.component({.code = "bonus", .name = "Bonus", .formula = "100"});
    shop.add_to_structure(bonus, 100, "2026-02-01"_date);
    const auto march = shop.paid("2026-03");
    // After pension and social security in the order, so that these do not see it.
    CHECK(shop.lines(march, "E1").ends_with("bonus 100.00\nbonus (2026-02) 100.00\n"));
    CHECK(shop.company.verify() == "");
}

TEST_CASE("arrears: what would make somebody's pay negative waits, and nobody else waits for it") {
    Workshop shop;
    shop.paid("2026-01");
    // Ten of 31 days: 1100.00 gross, 55.00 pension, 9.00 tax (of 1045.00), no union fee; 2757.65 were paid.
    shop.change(shop.ann, [](Employee& ann) { ann.left_on = "2026-01-10"_date; });
    const auto february = shop.paid("2026-02");
    CHECK(shop.lines(february, "E1") == "");
    CHECK(shop.totals(february).starts_with("1: "));
    CHECK(shop.company.load(february).postponed.str() == "-1721.65");
    // It is taken off when there is pay to take it off from.
    shop.change(shop.ann, [](Employee& ann) { ann.left_on = {}; });
    shop.leave(shop.ann, "2026-01-11"_date, "2026-02-28"_date);
    const auto march = shop.paid("2026-03");
    CHECK(has(shop.lines(march, "E1"), "basic (2026-01) -2100.00\nhouse (2026-01) -210.00\n"));
    CHECK(has(shop.totals(march), "2: "));
    CHECK(shop.company.load(march).postponed.is_zero());
    CHECK(!has(shop.lines(shop.paid("2026-04"), "E1"), "(2026-0"));
    CHECK(shop.company.verify() == "");
}

TEST_CASE("arrears: who has left gets them all the same, on a payslip without days") {
    Workshop shop;
    shop.paid("2026-01");
    shop.change(shop.ann, [](Employee& ann) { ann.left_on = "2026-01-31"_date; });
    CHECK(shop.lines(shop.paid("2026-02"), "E1") == "");
    shop.assign(shop.ann, "2026-01-16"_date, "3410.00");
    const auto march = shop.paid("2026-03");
    CHECK(shop.lines(march, "E1") == arrears_of_january);
    CHECK(shop.company.value<std::int64_t>("SELECT payment_days FROM payroll_payslip WHERE run = :run AND employee = :ann", march,
                                           shop.ann) == 0);
    CHECK(shop.lines(shop.paid("2026-04"), "E1") == "");
    CHECK(shop.company.verify() == "");
}
