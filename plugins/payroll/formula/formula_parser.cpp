#include "formula/formula_parser.h"

#include <tessera/text.h>

#include <algorithm>
#include <array>
#include <optional>

namespace payroll {

using tessera::Refused;

namespace formula_parser {

using Operation = Formula::Operation;
using Step      = Formula::Step;

struct Word {
    std::string_view text{};  // empty: the end
    std::size_t      position = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

template <class... Arguments>
Refused fault(std::string_view code, std::size_t position, fmt::format_string<Arguments...> what, Arguments&&... arguments) {
    return Refused(code, "To use the formula, {} at position {}.", fmt::format(what, std::forward<Arguments>(arguments)...), position)
        .with_status(422);
}

Refused malformed(const Word& word, std::string_view wanted) {
    const auto found = word.text.empty() ? std::string("the end") : fmt::format("\"{}\"", tessera::excerpt(word.text));
    return fault("payroll.formula_malformed", word.position, "write {} instead of {}", wanted, found);
}

class Words {
public:
    explicit Words(std::string_view text) : text_(text) { advance(); }
    const Word& now() const { return now_; }
    Word        take() {
               const auto taken = now_;
               advance();
               return taken;
    }
    bool take_if(std::string_view text) {
        if (now_.text != text) return false;
        advance();
        return true;
    }

private:
    void advance() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        now_ = {text_.substr(at_, length()), at_ + 1};
        at_ += now_.text.size();
    }
    std::size_t length() const {
        if (at_ == text_.size()) return 0;
        const auto rest = text_.substr(at_);
        const auto run  = [&](auto is) { return static_cast<std::size_t>(std::ranges::find_if_not(rest, is) - rest.begin()); };
        if (is_digit(rest[0])) return run([](char c) { return is_digit(c) || c == '.'; });
        if (is_letter(rest[0])) return run([](char c) { return is_letter(c) || is_digit(c); });
        for (const std::string_view two : {"<=", ">=", "<>"})
            if (rest.starts_with(two)) return 2;
        if (std::string_view("+-*/(),<>=").find(rest[0]) != std::string_view::npos) return 1;
        throw fault("payroll.formula_malformed", at_ + 1, "take out \"{}\"", tessera::excerpt(rest.substr(0, 1)));
    }

    std::string_view text_;
    std::size_t      at_ = 0;
    Word             now_{};
};

bool is_reserved(std::string_view name) {
    constexpr std::array<std::string_view, 8> words = {"if", "and", "or", "not", "min", "max", "round", "tax"};
    return std::ranges::find(words, name) != words.end();
}

class Parser {
public:
    explicit Parser(std::string_view text) : words_(text) {}

    std::vector<Step> all(bool wants_condition) {
        const auto whole = any();
        if (!words_.now().text.empty()) throw malformed(words_.now(), "an operation or the end");
        require_kind(whole, wants_condition);
        return std::move(steps_);
    }

private:
    class Deeper {
    public:
        explicit Deeper(Parser& parser) : depth_(parser.depth_) {
            if (++depth_ > Formula::nesting_max)
                throw fault("payroll.formula_too_long", parser.words_.now().position, "nest less deeply than {}", Formula::nesting_max);
        }
        ~Deeper() { --depth_; }
        Deeper(const Deeper&)            = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        int& depth_;
    };

    std::size_t any() {
        const Deeper deeper(*this);
        auto         left = conjunction();
        while (words_.now().text == "or")
            left = joined(
                Operation::either, true, words_.take(), left, [this] { return conjunction(); }, true);
        return left;
    }
    std::size_t conjunction() {
        auto left = negation();
        while (words_.now().text == "and")
            left = joined(
                Operation::both, true, words_.take(), left, [this] { return negation(); }, true);
        return left;
    }
    std::size_t negation() {
        if (words_.now().text != "not") return comparison();
        const Deeper deeper(*this);
        const auto   word = words_.take();
        const auto   of   = negation();
        require_kind(of, true);
        return add({.operation = Operation::negation, .condition = true, .position = word.position, .arguments = {of}});
    }
    std::size_t comparison() {
        const auto left      = sum();
        const auto operation = comparison_named(words_.now().text);
        if (!operation) return left;
        return joined(
            *operation, true, words_.take(), left, [this] { return sum(); }, false);
    }
    std::size_t sum() {
        auto left = product();
        for (;;) {
            const auto text = words_.now().text;
            if (text != "+" && text != "-") return left;
            left = joined(
                text == "+" ? Operation::add : Operation::subtract, false, words_.take(), left, [this] { return product(); }, false);
        }
    }
    std::size_t product() {
        auto left = signed_value();
        for (;;) {
            const auto text = words_.now().text;
            if (text != "*" && text != "/") return left;
            left = joined(
                text == "*" ? Operation::multiply : Operation::divide, false, words_.take(), left, [this] { return signed_value(); },
                false);
        }
    }
    std::size_t signed_value() {
        if (words_.now().text != "-") return value();
        const Deeper deeper(*this);
        const auto   word = words_.take();
        const auto   of   = signed_value();
        require_kind(of, false);
        return add({.operation = Operation::negate, .position = word.position, .arguments = {of}});
    }
    std::size_t value() {
        const auto word = words_.take();
        if (word.text.empty()) throw malformed(word, "a number, a name or a parenthesis");
        if (is_digit(word.text[0])) return literal(word);
        if (word.text == "(") {
            const auto inner = any();
            expect(")");
            return inner;
        }
        if (!is_letter(word.text[0])) throw malformed(word, "a number, a name or a parenthesis");
        if (words_.now().text == "(") return function(word);
        if (is_reserved(word.text)) throw malformed(word, "a number or a name");
        return add({.operation = Operation::name, .position = word.position, .name = std::string(word.text)});
    }
    std::size_t literal(const Word& word) {
        const auto point = word.text.find('.'), last = word.text.rfind('.');
        if (point != last || point + 1 == word.text.size()) throw malformed(word, "digits with at most one point");
        if (word.text.size() > 18) throw malformed(word, "a number of at most 17 digits");
        return add({.operation = Operation::number, .position = word.position, .number = Number::of_text(word.text)});
    }

    std::size_t function(const Word& word) {
        words_.take();
        if (word.text == "tax") return tax(word);
        if (word.text == "round") return rounding(word);
        if (word.text == "if") return choice(word);
        if (word.text == "min") return extreme(word, Operation::least);
        if (word.text == "max") return extreme(word, Operation::greatest);
        throw malformed(word, "if, min, max, round or tax");
    }
    std::size_t tax(const Word& word) {
        const auto table = words_.take();
        if (table.text.empty() || !is_letter(table.text[0]) || is_reserved(table.text)) throw malformed(table, "the code of a tax table");
        const auto arguments = rest_of(word, 1, 1, "tax takes a table and an amount");
        require_kind(arguments[0], false);
        return add({.operation = Operation::tax, .position = table.position, .name = std::string(table.text), .arguments = arguments});
    }
    std::size_t rounding(const Word& word) {
        auto arguments = listed(word, 2, 2, "round takes an amount and a number of decimals");
        require_kind(arguments[0], false);
        const auto& step = steps_[arguments[1]];
        if (step.operation != Operation::number || step.number > Number::of(Number::decimals_max) || step.number != step.number.rounded(0))
            throw fault("payroll.formula_malformed", step.position, "write how many decimals to round to, 0 to {},", Number::decimals_max);
        const auto decimals = step.number.str()[0] - '0';
        steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(arguments[1]));
        arguments.pop_back();
        return add({.operation = Operation::round, .position = word.position, .decimals = decimals, .arguments = arguments});
    }
    std::size_t choice(const Word& word) {
        const auto arguments = listed(word, 3, 3, "if takes a condition and two amounts");
        require_kind(arguments[0], true);
        require_kind(arguments[1], false);
        require_kind(arguments[2], false);
        return add({.operation = Operation::choose, .position = word.position, .arguments = arguments});
    }
    std::size_t extreme(const Word& word, Operation operation) {
        const auto arguments =
            listed(word, 2, Formula::steps_max, word.text == "min" ? "min takes two amounts or more" : "max takes two amounts or more");
        for (const auto argument : arguments) require_kind(argument, false);
        return add({.operation = operation, .position = word.position, .arguments = arguments});
    }

    // What stands between the parentheses of a function.
    std::vector<std::size_t> listed(const Word& word, std::size_t least, std::size_t most, std::string_view rule) {
        std::vector<std::size_t> arguments;
        if (!words_.take_if(")")) {
            arguments.push_back(any());
            while (words_.take_if(",")) arguments.push_back(any());
            expect(")");
        }
        return counted(word, std::move(arguments), least, most, rule);
    }
    // … after the first, which was no expression.
    std::vector<std::size_t> rest_of(const Word& word, std::size_t least, std::size_t most, std::string_view rule) {
        std::vector<std::size_t> arguments;
        while (words_.take_if(",")) arguments.push_back(any());
        expect(")");
        return counted(word, std::move(arguments), least, most, rule);
    }
    static std::vector<std::size_t> counted(const Word& word, std::vector<std::size_t> arguments, std::size_t least, std::size_t most,
                                            std::string_view rule) {
        if (arguments.size() < least || arguments.size() > most)
            throw fault("payroll.formula_arguments", word.position, "give it what it takes ({})", rule);
        return arguments;
    }

    template <class Right>
    std::size_t joined(Operation operation, bool condition, const Word& word, std::size_t left, Right right_side, bool of_conditions) {
        require_kind(left, of_conditions);
        const auto right = right_side();
        require_kind(right, of_conditions);
        return add({.operation = operation, .condition = condition, .position = word.position, .arguments = {left, right}});
    }
    void require_kind(std::size_t step, bool condition) const {
        const auto& s = steps_[step];
        if (s.condition == condition) return;
        throw fault("payroll.formula_kind", s.position, "write {} instead of {}", condition ? "a condition" : "an amount",
                    condition ? "an amount" : "a condition");
    }
    void expect(std::string_view text) {
        if (!words_.take_if(text)) throw malformed(words_.now(), fmt::format("\"{}\"", text));
    }
    std::size_t add(Step step) {
        if (steps_.size() == Formula::steps_max)
            throw fault("payroll.formula_too_long", step.position, "take fewer steps than {}", Formula::steps_max);
        steps_.push_back(std::move(step));
        return steps_.size() - 1;
    }
    static std::optional<Operation> comparison_named(std::string_view text) {
        if (text == "=") return Operation::equal;
        if (text == "<>") return Operation::unequal;
        if (text == "<") return Operation::less;
        if (text == "<=") return Operation::less_or_equal;
        if (text == ">") return Operation::greater;
        if (text == ">=") return Operation::greater_or_equal;
        return std::nullopt;
    }

    Words             words_;
    std::vector<Step> steps_{};
    int               depth_ = 0;
};

}  // namespace formula_parser

std::vector<Formula::Step> parse_steps(std::string_view text, bool wants_condition) {
    if (text.size() > Formula::characters_max)
        throw formula_parser::fault("payroll.formula_too_long", Formula::characters_max + 1, "end it, after {} characters,",
                                    Formula::characters_max);
    return formula_parser::Parser(text).all(wants_condition);
}

}  // namespace payroll
