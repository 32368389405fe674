#include <purchasing/records.h>

#include "declare.h"
#include "reports/in_books.h"

#include <set>

namespace purchasing {

using tessera::Parameters;
using tessera::Snapshot;

namespace match_summary {

struct Row {
    std::int64_t lines = 0;
    Money        invoiced{};
    Money        payable{};
    Money        held{};
    std::int64_t exception_lines  = 0;
    std::int64_t exception_orders = 0;
};

struct Billed {
    Date         date{};
    Currency     currency{};
    Money        amount{};
    std::int64_t lines = 0;
};
struct Held {
    Id<Order>     order{};
    Id<OrderLine> order_line{};
    Date          date{};
    Currency      currency{};
    Money         amount{};
};

// Goods invoiced, by day and currency; a line counts once however often it is invoiced.
void add_invoiced(const Snapshot& tx, Date as_of, Row& row) {
    tx.each<Billed>(
        R"sql(
        SELECT d.date, d.currency, sum(l.amount), count(*)
          FROM purchasing_vendor_invoice d JOIN purchasing_vendor_invoice_line l ON l.document = d.id
         WHERE l.purchase_order IS NOT NULL AND d.state <> 'draft' AND d.date <= :as_of
                AND (d.state = 'posted' OR d.reversed_on > :as_of)
         GROUP BY d.date, d.currency)sql",
        [&](const Billed& billed) { row.invoiced += in_books(tx, billed.amount, billed.date); }, as_of);
    row.lines = tx.value<std::int64_t>(R"sql(
        SELECT count(DISTINCT l.order_line)
          FROM purchasing_vendor_invoice d JOIN purchasing_vendor_invoice_line l ON l.document = d.id
         WHERE l.purchase_order IS NOT NULL AND d.state <> 'draft' AND d.date <= :as_of
                AND (d.state = 'posted' OR d.reversed_on > :as_of))sql",
                                       as_of)
                    .value_or(0);
}

void add_held(const Snapshot& tx, Date as_of, Row& row) {
    std::set<Id<Order>>     orders;
    std::set<Id<OrderLine>> lines;
    tx.each<Held>(
        R"sql(
        SELECT h.purchase_order, h.order_line, d.date, h.currency, h.amount
          FROM purchasing_match_hold h JOIN purchasing_vendor_invoice d ON d.id = h.invoice
         WHERE h.blocking = 1 AND h.order_line IS NOT NULL AND h.since <= :as_of
                AND (h.state = 'held' OR h.ended_on > :as_of))sql",
        [&](const Held& held) {
            orders.insert(held.order);
            lines.insert(held.order_line);
            row.held += in_books(tx, held.amount, held.date);
        },
        as_of);
    row.exception_lines  = static_cast<std::int64_t>(lines.size());
    row.exception_orders = static_cast<std::int64_t>(orders.size());
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    Row        row{.invoiced = tx.books().zero(), .held = tx.books().zero()};
    const auto as_of = parameters.given("as_of") ? parameters.date("as_of") : Date(9999, 12, 31);
    add_invoiced(tx, as_of, row);
    add_held(tx, as_of, row);
    row.payable = row.invoiced - row.held;
    emit(row);
}

}  // namespace match_summary

void declare_match_summary(tessera::Kernel& kernel) {
    using namespace tessera;
    using match_summary::Row;
    kernel.report<Row>("purchasing.match_summary", "Three-way match")
        .help(
            "Of all order lines invoiced: what was asked for, what may be paid, and what matching holds. Goods only, "
            "in the books' currency")
        .parameter<Date>("as_of", tessera::help("As things stood on this day; now when left out"))
        .column("lines", &Row::lines, meaning("Order lines invoiced"))
        .column("invoiced", &Row::invoiced)
        .column("payable", &Row::payable, meaning("Invoiced and not held"))
        .column("held", &Row::held, opens("purchasing.holds", {{"as_of", ":as_of"}}))
        .column("exception_lines", &Row::exception_lines, opens("purchasing.holds", {{"as_of", ":as_of"}}))
        .column("exception_orders", &Row::exception_orders, opens("purchasing.holds", {{"as_of", ":as_of"}}))
        .run(match_summary::answer);
}

}  // namespace purchasing
