#pragma once
// Amounts in other currencies are shown in the books' currency, at the rate of a day.

#include <crm/timeline.h>

namespace crm {

inline Money in_books(const Snapshot& tx, Money amount, Date on) {
    if (amount.is_zero()) return tx.books().zero();
    if (amount.currency() == tx.books().currency) return amount;
    return tx.service<directory::ExchangeRates>().convert(tx, amount, tx.books().currency, on);
}

// part / whole in percent, to four decimals; nothing of nothing is nothing.
inline Percent percent_of_whole(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    return Percent::raw(tessera::narrow(tessera::Wide{tessera::divide(tessera::Wide{part} * 1'000'000, whole)} * 100));
}

}  // namespace crm
