#include <directory/records.h>

namespace directory {

namespace rates_in_force {

struct Row {
    std::string  base{};
    std::string  quote{};
    Rate         rate{};
    Rate         closing_rate{};
    Date         since{};
    std::int64_t rate_id = 0;
};

}  // namespace rates_in_force

void declare_rates_in_force(tessera::Kernel& kernel) {
    using rates_in_force::Row;
    kernel.report<Row>("directory.rates_in_force", "Exchange rates in force")
        .help("The newest rate of every pair of currencies on or before a day.")
        .parameter<Date>("as_of", tessera::by_default("today"))
        .column("base", &Row::base)
        .column("quote", &Row::quote)
        .column("rate", &Row::rate, tessera::opens_record("directory.exchange_rate", "rate_id"))
        .column("closing_rate", &Row::closing_rate)
        .column("since", &Row::since)
        .column("rate_id", &Row::rate_id, tessera::hidden)
        .query(R"sql(
            SELECT r.base, r.quote, r.rate, r.closing_rate, r.date, r.id
              FROM directory_exchange_rate r
              JOIN (SELECT base, quote, max(date) AS newest
                      FROM directory_exchange_rate
                     WHERE date <= :as_of
                     GROUP BY base, quote) n ON n.base = r.base AND n.quote = r.quote AND n.newest = r.date
             ORDER BY r.base, r.quote)sql");
}

}  // namespace directory
