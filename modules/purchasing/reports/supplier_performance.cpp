#include <purchasing/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <algorithm>
#include <map>

namespace purchasing {

using tessera::Parameters;
using tessera::Snapshot;

namespace supplier_performance {

struct Row {
    std::string  supplier{};
    std::int64_t orders = 0;
    Money        ordered_value{};
    Quantity     received{};
    Quantity     rejected{};
    Percent      reject_rate{};
    Percent      on_time{};
    std::int64_t supplier_id = 0;
    Date         from{};
    Date         to{};
};

// Sums in the order's currency, per supplier; orders in other currencies one by one.
struct Part {
    std::int64_t supplier = 0;
    std::string  name{};
    std::int64_t orders = 0;
    Date         date{};
    Currency     currency{};
    Money        value{};
    Quantity     received{};
    Quantity     rejected{};
};
struct Arrivals {
    std::int64_t supplier = 0;
    std::int64_t on_time  = 0;
    std::int64_t all      = 0;
};

constexpr auto parts_sql = R"sql(
    SELECT o.supplier, max(s.name), count(DISTINCT o.id), min(o.date), min(o.currency), sum(l.amount),
           sum(l.received), sum(l.rejected)
      FROM purchasing_order o JOIN purchasing_order_line l ON l.document = o.id JOIN directory_party s
             ON s.id = o.supplier
     WHERE o.state NOT IN ('draft', 'cancelled') AND (:from IS NULL OR o.date >= :from)
            AND (:to IS NULL OR o.date <= :to)
       AND (o.currency IS NULL OR o.currency = :currency)
     GROUP BY o.supplier
    UNION ALL
    SELECT o.supplier, max(s.name), 1, o.date, o.currency, sum(l.amount), sum(l.received), sum(l.rejected)
      FROM purchasing_order o JOIN purchasing_order_line l ON l.document = o.id JOIN directory_party s
             ON s.id = o.supplier
     WHERE o.state NOT IN ('draft', 'cancelled') AND (:from IS NULL OR o.date >= :from)
            AND (:to IS NULL OR o.date <= :to)
       AND o.currency <> :currency
     GROUP BY o.id, o.supplier, o.date, o.currency)sql";

// A receipt line is on time when it came on the day its order line was due, or before; lines without a day are not
// asked.
constexpr auto arrivals_sql = R"sql(
    SELECT o.supplier, sum(CASE WHEN d.date <= l.due_on THEN 1 ELSE 0 END), count(*)
      FROM purchasing_goods_receipt_line r
      JOIN purchasing_goods_receipt d ON d.id = r.document
      JOIN purchasing_order_line l ON l.id = r.order_line
      JOIN purchasing_order o ON o.id = l.document
     WHERE d.state = 'posted' AND l.due_on IS NOT NULL AND (:from IS NULL OR o.date >= :from)
            AND (:to IS NULL OR o.date <= :to)
     GROUP BY o.supplier)sql";

// part / whole in percent, to four decimals.
Percent rate(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    return Percent::raw(tessera::narrow(tessera::Wide{tessera::divide(tessera::Wide{part} * 1'000'000, whole)} * 100));
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    const auto                  from = parameters.date("from"), to = parameters.date("to");
    std::map<std::int64_t, Row> suppliers;
    tx.each<Part>(
        parts_sql,
        [&](const Part& part) {
            auto& row       = suppliers[part.supplier];
            row.supplier    = part.name;
            row.supplier_id = part.supplier;
            row.orders += part.orders;
            row.ordered_value += in_books(tx, part.value, part.date);
            row.received += part.received;
            row.rejected += part.rejected;
        },
        from, to, tx.books().currency);
    tx.each<Arrivals>(
        arrivals_sql,
        [&](const Arrivals& arrivals) {
            if (const auto row = suppliers.find(arrivals.supplier); row != suppliers.end())
                row->second.on_time = rate(arrivals.on_time, arrivals.all);
        },
        from, to);
    std::vector<Row> rows;
    for (auto& [id, row] : suppliers) {
        row.reject_rate = rate(row.rejected.raw(), row.received.raw());
        row.from        = from;
        row.to          = to;
        rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows, [](const Row& a, const Row& b) {
        return a.ordered_value != b.ordered_value ? a.ordered_value > b.ordered_value : a.supplier < b.supplier;
    });
    for (const auto& row : rows) emit(row);
}

}  // namespace supplier_performance

void declare_supplier_performance(tessera::Kernel& kernel) {
    using namespace tessera;
    using supplier_performance::Row;
    const auto orders = opens("purchasing.open_orders",
                              {{"supplier", "supplier_id"}, {"from", "from"}, {"to", "to"}, {"all", "=true"}});
    kernel.report<Row>("purchasing.supplier_performance", "Supplier performance")
        .help(
            "What was ordered from each supplier, and how much of what came was rejected or late. Largest first, in "
            "the books' currency")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("supplier", &Row::supplier, opens_record("directory.party", "supplier_id"))
        .column("orders", &Row::orders, total, orders)
        .column("ordered_value", &Row::ordered_value, total, orders)
        .column("received", &Row::received, total, orders)
        .column("rejected", &Row::rejected, total, orders)
        .column("reject_rate", &Row::reject_rate, meaning("Rejected of received, in percent"))
        .column("on_time", &Row::on_time, meaning("Receipt lines that came on their day or before, in percent"))
        .column("supplier_id", &Row::supplier_id, hidden)
        .column("from", &Row::from, hidden)
        .column("to", &Row::to, hidden)
        .run(supplier_performance::answer);
}

}  // namespace purchasing
