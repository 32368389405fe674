#include "formula/number.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace payroll {

using tessera::Wide;

namespace number {

Wide multiplied(Wide a, Wide b) {
    Wide product = 0;
    if (__builtin_mul_overflow(a, b, &product)) throw ArithmeticFault::too_large;
    return product;
}

Wide added(Wide a, Wide b) {
    Wide sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) throw ArithmeticFault::too_large;
    return sum;
}

Wide magnitude(Wide a) { return a < 0 ? multiplied(a, -1) : a; }

Wide common_divisor(Wide a, Wide b) {
    a = magnitude(a);
    b = magnitude(b);
    while (b != 0) a = std::exchange(b, a % b);
    return a;
}

Wide power_of_ten(int exponent) { return tessera::power_of_ten(exponent); }

// Of numerator / denominator, halves away from zero.
Wide nearest(Wide numerator, Wide denominator) {
    const Wide quotient = numerator / denominator, rest = magnitude(numerator % denominator);
    if (rest < denominator - rest) return quotient;
    return added(quotient, numerator < 0 ? -1 : 1);
}

struct Divided {
    Wide quotient = 0, rest = 0;
};

Divided floor_of(Wide numerator, Wide denominator) {
    Divided d{numerator / denominator, numerator % denominator};
    if (d.rest < 0) d = {d.quotient - 1, d.rest + denominator};
    return d;
}

std::string digits_of(Wide value) {
    std::string digits;
    for (auto rest = magnitude(value); rest != 0 || digits.empty(); rest /= 10)
        digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    std::ranges::reverse(digits);
    return digits;
}

}  // namespace number

Number::Number(Wide numerator, Wide denominator) {
    const auto divisor = number::common_divisor(numerator, denominator);
    numerator_         = numerator / divisor;
    denominator_       = denominator / divisor;
}

Number Number::of(tessera::Money amount) { return Number(amount.minor(), number::power_of_ten(amount.currency().decimals())); }

Number Number::of(tessera::Percent percent) { return Number(percent.raw(), number::power_of_ten(tessera::Percent::decimals + 2)); }

Number Number::of_text(std::string_view digits) {
    const auto point    = std::min(digits.find('.'), digits.size());
    const int  decimals = point == digits.size() ? 0 : static_cast<int>(digits.size() - point - 1);
    return Number(tessera::parse_decimal(digits, decimals), number::power_of_ten(decimals));
}

Number Number::rounded(int decimals) const {
    const auto scale = number::power_of_ten(decimals);
    const auto whole = numerator_ / denominator_, rest = numerator_ % denominator_;
    return Number(number::added(number::multiplied(whole, scale), number::nearest(number::multiplied(rest, scale), denominator_)), scale);
}

tessera::Money Number::money(tessera::Currency currency) const {
    const auto near  = rounded(currency.decimals());
    const auto minor = number::multiplied(near.numerator_, number::power_of_ten(currency.decimals()) / near.denominator_);
    if (minor > std::numeric_limits<std::int64_t>::max() || minor < std::numeric_limits<std::int64_t>::min())
        throw ArithmeticFault::too_large;
    return {static_cast<std::int64_t>(minor), currency};
}

std::string Number::str() const {
    const std::string sign = numerator_ < 0 ? "-" : "";
    const auto        all  = number::magnitude(numerator_);
    std::string       text = sign + number::digits_of(all / denominator_);
    auto              rest = all % denominator_;
    for (int i = 0; rest != 0; ++i) {
        if (i == tessera::Percent::decimals + 12 || rest > std::numeric_limits<Wide>::max() / 10)
            return sign + number::digits_of(all) + "/" + number::digits_of(denominator_);
        if (i == 0) text += '.';
        rest *= 10;
        text += static_cast<char>('0' + static_cast<int>(rest / denominator_));
        rest %= denominator_;
    }
    return text;
}

Number operator-(const Number& a) {
    Number negated     = a;
    negated.numerator_ = number::multiplied(a.numerator_, -1);
    return negated;
}

Number operator+(const Number& a, const Number& b) {
    const auto divisor = number::common_divisor(a.denominator_, b.denominator_);
    const auto left    = number::multiplied(a.numerator_, b.denominator_ / divisor);
    const auto right   = number::multiplied(b.numerator_, a.denominator_ / divisor);
    return Number(number::added(left, right), number::multiplied(a.denominator_ / divisor, b.denominator_));
}

// Divided crosswise first, so that only what is truly too large is refused.
Number operator*(const Number& a, const Number& b) {
    const Number first(a.numerator_, b.denominator_), second(b.numerator_, a.denominator_);
    return Number(number::multiplied(first.numerator_, second.numerator_), number::multiplied(first.denominator_, second.denominator_));
}

Number operator/(const Number& a, const Number& b) {
    if (b.is_zero()) throw ArithmeticFault::division_by_zero;
    const bool negative = b.is_negative();
    Number     upside_down;
    upside_down.numerator_   = negative ? number::multiplied(b.denominator_, -1) : b.denominator_;
    upside_down.denominator_ = number::magnitude(b.numerator_);
    return a * upside_down;
}

// By their continued fractions: exact, and nothing can become too large.
std::strong_ordering operator<=>(const Number& a, const Number& b) {
    auto left = a, right = b;
    for (;;) {
        const auto l = number::floor_of(left.numerator_, left.denominator_), r = number::floor_of(right.numerator_, right.denominator_);
        if (l.quotient != r.quotient) return l.quotient < r.quotient ? std::strong_ordering::less : std::strong_ordering::greater;
        if (l.rest == 0 || r.rest == 0) return (l.rest != 0) <=> (r.rest != 0);
        const auto next_left  = right.denominator_;
        const auto next_right = left.denominator_;
        left.numerator_       = next_left;
        left.denominator_     = r.rest;
        right.numerator_      = next_right;
        right.denominator_    = l.rest;
    }
}

}  // namespace payroll
