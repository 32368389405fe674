#include <sales/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <map>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace by_offer {

struct Row {
    std::string  offer{};
    std::int64_t lines = 0;
    Quantity     quantity{};
    Money        gross{};
    Money        discount{};
    Money        net{};
};

struct Sold {
    std::string offer{};
    Date        date{};
    Quantity    quantity{};
    UnitPrice   price{};
    Currency    currency{};
    Money       amount{};
};

constexpr auto sold_sql = R"sql(
    SELECT coalesce(f.name, ''), o.date, l.quantity, l.price, o.currency, l.amount
      FROM sales_order_line l
      JOIN sales_order o ON o.id = l.document
      LEFT JOIN sales_special_offer f ON f.id = l.offer
     WHERE o.state NOT IN ('draft', 'held', 'cancelled') AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to))sql";

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    std::map<std::string, Row> rows;
    tx.each<Sold>(
        sold_sql,
        [&](const Sold& sold) {
            auto& row = rows.try_emplace(sold.offer, Row{.offer = sold.offer, .gross = tx.books().zero(), .net = tx.books().zero()}).first->second;
            ++row.lines;
            row.quantity += sold.quantity;
            row.gross += in_books(tx, tessera::extend(sold.quantity, sold.price, sold.currency), sold.date);
            row.net += in_books(tx, sold.amount, sold.date);
        },
        parameters.date("from"), parameters.date("to"));
    for (auto& [name, row] : rows) {
        row.discount = row.gross - row.net;
        emit(row);
    }
}

}  // namespace by_offer

void declare_by_offer(tessera::Kernel& kernel) {
    using namespace tessera;
    using by_offer::Row;
    kernel.report<Row>("sales.by_offer", "Sales by special offer")
        .help("What was ordered under each special offer, and the discount that was given for it; first what was ordered under none. In the books' currency")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .column("offer", &Row::offer)
        .column("lines", &Row::lines, total)
        .column("quantity", &Row::quantity)
        .column("gross", &Row::gross, total)
        .column("discount", &Row::discount, total)
        .column("net", &Row::net, total)
        .run(by_offer::answer);
}

}  // namespace sales
