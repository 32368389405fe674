#include "formula/formula.h"

#include <doctest/doctest.h>

#include <map>

using namespace payroll;

namespace {

class Table final : public Facts {
public:
    Number                        value(std::string_view name) const override { return values.at(std::string(name)); }
    Number                        tax(std::string_view, const Number& amount) const override { return amount / Number::of(10); }
    std::map<std::string, Number> values{
        {"base", Number::of(3100)}, {"payment_days", Number::of(19)}, {"period_days", Number::of(31)}, {"zero", Number{}}};
};

std::string result_of(const char* text) { return Formula::parse(text).value(Table{}).str(); }

std::string refusal_of(std::string_view text, bool condition = false) {
    try {
        condition ? Formula::parse_condition(text) : Formula::parse(text);
        return "";
    } catch (const tessera::Refused& refused) {
        return refused.sentence() + " " + refused.code();
    }
}

std::string fault_of(const char* text) {
    try {
        Formula::parse(text).value(Table{});
        return "none";
    } catch (const ArithmeticFault fault) {
        return fault == ArithmeticFault::division_by_zero ? "division by zero" : "too large";
    }
}

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

}  // namespace

TEST_CASE("formula: it is worth what arithmetic says, exactly") {
    struct Row {
        const char* text{};
        const char* value{};
    };
    const Row rows[] = {
        {"12.50", "12.5"},
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"7 - 4 - 2", "1"},
        {"100 / 10 / 2", "5"},
        {"-2 * -3", "6"},
        {"--2", "2"},
        {"0.1 + 0.2", "0.3"},
        {"1 / 3", "1/3"},
        {"1 / 3 * 3", "1"},
        {"base / period_days * payment_days", "1900"},
        {"base * 12 / 365", "7440/73"},
        {"if(base > 3000, base * 0.05, 0)", "155"},
        {"if(base > 3100, 1, 2)", "2"},
        {"if(base >= 3100, 1, 2)", "1"},
        {"if(base <> 3100, 1, 2)", "2"},
        {"if(not base = 3100 or payment_days < period_days and 1 <= 2, 1, 2)", "1"},
        {"if(1 / 3 < 0.333333333333333, 1, 2)", "2"},
        {"if(1 / 3 > 0.333333333333333, 1, 2)", "1"},
        {"if(zero = 0, 5, 1 / zero)", "5"},  // what is not needed is not evaluated
        {"if(zero = 0 or 1 / zero > 0, 5, 6)", "5"},
        {"if(zero <> 0 and 1 / zero > 0, 5, 6)", "6"},
        {"min(3, 1, 2)", "1"},
        {"max(3, -1, 4)", "4"},
        {"round(2.345, 2)", "2.35"},
        {"round(-2.345, 2)", "-2.35"},
        {"round(2.344999, 2)", "2.34"},
        {"round(2.5, 0)", "3"},
        {"round(1 / 3, 6)", "0.333333"},
        {"tax(wage_tax, base + 1)", "310.1"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(result_of(row.text) == row.value);
    }
}

TEST_CASE("formula: what cannot be reckoned is told apart") {
    CHECK(fault_of("base / zero") == "division by zero");
    CHECK(fault_of("base / (1 / 3 - 1 / 3)") == "division by zero");
    CHECK(fault_of("99999999999999999 * 99999999999999999 * 99999999999999999") == "too large");
    CHECK(fault_of("1 / 99999999999999999 / 99999999999999999 / 99999999999999999") == "too large");
    CHECK(fault_of("99999999999999999 * 99999999999999999 / 99999999999999999") == "none");
}

TEST_CASE("formula: what is not one is refused with the place") {
    struct Row {
        const char* text{};
        const char* refusal{};
    };
    const Row rows[] = {
        {"", "To use the formula, write a number, a name or a parenthesis instead of the end at position 1. payroll.formula_malformed"},
        {"1 +", "To use the formula, write a number, a name or a parenthesis instead of the end at position 4. payroll.formula_malformed"},
        {"1 2", "To use the formula, write an operation or the end instead of \"2\" at position 3. payroll.formula_malformed"},
        {"(1", "To use the formula, write \")\" instead of the end at position 3. payroll.formula_malformed"},
        {"1)", "To use the formula, write an operation or the end instead of \")\" at position 2. payroll.formula_malformed"},
        {"1..2", "To use the formula, write digits with at most one point instead of \"1..2\" at position 1. payroll.formula_malformed"},
        {"1.", "To use the formula, write digits with at most one point instead of \"1.\" at position 1. payroll.formula_malformed"},
        {"1234567890123456789",
         "To use the formula, write a number of at most 17 digits instead of \"1234567890123456789\" at position 1. "
         "payroll.formula_malformed"},
        {"base ^ 2", "To use the formula, take out \"^\" at position 6. payroll.formula_malformed"},
        {"Base", "To use the formula, take out \"B\" at position 1. payroll.formula_malformed"},
        {"if", "To use the formula, write a number or a name instead of \"if\" at position 1. payroll.formula_malformed"},
        {"system(1)",
         "To use the formula, write if, min, max, round or tax instead of \"system\" at position 1. payroll.formula_malformed"},
        {"1 < 2 < 3", "To use the formula, write an operation or the end instead of \"<\" at position 7. payroll.formula_malformed"},
        {"min(1)", "To use the formula, give it what it takes (min takes two amounts or more) at position 1. payroll.formula_arguments"},
        {"2 * max()", "To use the formula, give it what it takes (max takes two amounts or more) at position 5. payroll.formula_arguments"},
        {"if(1 < 2, 3)",
         "To use the formula, give it what it takes (if takes a condition and two amounts) at position 1. payroll.formula_arguments"},
        {"round(1)",
         "To use the formula, give it what it takes (round takes an amount and a number of decimals) at position 1. "
         "payroll.formula_arguments"},
        {"tax(wage_tax)",
         "To use the formula, give it what it takes (tax takes a table and an amount) at position 1. payroll.formula_arguments"},
        {"tax(1, 2)", "To use the formula, write the code of a tax table instead of \"1\" at position 5. payroll.formula_malformed"},
        {"round(1, base)", "To use the formula, write how many decimals to round to, 0 to 6, at position 10. payroll.formula_malformed"},
        {"round(1, 7)", "To use the formula, write how many decimals to round to, 0 to 6, at position 10. payroll.formula_malformed"},
        {"round(1, 1.5)", "To use the formula, write how many decimals to round to, 0 to 6, at position 10. payroll.formula_malformed"},
        {"1 + (2 < 3)", "To use the formula, write an amount instead of a condition at position 8. payroll.formula_kind"},
        {"if(1, 2, 3)", "To use the formula, write a condition instead of an amount at position 4. payroll.formula_kind"},
        {"base > 2", "To use the formula, write an amount instead of a condition at position 6. payroll.formula_kind"},
        {"if(1 < 2 and 3, 4, 5)", "To use the formula, write a condition instead of an amount at position 14. payroll.formula_kind"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(refusal_of(row.text) == row.refusal);
    }
    CHECK(refusal_of("base", true) == "To use the formula, write a condition instead of an amount at position 1. payroll.formula_kind");
    CHECK(refusal_of("base > 1 and not gross = 0", true) == "");
}

TEST_CASE("formula: its length, its steps and its depth end somewhere") {
    CHECK(refusal_of("1" + repeated(" ", 999)) == "");
    CHECK(refusal_of("1" + repeated(" ", 1000)).ends_with("payroll.formula_too_long"));
    CHECK(refusal_of("1" + repeated("+1", 99)) == "");
    CHECK(refusal_of("1" + repeated("+1", 100)).ends_with("payroll.formula_too_long"));
    CHECK(refusal_of(repeated("(", 39) + "1" + repeated(")", 39)) == "");
    CHECK(refusal_of(repeated("(", 40) + "1" + repeated(")", 40)).ends_with("payroll.formula_too_long"));
    CHECK(refusal_of(repeated("-", 40) + "1").ends_with("payroll.formula_too_long"));
    CHECK(refusal_of(repeated("not ", 40) + "1 = 1", true).ends_with("payroll.formula_too_long"));
}

TEST_CASE("formula: it tells what it names, where, and prints with the least parentheses") {
    const auto formula = Formula::parse("( (basic) - (house - 1) ) * 2 + tax(wage_tax, -(gross * 12))");
    CHECK(formula.str() == "(basic - (house - 1)) * 2 + tax(wage_tax, -(gross * 12))");
    std::string named;
    for (const auto& [name, position] : formula.names()) named += fmt::format("{} {} ", name, position);
    for (const auto& [name, position] : formula.tables()) named += fmt::format("{} {} ", name, position);
    CHECK(named == "basic 4 house 14 gross 49 wage_tax 37 ");
    CHECK(Formula::parse_condition("not (a = 1 or b = 2) and (c < 3 or d <> 4)").str() == "not (a = 1 or b = 2) and (c < 3 or d <> 4)");
}
