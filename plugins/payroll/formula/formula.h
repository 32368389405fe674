#pragma once
// A formula says how much a component is. It is a single expression without loops, assignments or side effects, so that each one ends,
// and its numbers are exact.
//
//     base                                                        the base pay of the period
//     if(basic > 2000, basic * 0.05, 0)                           a component that stands before it, by its code
//     max(0, round(tax(income_tax, taxable * 12) / 12, 2))        the tax of a table, from the sum of the year
//
//     numbers      12   0.125                       comparisons  =  <>  <  <=  >  >=
//     arithmetic   +  -  *  /  ( )                  conditions   and  or  not
//     functions    if(condition, a, b)   min(a, b, …)   max(a, b, …)   round(a, decimals)   tax(table, amount)
//
// `not` binds closer than `and`, that closer than `or`. What `if`, `and` and `or` do not need is not evaluated. A condition is no number:
// to mix them is refused. round() takes a written number of decimals, 0 to 6, and rounds halves away from zero.
//
// Parsing refuses, with the position (the first character is 1): payroll.formula_malformed, payroll.formula_arguments,
// payroll.formula_kind, payroll.formula_too_long (more than 1000 characters, 200 steps, or nested deeper than 40). A parsed formula
// takes at most as many steps as it has operations, names and numbers. Which names there are, whoever uses the formula knows.

#include "formula/number.h"

#include <memory>

namespace payroll {

// What the names of a formula mean.
class Facts {
public:
    virtual ~Facts()                                                       = default;
    virtual Number value(std::string_view name) const                      = 0;
    virtual Number tax(std::string_view table, const Number& amount) const = 0;
};

class Formula {
public:
    static constexpr std::size_t characters_max = 1000;
    static constexpr std::size_t steps_max      = 200;
    static constexpr int         nesting_max    = 40;

    static Formula parse(std::string_view text);            // of a number
    static Formula parse_condition(std::string_view text);  // of something true or false

    Number value(const Facts& facts) const;  // throws ArithmeticFault
    bool   holds(const Facts& facts) const;

    // The same formula written with the least parentheses.
    std::string str() const;

    struct Name {
        std::string name{};
        std::size_t position = 0;
    };
    std::vector<Name> names() const;   // facts and components, in the order in which they are written
    std::vector<Name> tables() const;  // first words of tax()

    enum class Operation {
        number,
        name,
        tax,
        negate,
        add,
        subtract,
        multiply,
        divide,
        equal,
        unequal,
        less,
        less_or_equal,
        greater,
        greater_or_equal,
        both,
        either,
        negation,
        choose,
        least,
        greatest,
        round
    };
    struct Step {
        Operation                operation = Operation::number;
        bool                     condition = false;
        std::size_t              position  = 0;
        Number                   number{};
        std::string              name{};  // of a fact, a component, a table
        int                      decimals = 0;
        std::vector<std::size_t> arguments{};
    };

private:
    std::vector<Step> steps_{};  // arguments stand before what uses them; the last is the whole
};

}  // namespace payroll
