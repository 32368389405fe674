#include <directory/records.h>

#include "services/quotation.h"

namespace directory {

namespace exchange_rates {

using tessera::Snapshot;

std::optional<Rate> written(const Snapshot& tx, Currency base, Currency quote, Date on) {
    return tx.value<Rate>(
        "SELECT rate FROM directory_exchange_rate"
        " WHERE base = :base AND quote = :quote AND date <= :day ORDER BY date DESC LIMIT 1",
        base, quote, on);
}

std::optional<Quotation> quoted(const Snapshot& tx, Currency from, Currency to, Date on) {
    if (const auto rate = written(tx, from, to, on)) return Quotation{*rate, false};
    if (const auto rate = written(tx, to, from, on)) return Quotation{*rate, true};
    return std::nullopt;
}

class KeptRates : public ExchangeRates {
public:
    Rate rate(const Snapshot& tx, Currency from, Currency to, Date on) const override {
        if (from == to) return Rate::of(1);
        if (const auto direct = quoted(tx, from, to, on)) return rate_of(*direct);
        return across_books(tx, from, to, on);
    }

    tessera::Money convert(const Snapshot& tx, tessera::Money amount, Currency to, Date on) const override {
        const auto from = amount.currency();
        if (from == to) return amount;
        if (amount.is_zero()) return {0, to};
        if (const auto direct = quoted(tx, from, to, on)) return directory::convert(amount, *direct, to);
        return tessera::convert(amount, across_books(tx, from, to, on), to);
    }

private:
    static Rate across_books(const Snapshot& tx, Currency from, Currency to, Date on) {
        const auto books = tx.books().currency;
        if (from != books && to != books) {
            const auto in  = quoted(tx, from, books, on);
            const auto out = quoted(tx, books, to, on);
            if (in && out) return across(*in, *out);
        }
        throw tessera::Refused("directory.no_exchange_rate",
                               "To convert {} to {} on {}, enter an exchange rate of that day or before.", from.code(),
                               to.code(), on);
    }
};

}  // namespace exchange_rates

void declare_exchange_rates_service(tessera::Kernel& kernel) {
    kernel.provide<ExchangeRates>(std::make_shared<exchange_rates::KeptRates>());
}

}  // namespace directory
