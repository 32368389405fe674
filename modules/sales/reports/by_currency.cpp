#include <sales/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>

namespace sales {

using tessera::Parameters;
using tessera::Rate;
using tessera::Snapshot;
using tessera::Wide;

namespace by_currency {

struct Row {
    std::string  customer_currency{};
    std::int64_t orders = 0;
    Money        total{};
    Money        in_currency{};
};

// The orders of one day in one currency.
struct Day {
    Currency     reckoned{};
    Date         date{};
    std::int64_t orders = 0;
    Currency     currency{};
    Money        total{};
};

// Added up before it is rounded.
struct Sum {
    std::int64_t orders = 0;
    Money        total{};
    Wide         in_currency = 0;  // minor units of the books' currency times a rate
};

constexpr auto days_sql = R"sql(
    SELECT coalesce(customer_currency, currency), date, count(*), currency, sum(total)
      FROM sales_order
     WHERE state NOT IN ('draft', 'held', 'cancelled') AND (:from IS NULL OR date >= :from) AND (:to IS NULL OR date <= :to)
     GROUP BY coalesce(customer_currency, currency), date, currency)sql";

constexpr auto closing_sql = R"sql(
    SELECT closing_rate FROM directory_exchange_rate
     WHERE base = :base AND quote = :quote AND date <= :on ORDER BY date DESC LIMIT 1)sql";

Rate closing_rate(const Snapshot& tx, Currency to, Date on) {
    if (to == tx.books().currency) return Rate::of(1);
    const auto known = tx.value<Rate>(closing_sql, tx.books().currency, to, on);
    return known ? *known : tx.service<directory::ExchangeRates>().rate(tx, tx.books().currency, to, on);
}

Money rounded(Wide sum, Currency from, Currency to) {
    const auto divisor = Wide{Rate::of(1).raw()} * tessera::power_of_ten(from.decimals());
    return {tessera::divide(sum * tessera::power_of_ten(to.decimals()), divisor), to};
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    std::map<std::string, std::pair<Currency, Sum>> sums;
    tx.each<Day>(
        days_sql,
        [&](const Day& day) {
            auto& [currency, sum] = sums[std::string(day.reckoned.code())];
            const auto total      = in_books(tx, day.total, day.date);
            currency              = day.reckoned;
            sum.orders += day.orders;
            sum.total += total;
            sum.in_currency += Wide{total.minor()} * closing_rate(tx, currency, day.date).raw();
        },
        parameters.date("from"), parameters.date("to"));
    for (const auto& [code, one] : sums)
        emit({code, one.second.orders, one.second.total, rounded(one.second.in_currency, tx.books().currency, one.first)});
}

}  // namespace by_currency

void declare_by_currency(tessera::Kernel& kernel) {
    using namespace tessera;
    using by_currency::Row;
    kernel.report<Row>("sales.by_currency", "Sales by the customers' currency")
        .help("Orders by the currency in which the customer reckons: their total in the books' currency, and in that currency at the closing rates of their days")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("customer_currency", &Row::customer_currency)
        .column("orders", &Row::orders, total)
        .column("total", &Row::total, total)
        .column("in_currency", &Row::in_currency)
        .run(by_currency::answer);
}

}  // namespace sales
