#pragma once
// Money is an exact amount: an integer of minor units together with its currency. Amounts of different currencies do
// not add: that throws std::logic_error, because it is our mistake and never a user's. Money{} is a zero of no currency
// yet and adds to any. What does not fit into 64 bits throws Refused("kernel.number_out_of_range").
//
//     const Currency usd = Currency::of("USD");                 // 2 decimals; Currency::of("USD", 4) for books kept at four
//     const Money    net = extend(Quantity::parse("3"), UnitPrice::parse("19.995"), usd);    // 59.99 (half up: 59.985)
//     const auto     parts = allocate(net, {2, 1});             // {39.99, 20.00}: sums to the whole, always
//
// JSON carries money as a decimal string ("59.99"), the database as the integer of minor units.

#include <tessera/quantity.h>

#include <array>
#include <span>
#include <vector>

namespace tessera {

// A currency code and the number of decimals its minor unit has. Known codes have their ISO 4217 decimals; a company's
// own currency has those the books were opened with. Trivially copyable, four bytes.
class TESSERA_API Currency {
public:
    constexpr Currency() = default;
    static Currency of(std::string_view code);                   // ISO decimals; Refused "kernel.unknown_currency"
    static Currency of(std::string_view code, int decimals);     // three capital letters; 0 to 6 decimals
    std::string_view code() const { return none() ? std::string_view{} : std::string_view{code_.data(), 3}; }
    int              decimals() const { return decimals_; }
    bool             none() const { return code_[0] == '\0'; }
    friend constexpr bool operator==(Currency, Currency) = default;

private:
    std::array<char, 3> code_{};
    std::uint8_t        decimals_ = 0;
};

class TESSERA_API Money {
public:
    constexpr Money() = default;
    constexpr Money(std::int64_t minor_units, Currency currency) : minor_(minor_units), currency_(currency) {}
    static Money parse(std::string_view text, Currency currency);          // "59.99"; too many decimals are refused

    constexpr std::int64_t minor() const { return minor_; }
    constexpr Currency     currency() const { return currency_; }
    std::string            str() const { return format_decimal(minor_, currency_.decimals(), currency_.decimals()); }
    constexpr bool         is_zero() const { return minor_ == 0; }
    constexpr bool         is_negative() const { return minor_ < 0; }
    Money                  magnitude() const { return minor_ < 0 ? -*this : *this; }

    friend Money operator+(Money a, Money b);
    friend Money operator-(Money a, Money b);
    friend Money operator-(Money a) { return {checked_subtract(0, a.minor_), a.currency_}; }
    Money&       operator+=(Money b) { return *this = *this + b; }
    Money&       operator-=(Money b) { return *this = *this - b; }
    // Zero equals zero whatever the currency. Amounts of two currencies are never equal; to order them is our mistake
    // (std::logic_error), unless one of them is zero.
    friend bool                 operator==(Money a, Money b);
    friend std::strong_ordering operator<=>(Money a, Money b);

private:
    std::int64_t minor_ = 0;
    Currency     currency_{};
};

TESSERA_API Money operator+(Money a, Money b);
TESSERA_API Money operator-(Money a, Money b);
TESSERA_API bool  operator==(Money a, Money b);
TESSERA_API std::strong_ordering operator<=>(Money a, Money b);

// quantity × price in the minor units of `currency`: the one place where a line amount is rounded.
TESSERA_API Money extend(Quantity quantity, UnitPrice price, Currency currency, Rounding rounding = Rounding::half_up);
// amount / quantity, as a unit price of six decimals (for showing; never multiply it back).
TESSERA_API UnitPrice unit_price(Money amount, Quantity quantity, Rounding rounding = Rounding::half_up);
// whole × part / total: the share of `part` in `total`; total must not be zero.
TESSERA_API Money share(Money whole, Quantity part, Quantity total, Rounding rounding = Rounding::half_up);
TESSERA_API Money percent_of(Money amount, Percent percent, Rounding rounding = Rounding::half_up);
// amount × rate, in the minor units of `to`.
TESSERA_API Money convert(Money amount, Rate rate, Currency to, Rounding rounding = Rounding::half_up);
// Splits an amount by weights. The parts sum to the whole exactly: the residue goes, one minor unit each, to the parts
// whose exact share was cut most (of equals the heavier, then the first), so the order of the weights does not matter.
// At least one weight must be positive, none negative; a zero weight gets zero.
TESSERA_API std::vector<Money> allocate(Money whole, std::span<const std::int64_t> weights);
TESSERA_API std::vector<Money> allocate(Money whole, std::initializer_list<std::int64_t> weights);

}  // namespace tessera

template <>
struct fmt::formatter<tessera::Money> : fmt::formatter<std::string> {
    template <class Context>
    auto format(const tessera::Money& money, Context& context) const {
        return fmt::formatter<std::string>::format(money.str(), context);
    }
};
