#include <purchasing/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>

namespace purchasing {

using tessera::Parameters;
using tessera::Snapshot;

namespace order_summary {

struct Row {
    std::int64_t year = 0;
    std::string  status{};
    std::int64_t orders = 0;
    Money        subtotal{};
    Money        tax{};
    Money        freight{};
    Money        total{};
    Date         from{};
    Date         to{};
};

// Orders in the books' currency arrive added up, others one by one.
struct Part {
    std::string  year{};
    std::string  status{};
    std::int64_t orders = 0;
    Date         date{};
    Currency     currency{};
    Money        subtotal{};
    Money        tax{};
    Money        freight{};
    Money        total{};
};

constexpr auto parts_sql = R"sql(
    SELECT substr(o.date, 1, 4), coalesce(o.source_status, o.state), count(*), min(o.date), min(o.currency),
           sum(o.subtotal), sum(o.tax), sum(o.freight), sum(o.total)
      FROM purchasing_order o
     WHERE (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
            AND (o.currency IS NULL OR o.currency = :currency)
     GROUP BY substr(o.date, 1, 4), coalesce(o.source_status, o.state)
    UNION ALL
    SELECT substr(o.date, 1, 4), coalesce(o.source_status, o.state), 1, o.date, o.currency, o.subtotal, o.tax,
           o.freight, o.total
      FROM purchasing_order o
     WHERE (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to) AND o.currency <> :currency)sql";

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    std::map<std::pair<std::int64_t, std::string>, Row> rows;
    tx.each<Part>(
        parts_sql,
        [&](const Part& part) {
            const auto year = static_cast<std::int64_t>(tessera::parse_decimal(part.year, 0));
            auto&      row  = rows[{year, part.status}];
            row.year        = year;
            row.status      = part.status;
            row.orders += part.orders;
            row.subtotal += in_books(tx, part.subtotal, part.date);
            row.tax += in_books(tx, part.tax, part.date);
            row.freight += in_books(tx, part.freight, part.date);
            row.total += in_books(tx, part.total, part.date);
        },
        parameters.date("from"), parameters.date("to"), tx.books().currency);
    for (auto& [key, row] : rows) {
        row.from = Date(static_cast<int>(row.year), 1, 1);
        row.to   = Date(static_cast<int>(row.year), 12, 31);
        emit(row);
    }
}

}  // namespace order_summary

void declare_order_summary(tessera::Kernel& kernel) {
    using namespace tessera;
    using order_summary::Row;
    const auto orders =
        opens("purchasing.open_orders", {{"from", "from"}, {"to", "to"}, {"status", "status"}, {"all", "=true"}});
    kernel.report<Row>("purchasing.order_summary", "Purchase orders by year and status")
        .help(
            "What was ordered, by the year of the order and its status; imported orders by the status they came with. "
            "In the books' currency")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("year", &Row::year)
        .column("status", &Row::status)
        .column("orders", &Row::orders, total, orders)
        .column("subtotal", &Row::subtotal, total, orders)
        .column("tax", &Row::tax, total, orders)
        .column("freight", &Row::freight, total, orders)
        .column("total", &Row::total, total, orders)
        .column("from", &Row::from, hidden)
        .column("to", &Row::to, hidden)
        .run(order_summary::answer);
}

}  // namespace purchasing
