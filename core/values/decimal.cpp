#include <tessera/decimal.h>

#include <tessera/quantity.h>
#include <tessera/text.h>

#include "values/digits.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tessera {
namespace values::decimal {

__extension__ typedef unsigned __int128 UnsignedWide;

constexpr int most_decimals = 18;

constexpr auto powers = [] {
    std::array<std::int64_t, most_decimals + 1> all{1};
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = all[i - 1] * 10;
    return all;
}();

[[noreturn]] void refuse_range() {
    throw Refused("kernel.number_out_of_range",
                  "To calculate with this, use smaller numbers: the result has more digits than can be kept exactly.")
        .with_status(422);
}

[[noreturn]] void refuse_malformed(std::string_view text) {
    throw Refused("kernel.malformed_number",
                  "To give a number, write digits with at most one decimal point, such as 1250.75; \"{}\" is not one.",
                  excerpt(text))
        .with_status(422);
}

[[noreturn]] void refuse_decimals(std::string_view text, int decimals) {
    throw Refused("kernel.too_many_decimals", "To keep \"{}\" exactly, give at most {} decimal{}.", excerpt(text),
                  decimals, decimals == 1 ? "" : "s")
        .with_status(422);
}

UnsignedWide magnitude(Wide value) {
    return value < 0 ? -static_cast<UnsignedWide>(value) : static_cast<UnsignedWide>(value);
}

bool rounds_away(UnsignedWide quotient, UnsignedWide remainder, UnsignedWide denominator, Rounding rounding) {
    if (rounding == Rounding::down) return false;
    const UnsignedWide rest = denominator - remainder;
    if (remainder != rest) return remainder > rest;
    return rounding == Rounding::half_up || (quotient & 1) != 0;
}

// Writes the digits so that they end before `end`; gives where they begin.
char* print_backwards(char* end, std::uint64_t value) {
    while (value >= 100) {
        end -= 2;
        digits::print_two(end, static_cast<int>(value % 100));
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        digits::print_two(end, static_cast<int>(value));
        return end;
    }
    *--end = static_cast<char>('0' + value);
    return end;
}

struct Parts {
    bool             negative = false;
    std::string_view whole{};
    std::string_view fraction{};
};

Parts split(std::string_view text) {
    Parts      parts{.negative = text.starts_with('-')};
    const auto number = text.substr(parts.negative ? 1 : 0);
    const auto point  = number.find('.');
    parts.whole       = number.substr(0, point);
    if (point != std::string_view::npos) parts.fraction = number.substr(point + 1);
    const bool ends_well = point == std::string_view::npos ? !parts.whole.empty() : !parts.fraction.empty();
    if (!ends_well || !std::ranges::all_of(parts.whole, digits::is_digit) ||
        !std::ranges::all_of(parts.fraction, digits::is_digit))
        refuse_malformed(text);
    return parts;
}

// Collects the digits of `text` as long as their number fits.
class Accumulator {
public:
    explicit Accumulator(std::string_view text) : text_(text) {}
    void add(char digit) {
        const auto unit = static_cast<std::uint64_t>(digit - '0');
        if (__builtin_mul_overflow(value_, std::uint64_t{10}, &value_) || __builtin_add_overflow(value_, unit, &value_))
            refuse();
    }
    std::int64_t signed_value(bool negative) const {
        constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        if (value_ > most + (negative ? 1 : 0)) refuse();
        return static_cast<std::int64_t>(negative ? -value_ : value_);
    }

private:
    [[noreturn]] void refuse() const {
        throw Refused("kernel.number_out_of_range", "To give a number, use a smaller one than {}.", excerpt(text_))
            .with_status(422);
    }
    std::string_view text_;
    std::uint64_t    value_ = 0;
};

}  // namespace values::decimal

std::int64_t divide(Wide numerator, Wide denominator, Rounding rounding) {
    namespace own = values::decimal;
    if (denominator == 0) throw std::logic_error("divide: the denominator is zero");
    const auto above = own::magnitude(numerator), below = own::magnitude(denominator);
    auto       quotient  = above / below;
    const auto remainder = above - quotient * below;
    if (remainder != 0 && own::rounds_away(quotient, remainder, below, rounding)) ++quotient;
    const bool     negative = (numerator < 0) != (denominator < 0);
    constexpr auto most     = static_cast<own::UnsignedWide>(std::numeric_limits<std::int64_t>::max());
    if (quotient > most + (negative ? 1 : 0)) own::refuse_range();
    const auto low = static_cast<std::uint64_t>(quotient);
    return static_cast<std::int64_t>(negative ? -low : low);
}

std::int64_t narrow(Wide value) {
    const auto narrowed = static_cast<std::int64_t>(value);
    if (narrowed != value) values::decimal::refuse_range();
    return narrowed;
}

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) values::decimal::refuse_range();
    return sum;
}

std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
    std::int64_t difference;
    if (__builtin_sub_overflow(a, b, &difference)) values::decimal::refuse_range();
    return difference;
}

std::int64_t power_of_ten(int exponent) {
    if (exponent < 0 || exponent > values::decimal::most_decimals)
        throw std::logic_error("power_of_ten: the exponent is not 0 to 18");
    return values::decimal::powers[static_cast<std::size_t>(exponent)];
}

std::int64_t parse_decimal(std::string_view text, int decimals) {
    namespace own    = values::decimal;
    const auto parts = own::split(text);
    const auto kept  = parts.fraction.substr(0, static_cast<std::size_t>(decimals));
    if (parts.fraction.find_first_not_of('0', kept.size()) != std::string_view::npos)
        own::refuse_decimals(text, decimals);
    own::Accumulator number(text);
    for (const char digit : parts.whole) number.add(digit);
    for (const char digit : kept) number.add(digit);
    for (auto missing = static_cast<std::size_t>(decimals) - kept.size(); missing > 0; --missing) number.add('0');
    return number.signed_value(parts.negative);
}

void append_decimal(std::string& out, std::int64_t value, int decimals, int minimum_decimals) {
    namespace own = values::decimal;
    if (decimals < 0 || decimals > own::most_decimals)
        throw std::logic_error("append_decimal: the number of decimals is not 0 to 18");
    char        buffer[24];
    char* const last      = buffer + sizeof buffer;
    const auto  magnitude = value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    char*       first     = own::print_backwards(last, magnitude);
    while (last - first <= decimals) *--first = '0';
    int         fraction = decimals;
    const char* end      = last;
    while (fraction > minimum_decimals && fraction > 0 && end[-1] == '0') --end, --fraction;
    if (value < 0) *--first = '-';
    out.append(first, last - decimals);
    if (fraction == 0 && minimum_decimals <= 0) return;
    out += '.';
    out.append(last - decimals, static_cast<std::size_t>(fraction));
    if (minimum_decimals > fraction) out.append(static_cast<std::size_t>(minimum_decimals - fraction), '0');
}

std::string format_decimal(std::int64_t value, int decimals, int minimum_decimals) {
    std::string text;
    append_decimal(text, value, decimals, minimum_decimals);
    return text;
}

Quantity convert(Quantity quantity, std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0) throw std::logic_error("convert: the denominator is zero");
    const Wide product = Wide{quantity.raw()} * numerator;
    if (product % denominator != 0)
        throw Refused("kernel.inexact_conversion",
                      "To convert {}, choose a quantity that {}/{} turns into at most {} decimals.", quantity,
                      numerator, denominator, Quantity::decimals)
            .with_status(422);
    return Quantity::raw(narrow(product / denominator));
}

Quantity convert(Quantity quantity, std::int64_t numerator, std::int64_t denominator, Rounding rounding) {
    return Quantity::raw(divide(Wide{quantity.raw()} * numerator, denominator, rounding));
}

}  // namespace tessera
