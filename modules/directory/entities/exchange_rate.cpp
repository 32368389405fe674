#include <directory/records.h>

namespace directory {

namespace exchange_rate {

void check(tessera::Transaction&, ExchangeRate& rate) {
    // Rate tables of banks list a currency against itself too.
    if (rate.base == rate.quote && rate.rate != Rate::of(1))
        throw tessera::Refused("directory.rate_of_itself",
                               "To keep a rate, name two currencies, or the rate 1: one {} is always one {}.", rate.base.code(),
                               rate.quote.code())
            .with_status(422)
            .with_field("quote");
    if (rate.closing_rate.is_zero()) rate.closing_rate = rate.rate;
}

}  // namespace exchange_rate

void declare_exchange_rate(tessera::Kernel& kernel) {
    kernel.entity<ExchangeRate>("directory.exchange_rate", "Exchange rate")
        .help("What one unit of the base currency buys of the quoted one on a day.")
        .field("base", &ExchangeRate::base, tessera::required)
        .field("quote", &ExchangeRate::quote, tessera::required)
        .field("date", &ExchangeRate::date, tessera::required)
        .field("rate", &ExchangeRate::rate, tessera::positive, tessera::help("Of the day: quote = base × rate"))
        .field("closing_rate", &ExchangeRate::closing_rate, tessera::not_negative,
               tessera::help("At the end of the day; the rate of the day when left empty"))
        .display("date")
        .menu(tessera::Menu::setup)
        .unique_together({"base", "quote", "date"})
        .validate(exchange_rate::check);
}

}  // namespace directory
