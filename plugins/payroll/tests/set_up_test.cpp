// What employees, components, structures and tables are refused for, and what a run is refused for because of them.

#include "tests/workshop.h"

#include <doctest/doctest.h>

using namespace payroll;
using namespace tessera::literals;
using tessera::Transaction;

namespace {

struct Refusal {
    std::string code{}, sentence{}, field{};
};

template <class Work>
Refusal refusal_of(Workshop& shop, Work work) {
    try {
        shop.company.run(work);
        return {};
    } catch (const tessera::Refused& refused) {
        return {refused.code(), refused.sentence(), refused.field()};
    }
}

template <class Record>
Refusal refusal_of_new(Workshop& shop, Record record) {
    return refusal_of(shop, [&](Transaction& tx) { tx.insert(record); });
}

template <class Record>
std::string code_of_new(Workshop& shop, Record record) {
    return refusal_of_new(shop, record).code;
}

std::string sentence_of_run(Workshop& shop, const char* code, const char* formula) {
    shop.add_to_structure(shop.component({.code = code, .name = "Odd", .formula = formula}), 15);
    const auto refusal = shop.move(shop.run("2026-01"), "calculate");
    return refusal + ": " + shop.sentence();
}

}  // namespace

TEST_CASE("component: a formula that says nothing is refused when it is saved, with field and place") {
    Workshop   shop;
    const auto unknown = refusal_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "5 * bsae"});
    CHECK(unknown.code == "payroll.formula_unknown_name");
    CHECK(unknown.sentence == "To use the formula, name a fact or a component at position 5: \"bsae\" is neither.");
    CHECK(unknown.field == "formula");
    const auto condition = refusal_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "5", .condition = "basic > 1 and"});
    CHECK(condition.code == "payroll.formula_malformed");
    CHECK(condition.field == "condition");
    CHECK(refusal_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "meal + 1"}).sentence ==
          "To use the formula, take out \"meal\" at position 1: it is what the formula says.");
    CHECK(code_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "meal + 1"}) == "payroll.formula_refers_to_itself");
    CHECK(code_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "min(5)"}) == "payroll.formula_arguments");
    CHECK(code_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "tax(meals, base)"}) == "payroll.unknown_tax_table");
    CHECK(code_of_new(shop, Component{.code = "meal", .name = "Meals"}) == "payroll.formula_malformed");
    for (const char* code : {"Meals", "meal allowance", "if", "gross", "5", "-meal"})
        CHECK(code_of_new(shop, Component{.code = code, .name = "Meals", .formula = "5"}) == "payroll.code_unfit");
    CHECK(code_of_new(shop, Component{.code = "meal", .name = "Meals", .formula = "payment_days * 5"}) == "");
    CHECK(shop.company.refusal([](Transaction& tx) { tx.insert(Component{.code = "basic", .name = "Again", .formula = "5"}); }) ==
          "kernel.duplicate");
}

TEST_CASE("structure: what a formula names stands before it, also when the formula changes later") {
    Workshop   shop;
    const auto meal = shop.component({.code = "meal", .name = "Meals", .formula = "5"});
    const auto tip  = shop.component({.code = "tip", .name = "Tips", .formula = "meal * 2"});
    const auto late =
        refusal_of_new(shop, Structure{.code = "waiters", .name = "Waiters", .lines = {{.component = tip}, {.component = meal}}});
    CHECK(late.code == "payroll.formula_later_component");
    CHECK(late.sentence == "To use tip in structure waiters, put meal before it: its formula names it at position 1.");
    CHECK(code_of_new(shop, Structure{.code = "waiters", .name = "Waiters", .lines = {{.component = tip}}}) ==
          "payroll.formula_later_component");
    // The order is that of the sequence.
    CHECK(code_of_new(shop, Structure{.code  = "waiters",
                                      .name  = "Waiters",
                                      .lines = {{.sequence = 20, .component = tip}, {.sequence = 10, .component = meal}}}) == "");
    const auto changed = refusal_of(shop, [&](Transaction& tx) {
        auto component    = tx.load(meal);
        component.formula = "tip / 2";
        tx.save(component);
    });
    CHECK(changed.code == "payroll.formula_later_component");
    CHECK(changed.sentence == "To use meal in structure waiters, put tip before it: its formula names it at position 1.");
}

TEST_CASE("structure: a component counts once on each day") {
    Workshop   shop;
    const auto meal = shop.component({.code = "meal", .name = "Meals", .formula = "5"});
    const auto with = [&](Date first_ends, Date second_starts) {
        return code_of_new(
            shop, Structure{.code  = "cooks",
                            .name  = "Cooks",
                            .lines = {{.component = meal, .ends_on = first_ends}, {.component = meal, .starts_on = second_starts}}});
    };
    CHECK(with("2026-02-28"_date, "2026-02-28"_date) == "payroll.component_twice");
    CHECK(code_of_new(shop, Structure{.code  = "cooks",
                                      .name  = "Cooks",
                                      .lines = {{.component = meal, .starts_on = "2026-02-02"_date, .ends_on = "2026-02-01"_date}}}) ==
          "payroll.days_reversed");
    CHECK(with("2026-02-28"_date, "2026-03-01"_date) == "");
}

TEST_CASE("component: once somebody was paid by it, it stays what it was") {
    Workshop   shop;
    const auto change = [&](auto what) {
        return refusal_of(shop, [&](Transaction& tx) {
            auto house = *tx.first<Component>("code = 'house'");
            what(house);
            tx.save(house);
        });
    };
    CHECK(change([](Component& house) { house.formula = "basic * 0.12"; }).code == "");
    shop.paid("2026-01");
    const auto used = change([](Component& house) { house.formula = "basic * 0.2"; });
    CHECK(used.code == "payroll.component_in_use");
    CHECK(used.sentence ==
          "To calculate house otherwise, make another component and put it into the structures from a day on: 2 payslips have this one.");
    CHECK(change([](Component& house) { house.taxable = false; }).code == "payroll.component_in_use");
    CHECK(change([](Component& house) { house.name = "Rent allowance"; }).code == "");
}

TEST_CASE("employee: number, days and bank account fit together") {
    Workshop   shop;
    const auto party = shop.company.insert(directory::Party{.name = "Cy Cole"});
    const auto cy    = [&] { return Employee{.number = "E3", .party = party, .hired_on = "2026-01-01"_date, .cost_centre = shop.works}; };
    auto       other = cy();
    other.number     = "E 3";
    CHECK(code_of_new(shop, other) == "payroll.employee_number");
    other.number = "EMPLOYEE-0000003";
    CHECK(code_of_new(shop, other) == "payroll.employee_number");
    other         = cy();
    other.left_on = "2025-12-31"_date;
    CHECK(code_of_new(shop, other) == "payroll.days_reversed");
    other              = cy();
    other.bank_account = shop.company.load(shop.ann).bank_account;
    CHECK(refusal_of_new(shop, other).sentence ==
          "To pay Cy Cole, choose a bank account of the same party: this one belongs to Ann Archer.");
    CHECK(code_of_new(shop, other) == "payroll.account_of_another");
    CHECK(code_of_new(shop, cy()) == "");
    CHECK(*shop.company.value<std::string>("SELECT name FROM payroll_employee WHERE number = 'E3'") == "Cy Cole");
}

TEST_CASE("unpaid leave: no day is taken off twice") {
    Workshop shop;
    shop.leave(shop.ann, "2026-01-10"_date, "2026-01-12"_date);
    CHECK(code_of_new(shop, UnpaidLeave{.employee = shop.ann, .starts_on = "2026-01-12"_date, .ends_on = "2026-01-14"_date}) ==
          "payroll.leave_twice");
    CHECK(code_of_new(shop, UnpaidLeave{.employee = shop.ann, .starts_on = "2026-01-14"_date, .ends_on = "2026-01-13"_date}) ==
          "payroll.days_reversed");
    CHECK(code_of_new(shop, UnpaidLeave{.employee = shop.ann, .starts_on = "2026-01-13"_date, .ends_on = "2026-01-14"_date}) == "");
    CHECK(code_of_new(shop, UnpaidLeave{.employee = shop.bob, .starts_on = "2026-01-12"_date, .ends_on = "2026-01-14"_date}) == "");
}

TEST_CASE("set-up: cost centres, tax tables, paying accounts and runs that cannot be are refused") {
    Workshop   shop;
    const auto bank = *shop.company.value<Id<financials::Account>>("SELECT id FROM financials_account WHERE code = '1010'");
    CHECK(code_of_new(shop, CostCentre{.code = "X", .name = "X", .expense_account = bank}) == "payroll.account_unfit");
    const auto from = [&](const char* amount, int percent) {
        return TaxSlab{.from_amount = shop.company.money(amount), .rate = Percent::of(percent)};
    };
    CHECK(code_of_new(shop, TaxTable{.code = "x", .name = "X", .valid_from = "2026-01-01"_date}) == "payroll.slabs_unfit");
    CHECK(code_of_new(shop,
                      TaxTable{.code = "x", .name = "X", .valid_from = "2026-01-01"_date, .slabs = {from("1.00", 1), from("1.00", 2)}}) ==
          "payroll.slabs_unfit");
    CHECK(code_of_new(shop, TaxTable{.code = "x", .name = "X", .valid_from = "2026-01-01"_date, .slabs = {from("1.00", 101)}}) ==
          "payroll.slabs_unfit");
    CHECK(code_of_new(shop, TaxTable{.code = "X", .name = "X", .valid_from = "2026-01-01"_date, .slabs = {from("1.00", 1)}}) ==
          "payroll.code_unfit");
    CHECK(code_of_new(shop, PayingAccount{.name = "Wages", .iban = "DE89 3704 0044 0532 0130 01"}) == "payroll.not_an_iban");
    CHECK(code_of_new(shop, PayingAccount{.name = "Wages", .iban = "DE89 3704 0044 0532 0130 00", .bic = "COBA"}) == "payroll.not_a_bic");
    CHECK(code_of_new(shop, Run{.starts_on = "2026-01-31"_date, .ends_on = "2026-01-30"_date, .pay_date = "2026-01-31"_date}) ==
          "payroll.days_reversed");
    CHECK(code_of_new(shop, Run{.starts_on = "2026-01-01"_date, .ends_on = "2027-01-02"_date, .pay_date = "2026-01-31"_date}) ==
          "payroll.days_reversed");
}

TEST_CASE("payroll run: what cannot be calculated names the employee and the component") {
    SUBCASE("a division by zero") {
        Workshop shop;
        CHECK(
            sentence_of_run(shop, "odd", "base / (payment_days - 31)") ==
            "payroll.division_by_zero: To calculate odd of Ann Archer (E1), change its formula or what it stands on: it divides by zero.");
    }
    SUBCASE("numbers that are too large") {
        Workshop shop;
        CHECK(sentence_of_run(shop, "odd", "99999999999999999 * 99999999999999999 * base") ==
              "payroll.amount_too_large: To calculate odd of Ann Archer (E1), change its formula or what it stands on: its numbers become "
              "too large.");
    }
    SUBCASE("an amount that is no money any more") {
        Workshop shop;
        CHECK(sentence_of_run(shop, "odd", "99999999999999999 * 10").starts_with("payroll.amount_too_large: "));
    }
    SUBCASE("a tax without a table on the day") {
        Workshop shop;
        shop.company.insert(
            TaxTable{.code = "soli", .name = "Later", .valid_from = "2026-02-01"_date, .slabs = {{.rate = Percent::of(1)}}});
        CHECK(sentence_of_run(shop, "odd", "tax(soli, base)") ==
              "payroll.no_tax_table: To calculate odd of Ann Archer (E1), enter a tax table soli that is valid on 2026-01-31.");
    }
    SUBCASE("nothing that is known to be paid") {
        Workshop shop;
        shop.change(shop.bob, [](Employee& bob) { bob.hired_on = "2026-01-10"_date; });
        CHECK(shop.move(shop.run("2026-01"), "calculate") == "payroll.no_assignment");
        CHECK(shop.sentence() == "To calculate the pay of Bob Bjørk (E2), assign it from 2026-01-10 on.");
    }
    SUBCASE("less than nothing, when it is approved") {
        Workshop shop;
        shop.add_to_structure(
            shop.component({.code = "loan", .name = "Loan", .kind = ComponentKind::deduction, .formula = "if(base > 3000, 5000, 0)"}), 100);
        const auto january = shop.run("2026-01");
        REQUIRE(shop.move(january, "calculate") == "");
        CHECK(shop.move(january, "approve") == "payroll.net_negative");
        CHECK(shop.sentence() == "To approve PR-2026-00001, keep back less from Ann Archer (E1): the net pay would be -2242.35.");
        CHECK(shop.company.load(january).state == RunState::calculated);
    }
}
