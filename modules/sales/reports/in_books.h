#pragma once
// Figures of documents in other currencies are shown in the books' currency, at the rate of the document's day.

#include <sales/records.h>

namespace sales {

inline Money in_books(const tessera::Snapshot& tx, Money amount, Date on) {
    if (amount.is_zero()) return tx.books().zero();
    if (amount.currency() == tx.books().currency) return amount;
    return tx.service<directory::ExchangeRates>().convert(tx, amount, tx.books().currency, on);
}

}  // namespace sales
