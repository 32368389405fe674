#pragma once
// Fixed<Tag, Decimals> is an exact decimal number on a 64-bit integer: the value times 10^Decimals. Two kinds of number
// with different tags do not mix by accident. Every operation is checked; what does not fit throws
// Refused("kernel.number_out_of_range"). Nothing here ever uses a floating-point number or the locale.
//
//     const Quantity ordered = Quantity::parse("12.5");   // strict: no spaces, no "1e3", no "1,5", no "+"
//     ordered.str();                                       // "12.5": shortest form, no trailing zeros
//     ordered.str(2);                                      // "12.50": at least two decimals

#include <tessera/refused.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace tessera {

__extension__ typedef __int128 Wide;   // the intermediate of every product; two 64-bit numbers always fit

// How a result that falls between two representable numbers is placed. half_up rounds halves away from zero, the rule
// of commerce; half_even is the rule of statistics; down drops toward zero.
enum class Rounding { half_up, half_even, down };

// numerator / denominator, rounded. Throws Refused when the quotient does not fit into 64 bits. denominator != 0.
TESSERA_API std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding = Rounding::half_up);
TESSERA_API std::int64_t narrow(Wide value);                     // checked conversion
TESSERA_API std::int64_t checked_add(std::int64_t, std::int64_t);
TESSERA_API std::int64_t checked_subtract(std::int64_t, std::int64_t);
TESSERA_API std::int64_t power_of_ten(int exponent);             // 0 ≤ exponent ≤ 18

// Parses "-12.5" to the integer 12.5 * 10^decimals. Refuses with "kernel.malformed_number" what is not digits with at
// most one point, and with "kernel.too_many_decimals" what would have to be rounded.
TESSERA_API std::int64_t parse_decimal(std::string_view text, int decimals);
// Prints value / 10^decimals with at least minimum_decimals decimals and otherwise no trailing zeros.
TESSERA_API std::string format_decimal(std::int64_t value, int decimals, int minimum_decimals = 0);
TESSERA_API void        append_decimal(std::string& out, std::int64_t value, int decimals, int minimum_decimals = 0);

template <class Tag, int Decimals>
class Fixed {
public:
    static constexpr int decimals = Decimals;

    constexpr Fixed() = default;
    static constexpr Fixed raw(std::int64_t units) { Fixed f; f.units_ = units; return f; }
    static Fixed           of(std::int64_t whole) { return raw(narrow(Wide{whole} * power_of_ten(Decimals))); }
    static Fixed           parse(std::string_view text) { return raw(parse_decimal(text, Decimals)); }

    constexpr std::int64_t raw() const { return units_; }
    std::string            str(int minimum_decimals = 0) const { return format_decimal(units_, Decimals, minimum_decimals); }
    constexpr bool         is_zero() const { return units_ == 0; }
    constexpr bool         is_negative() const { return units_ < 0; }
    Fixed                  magnitude() const { return units_ < 0 ? -*this : *this; }

    friend constexpr auto operator<=>(Fixed, Fixed) = default;
    friend Fixed          operator+(Fixed a, Fixed b) { return raw(checked_add(a.units_, b.units_)); }
    friend Fixed          operator-(Fixed a, Fixed b) { return raw(checked_subtract(a.units_, b.units_)); }
    friend Fixed          operator-(Fixed a) { return raw(checked_subtract(0, a.units_)); }
    Fixed&                operator+=(Fixed b) { return *this = *this + b; }
    Fixed&                operator-=(Fixed b) { return *this = *this - b; }

private:
    std::int64_t units_ = 0;
};

}  // namespace tessera

template <class Tag, int Decimals>
struct fmt::formatter<tessera::Fixed<Tag, Decimals>> : fmt::formatter<std::string> {
    template <class Context>
    auto format(const tessera::Fixed<Tag, Decimals>& value, Context& context) const {
        return fmt::formatter<std::string>::format(value.str(), context);
    }
};
