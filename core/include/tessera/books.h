#pragma once
// Books is what the whole database agrees on about money: the currency it is kept in and how many decimals that has
// here, chosen once when the books are opened (`tessera init --currency USD --decimals 4`).

#include <tessera/money.h>

namespace tessera {

struct Books {
    Currency currency{};

    // A currency by its code: the books' own with the books' decimals, any other with its ISO decimals.
    Currency currency_of(std::string_view code) const { return code == currency.code() ? currency : Currency::of(code); }
    Money    zero() const { return Money{0, currency}; }
    Money    money(std::string_view text) const { return Money::parse(text, currency); }
};

}  // namespace tessera
