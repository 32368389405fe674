// Formulas at random: a tree is printed, parsed and evaluated, and compared with what the tree itself says, by fractions of its own
// that are never reduced. Whatever bytes come, they are a formula or are refused.

#include "formula/formula.h"

#include <doctest/doctest.h>

#include <random>

using namespace payroll;
using tessera::Wide;

namespace {

struct Fraction {
    Wide top = 0, bottom = 1;  // bottom > 0
};

struct Unfit {};  // too large for these fractions, or a division by zero

Wide times(Wide a, Wide b) {
    Wide product = 0;
    if (__builtin_mul_overflow(a, b, &product)) throw Unfit{};
    return product;
}

Wide plus(Wide a, Wide b) {
    Wide sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) throw Unfit{};
    return sum;
}

struct Tree {
    std::string       operation{};  // "number", "name", "+", "<", "and", "if" …
    int               leaf = 0;     // hundredths of a number; which name
    std::vector<Tree> parts{};
};

Fraction value_of(const Tree& tree);

int order_of(const Fraction& a, const Fraction& b) {
    const auto left = times(a.top, b.bottom), right = times(b.top, a.bottom);
    return left < right ? -1 : left > right ? 1 : 0;
}

bool holds(const Tree& tree) {
    if (tree.operation == "and") return holds(tree.parts[0]) && holds(tree.parts[1]);
    if (tree.operation == "or") return holds(tree.parts[0]) || holds(tree.parts[1]);
    if (tree.operation == "not") return !holds(tree.parts[0]);
    const int order = order_of(value_of(tree.parts[0]), value_of(tree.parts[1]));
    if (tree.operation == "=") return order == 0;
    if (tree.operation == "<>") return order != 0;
    if (tree.operation == "<") return order < 0;
    if (tree.operation == "<=") return order <= 0;
    if (tree.operation == ">") return order > 0;
    return order >= 0;
}

Fraction rounded(const Fraction& f, int decimals) {
    Wide scale = 1;
    for (int i = 0; i < decimals; ++i) scale *= 10;
    const bool negative = f.top < 0;
    const Wide doubled  = plus(times(times(negative ? -f.top : f.top, scale), 2), f.bottom) / times(f.bottom, 2);
    return {negative ? -doubled : doubled, scale};
}

Fraction value_of(const Tree& tree) {
    const auto part = [&](std::size_t i) { return value_of(tree.parts[i]); };
    if (tree.operation == "number") return {tree.leaf, 100};
    if (tree.operation == "name") return {tree.leaf * 7 - 3, tree.leaf + 1};
    if (tree.operation == "negate") return {-part(0).top, part(0).bottom};
    if (tree.operation == "if") return holds(tree.parts[0]) ? part(1) : part(2);
    if (tree.operation == "round") return rounded(part(0), tree.leaf);
    const auto a = part(0), b = part(1);
    if (tree.operation == "min") return order_of(b, a) < 0 ? b : a;
    if (tree.operation == "max") return order_of(b, a) > 0 ? b : a;
    if (tree.operation == "+") return {plus(times(a.top, b.bottom), times(b.top, a.bottom)), times(a.bottom, b.bottom)};
    if (tree.operation == "-") return {plus(times(a.top, b.bottom), -times(b.top, a.bottom)), times(a.bottom, b.bottom)};
    if (tree.operation == "*") return {times(a.top, b.top), times(a.bottom, b.bottom)};
    if (b.top == 0) throw Unfit{};
    return b.top < 0 ? Fraction{times(a.top, -b.bottom), times(a.bottom, -b.top)}
                     : Fraction{times(a.top, b.bottom), times(a.bottom, b.top)};
}

std::string text_of(const Tree& tree) {
    const auto part = [&](std::size_t i) { return text_of(tree.parts[i]); };
    if (tree.operation == "number") return fmt::format("{}.{:02}", tree.leaf / 100, tree.leaf % 100);
    if (tree.operation == "name") return fmt::format("name_{}", tree.leaf);
    if (tree.operation == "negate") return fmt::format("(-{})", part(0));
    if (tree.operation == "not") return fmt::format("(not {})", part(0));
    if (tree.operation == "if") return fmt::format("if({}, {}, {})", part(0), part(1), part(2));
    if (tree.operation == "round") return fmt::format("round({}, {})", part(0), tree.leaf);
    if (tree.operation == "min" || tree.operation == "max") return fmt::format("{}({}, {})", tree.operation, part(0), part(1));
    return fmt::format("({} {} {})", part(0), tree.operation, part(1));
}

class Grower {
public:
    explicit Grower(unsigned seed) : random_(seed) {}
    int  below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
    Tree amount(int depth) {
        if (depth == 0 || below(6) == 0) return below(2) == 0 ? Tree{"number", below(1000), {}} : Tree{"name", below(5), {}};
        switch (below(9)) {
            case 0: return {"negate", 0, {amount(depth - 1)}};
            case 1: return {"if", 0, {condition(depth - 1), amount(depth - 1), amount(depth - 1)}};
            case 2: return {"round", below(4), {amount(depth - 1)}};
            case 3: return {below(2) == 0 ? "min" : "max", 0, {amount(depth - 1), amount(depth - 1)}};
            default: {
                const char* const operations[] = {"+", "-", "*", "/"};
                return {operations[below(4)], 0, {amount(depth - 1), amount(depth - 1)}};
            }
        }
    }
    Tree condition(int depth) {
        if (depth > 0 && below(3) == 0) return {"not", 0, {condition(depth - 1)}};
        if (depth > 0 && below(2) == 0) return {below(2) == 0 ? "and" : "or", 0, {condition(depth - 1), condition(depth - 1)}};
        const char* const comparisons[] = {"=", "<>", "<", "<=", ">", ">="};
        return {comparisons[below(6)], 0, {amount(depth / 2), amount(depth / 2)}};
    }

private:
    std::mt19937 random_;
};

class Names final : public Facts {
public:
    Number value(std::string_view name) const override {
        const int leaf = name.back() - '0';
        return Number::of(leaf * 7 - 3) / Number::of(leaf + 1);
    }
    Number tax(std::string_view, const Number& amount) const override { return amount; }
};

bool equal(const Number& number, const Fraction& fraction) {
    // top and bottom may be wider than what a Number is made from, so they are reduced first.
    Wide a = fraction.top < 0 ? -fraction.top : fraction.top, b = fraction.bottom;
    while (b != 0) {
        const Wide rest = a % b;
        a               = b;
        b               = rest;
    }
    const Wide top = fraction.top / a, bottom = fraction.bottom / a;
    const auto in_64 = [](Wide w) { return w == static_cast<std::int64_t>(w); };
    if (!in_64(top) || !in_64(bottom)) throw Unfit{};
    return number == Number::of(static_cast<std::int64_t>(top)) / Number::of(static_cast<std::int64_t>(bottom));
}

}  // namespace

TEST_CASE("formula: a random tree is worth the same printed, parsed and printed again") {
    Grower grower(20260105);
    int    compared = 0;
    for (int i = 0; i < 20000; ++i) {
        const auto tree = grower.amount(4);
        const auto text = text_of(tree);
        if (text.size() > Formula::characters_max) continue;
        CAPTURE(text);
        const auto formula = Formula::parse(text);
        const auto again   = Formula::parse(formula.str());
        REQUIRE(again.str() == formula.str());
        try {
            const auto expected = value_of(tree);
            REQUIRE(equal(formula.value(Names{}), expected));
            REQUIRE(equal(again.value(Names{}), expected));
            ++compared;
        } catch (const Unfit&) {
            continue;  // nothing to compare with
        }
    }
    CHECK(compared > 12000);
}

TEST_CASE("formula: random bytes and random words are a formula or are refused, and nothing else happens") {
    Grower            grower(7);
    const char* const words[] = {"if",  "(",    ")", ",", "min", "max", "round", "tax", "not", "and", "or", "1",
                                 "0.5", "base", "+", "-", "*",   "/",   "<",     "<=",  "<>",  "=",   " "};
    int               parsed = 0, refused = 0;
    for (int i = 0; i < 60000; ++i) {
        std::string text;
        const int   length = grower.below(24);
        for (int j = 0; j < length; ++j) {
            if (i % 3 == 0) text += static_cast<char>(grower.below(256));
            else text += std::string(words[grower.below(std::size(words))]) + " ";
        }
        try {
            const auto formula = Formula::parse(text);
            REQUIRE(Formula::parse(formula.str()).str() == formula.str());
            ++parsed;
        } catch (const tessera::Refused& refusal) {
            REQUIRE(refusal.code().starts_with("payroll.formula_"));
            REQUIRE(refusal.sentence().find(" at position ") != std::string::npos);
            ++refused;
        }
    }
    CHECK(parsed > 300);
    CHECK(refused > 30000);
}
