#include <tessera/money.h>

#include <algorithm>

namespace tessera {
namespace values::money {

[[noreturn]] void reject_mix(Money a, Money b) {
    throw std::logic_error(fmt::format("{} {} and {} {} are amounts of different currencies", a, a.currency().code(), b,
                                       b.currency().code()));
}

// The currency two amounts share. Only a zero may have none.
Currency common(Money a, Money b) {
    if (a.currency() == b.currency()) return a.currency();
    if (a.currency().none() && a.is_zero()) return b.currency();
    if (b.currency().none() && b.is_zero()) return a.currency();
    reject_mix(a, b);
}

Money scaled(Money amount, std::int64_t factor, int decimals, Rounding rounding) {
    return {divide(Wide{amount.minor()} * factor, power_of_ten(decimals), rounding), amount.currency()};
}

}  // namespace values::money

Money Money::parse(std::string_view text, Currency currency) {
    return {parse_decimal(text, currency.decimals()), currency};
}

Money operator+(Money a, Money b) { return {checked_add(a.minor_, b.minor_), values::money::common(a, b)}; }

Money operator-(Money a, Money b) { return {checked_subtract(a.minor_, b.minor_), values::money::common(a, b)}; }

bool operator==(Money a, Money b) { return a.minor_ == b.minor_ && (a.minor_ == 0 || a.currency_ == b.currency_); }

std::strong_ordering operator<=>(Money a, Money b) {
    if (a.currency_ != b.currency_ && a.minor_ != 0 && b.minor_ != 0) values::money::reject_mix(a, b);
    return a.minor_ <=> b.minor_;
}

Money extend(Quantity quantity, UnitPrice price, Currency currency, Rounding rounding) {
    const int surplus = Quantity::decimals + UnitPrice::decimals - currency.decimals();
    return {divide(Wide{quantity.raw()} * price.raw(), power_of_ten(surplus), rounding), currency};
}

UnitPrice unit_price(Money amount, Quantity quantity, Rounding rounding) {
    if (quantity.is_zero()) throw std::logic_error("unit_price: the quantity is zero");
    const Wide numerator   = Wide{amount.minor()} * power_of_ten(Quantity::decimals + UnitPrice::decimals);
    const Wide denominator = Wide{quantity.raw()} * power_of_ten(amount.currency().decimals());
    return UnitPrice::raw(divide(numerator, denominator, rounding));
}

Money share(Money whole, Quantity part, Quantity total, Rounding rounding) {
    if (total.is_zero()) throw std::logic_error("share: the total is zero");
    return {divide(Wide{whole.minor()} * part.raw(), total.raw(), rounding), whole.currency()};
}

Money percent_of(Money amount, Percent percent, Rounding rounding) {
    constexpr int decimals_of_a_hundred = 2;
    return values::money::scaled(amount, percent.raw(), Percent::decimals + decimals_of_a_hundred, rounding);
}

Money convert(Money amount, Rate rate, Currency to, Rounding rounding) {
    const int surplus = Rate::decimals + amount.currency().decimals() - to.decimals();
    return {values::money::scaled(amount, rate.raw(), surplus, rounding).minor(), to};
}

}  // namespace tessera
