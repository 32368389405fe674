#include "formula/formula.h"

#include "formula/formula_parser.h"

#include <algorithm>

namespace payroll {

namespace formula {

using Operation = Formula::Operation;
using Step      = Formula::Step;
using Steps     = std::vector<Step>;

bool compared(Operation operation, std::strong_ordering order) {
    switch (operation) {
        case Operation::equal: return order == 0;
        case Operation::unequal: return order != 0;
        case Operation::less: return order < 0;
        case Operation::less_or_equal: return order <= 0;
        case Operation::greater: return order > 0;
        default: return order >= 0;
    }
}

class Evaluation {
public:
    Evaluation(const Steps& steps, const Facts& facts) : steps_(steps), facts_(facts) {}

    Number value(std::size_t i) const {
        const auto& s = steps_[i];
        const auto  a = [&](std::size_t argument) { return value(s.arguments[argument]); };
        switch (s.operation) {
            case Operation::number: return s.number;
            case Operation::name: return facts_.value(s.name);
            case Operation::tax: return facts_.tax(s.name, a(0));
            case Operation::negate: return -a(0);
            case Operation::add: return a(0) + a(1);
            case Operation::subtract: return a(0) - a(1);
            case Operation::multiply: return a(0) * a(1);
            case Operation::divide: return a(0) / a(1);
            case Operation::choose: return holds(s.arguments[0]) ? a(1) : a(2);
            case Operation::round: return a(0).rounded(s.decimals);
            default: return extreme(s);
        }
    }
    bool holds(std::size_t i) const {
        const auto& s = steps_[i];
        switch (s.operation) {
            case Operation::both: return holds(s.arguments[0]) && holds(s.arguments[1]);
            case Operation::either: return holds(s.arguments[0]) || holds(s.arguments[1]);
            case Operation::negation: return !holds(s.arguments[0]);
            default: return compared(s.operation, value(s.arguments[0]) <=> value(s.arguments[1]));
        }
    }

private:
    Number extreme(const Step& s) const {
        auto result = value(s.arguments[0]);
        for (std::size_t i = 1; i < s.arguments.size(); ++i) {
            const auto next = value(s.arguments[i]);
            if (s.operation == Operation::least ? next < result : next > result) result = next;
        }
        return result;
    }

    const Steps& steps_;
    const Facts& facts_;
};

// How strongly an operation binds: what binds less than its place allows gets parentheses.
int strength(Operation operation) {
    switch (operation) {
        case Operation::either: return 1;
        case Operation::both: return 2;
        case Operation::negation: return 3;
        case Operation::equal:
        case Operation::unequal:
        case Operation::less:
        case Operation::less_or_equal:
        case Operation::greater:
        case Operation::greater_or_equal: return 4;
        case Operation::add:
        case Operation::subtract: return 5;
        case Operation::multiply:
        case Operation::divide: return 6;
        case Operation::negate: return 7;
        default: return 8;
    }
}

std::string_view sign_of(Operation operation) {
    switch (operation) {
        case Operation::either: return " or ";
        case Operation::both: return " and ";
        case Operation::equal: return " = ";
        case Operation::unequal: return " <> ";
        case Operation::less: return " < ";
        case Operation::less_or_equal: return " <= ";
        case Operation::greater: return " > ";
        case Operation::greater_or_equal: return " >= ";
        case Operation::add: return " + ";
        case Operation::subtract: return " - ";
        case Operation::multiply: return " * ";
        case Operation::divide: return " / ";
        case Operation::choose: return "if";
        case Operation::least: return "min";
        case Operation::greatest: return "max";
        default: return "round";
    }
}

std::string written(const Steps& steps, std::size_t i, int at_least);

std::string list(const Steps& steps, const Step& s) {
    std::string text;
    for (const auto argument : s.arguments) text += (text.empty() ? "" : ", ") + written(steps, argument, 0);
    return text;
}

std::string bare(const Steps& steps, const Step& s) {
    const int own = strength(s.operation);
    switch (s.operation) {
        case Operation::number: return s.number.str();
        case Operation::name: return s.name;
        case Operation::tax: return fmt::format("tax({}, {})", s.name, list(steps, s));
        case Operation::round: return fmt::format("round({}, {})", list(steps, s), s.decimals);
        case Operation::choose:
        case Operation::least:
        case Operation::greatest: return fmt::format("{}({})", sign_of(s.operation), list(steps, s));
        case Operation::negate: return "-" + written(steps, s.arguments[0], own);
        case Operation::negation: return "not " + written(steps, s.arguments[0], own);
        default: break;
    }
    const int left = own == 4 ? 5 : own;  // comparisons do not chain
    return fmt::format("{}{}{}", written(steps, s.arguments[0], left), sign_of(s.operation), written(steps, s.arguments[1], own + 1));
}

std::string written(const Steps& steps, std::size_t i, int at_least) {
    const auto& s = steps[i];
    return strength(s.operation) < at_least ? "(" + bare(steps, s) + ")" : bare(steps, s);
}

std::vector<Formula::Name> named_by(const Steps& steps, Operation operation) {
    std::vector<Formula::Name> names;
    for (const auto& s : steps)
        if (s.operation == operation) names.push_back({s.name, s.position});
    std::ranges::sort(names, {}, &Formula::Name::position);
    return names;
}

}  // namespace formula

Formula Formula::parse(std::string_view text) {
    Formula f;
    f.steps_ = parse_steps(text, false);
    return f;
}

Formula Formula::parse_condition(std::string_view text) {
    Formula f;
    f.steps_ = parse_steps(text, true);
    return f;
}

Number Formula::value(const Facts& facts) const { return formula::Evaluation(steps_, facts).value(steps_.size() - 1); }

bool Formula::holds(const Facts& facts) const { return formula::Evaluation(steps_, facts).holds(steps_.size() - 1); }

std::string Formula::str() const { return formula::written(steps_, steps_.size() - 1, 0); }

std::vector<Formula::Name> Formula::names() const { return formula::named_by(steps_, Operation::name); }

std::vector<Formula::Name> Formula::tables() const { return formula::named_by(steps_, Operation::tax); }

}  // namespace payroll
