#include <purchasing/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>

namespace purchasing {

using tessera::Parameters;
using tessera::Snapshot;

namespace receipt_summary {

struct Row {
    std::int64_t year  = 0;
    std::int64_t lines = 0;
    Quantity     ordered{};
    Quantity     received{};
    Quantity     rejected{};
    Quantity     stocked{};
    std::int64_t differing_lines = 0;
    Money        rejected_value{};
    Date         from{};
    Date         to{};
};

struct Line {
    Date      date{};
    Quantity  ordered{};
    Quantity  received{};
    Quantity  rejected{};
    UnitPrice price{};
    Currency  currency{};
};

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    std::map<int, Row> years;
    tx.each<Line>(
        R"sql(
        SELECT o.date, l.quantity, l.received, l.rejected, l.price, o.currency
          FROM purchasing_order o JOIN purchasing_order_line l ON l.document = o.id
         WHERE (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to) AND o.state <> 'cancelled')sql",
        [&](const Line& line) {
            auto& row = years[line.date.year()];
            ++row.lines;
            row.ordered += line.ordered;
            row.received += line.received;
            row.rejected += line.rejected;
            row.stocked += line.received - line.rejected;
            row.differing_lines += line.received != line.ordered;
            row.rejected_value += line.rejected.is_zero()
                                      ? tx.books().zero()
                                      : in_books(tx, extend(line.rejected, line.price, line.currency), line.date);
        },
        parameters.date("from"), parameters.date("to"));
    for (auto& [year, row] : years) {
        row.year = year;
        row.from = Date(year, 1, 1);
        row.to   = Date(year, 12, 31);
        emit(row);
    }
}

}  // namespace receipt_summary

void declare_receipt_summary(tessera::Kernel& kernel) {
    using namespace tessera;
    using receipt_summary::Row;
    const auto orders = opens("purchasing.open_orders", {{"from", "from"}, {"to", "to"}, {"all", "=true"}});
    kernel.report<Row>("purchasing.receipt_summary", "Receipts by year of the order")
        .help(
            "What came of what was ordered, by the year of the order: lines, quantities, and what the rejected goods "
            "are worth at order price")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("year", &Row::year)
        .column("lines", &Row::lines, total, orders)
        .column("ordered", &Row::ordered, total, orders)
        .column("received", &Row::received, total, orders)
        .column("rejected", &Row::rejected, total, orders)
        .column("stocked", &Row::stocked, total, orders, meaning("Received and accepted"))
        .column("differing_lines", &Row::differing_lines, total, orders,
                meaning("Lines of which more or less came than was ordered"))
        .column("rejected_value", &Row::rejected_value, total, orders, meaning("At order price"))
        .column("from", &Row::from, hidden)
        .column("to", &Row::to, hidden)
        .run(receipt_summary::answer);
}

}  // namespace purchasing
