#pragma once
// Number is an exact fraction: what a formula reckons with, so that 3100 / 31 * 31 is 3100 and nothing is rounded but where a formula
// says round(), and where an amount becomes money.
//
//     const auto third = Number::of(1) / Number::of(3);
//     third * Number::of(3) == Number::of(1);               // true
//     Number::of_text("0.125").rounded(2).str();            // "0.13": halves go away from zero
//
// Numerator and denominator are integers of 128 bits without a common divisor. What does not fit, and a division by zero, throws
// ArithmeticFault: whoever knows the employee and the component makes a sentence of it.

#include <tessera/money.h>

namespace payroll {

enum class ArithmeticFault { division_by_zero, too_large };

class Number {
public:
    static constexpr int decimals_max = 6;

    constexpr Number() = default;
    static Number of(std::int64_t whole) { return Number(whole, 1); }
    static Number of(tessera::Money amount);
    static Number of(tessera::Percent percent);      // 25 % is 0.25
    static Number of_text(std::string_view digits);  // "12" or "12.5": at most 18 digits, checked by the caller

    Number         rounded(int decimals) const;              // 0 to decimals_max
    tessera::Money money(tessera::Currency currency) const;  // rounded to the decimals of the currency
    bool           is_zero() const { return numerator_ == 0; }
    bool           is_negative() const { return numerator_ < 0; }
    std::string    str() const;  // "12.5", or "1/3" where no decimal is exact

    friend Number               operator+(const Number& a, const Number& b);
    friend Number               operator-(const Number& a, const Number& b) { return a + -b; }
    friend Number               operator-(const Number& a);
    friend Number               operator*(const Number& a, const Number& b);
    friend Number               operator/(const Number& a, const Number& b);
    friend bool                 operator==(const Number&, const Number&) = default;
    friend std::strong_ordering operator<=>(const Number& a, const Number& b);

private:
    Number(tessera::Wide numerator, tessera::Wide denominator);  // denominator > 0; is reduced

    tessera::Wide numerator_   = 0;
    tessera::Wide denominator_ = 1;
};

}  // namespace payroll
