#include <purchasing/records.h>

#include "declare.h"
#include "reports/in_books.h"
#include "reports/standing.h"

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

// Invoices that were posted and not yet reversed. When either was recorded is said by the journal: a document has one
// entry, and a second one when it was reversed.
const std::string posted = R"sql(
           d.state <> 'draft' AND d.date <= :as_of
           AND CASE WHEN :known_at IS NULL THEN d.state = 'posted' OR d.reversed_on > :as_of
                    ELSE (SELECT count(*) FROM financials_journal_entry e
                           WHERE e.source_entity = 'purchasing.vendor_invoice' AND e.source_id = d.id
                             AND e.date <= :as_of AND e.recorded_at <= :known_at) = 1 END)sql";

// Goods invoiced, by day and currency; a line counts once however often it is invoiced.
void add_invoiced(const Snapshot& tx, const Standing& standing, Row& row) {
    static const auto billed_by_day = R"sql(
        SELECT d.date, d.currency, sum(l.amount), count(*)
          FROM purchasing_vendor_invoice d JOIN purchasing_vendor_invoice_line l ON l.document = d.id
         WHERE l.purchase_order IS NOT NULL AND )sql" + posted + " GROUP BY d.date, d.currency";
    static const auto lines_billed = R"sql(
        SELECT count(DISTINCT l.order_line)
          FROM purchasing_vendor_invoice d JOIN purchasing_vendor_invoice_line l ON l.document = d.id
         WHERE l.purchase_order IS NOT NULL AND )sql" + posted;
    tx.each<Billed>(
        billed_by_day, [&](const Billed& billed) { row.invoiced += in_books(tx, billed.amount, billed.date); },
        standing.as_of, standing.known_at);
    row.lines = tx.value<std::int64_t>(lines_billed, standing.as_of, standing.known_at).value_or(0);
}

void add_held(const Snapshot& tx, const Standing& standing, Row& row) {
    static const auto      query = fmt::format(R"sql(
        SELECT h.purchase_order, h.order_line, d.date, e.currency, e.amount
          FROM {} n
          JOIN purchasing_hold_entry e ON e.id = n.entry
          JOIN purchasing_match_hold h ON h.id = e.hold
          JOIN purchasing_vendor_invoice d ON d.id = h.invoice
         WHERE e.state = 'held' AND e.blocking = 1 AND h.order_line IS NOT NULL)sql",
                                          standing_holds);
    std::set<Id<Order>>     orders;
    std::set<Id<OrderLine>> lines;
    tx.each<Held>(
        query,
        [&](const Held& held) {
            orders.insert(held.order);
            lines.insert(held.order_line);
            row.held += in_books(tx, held.amount, held.date);
        },
        standing.as_of, standing.known_at);
    row.exception_lines  = static_cast<std::int64_t>(lines.size());
    row.exception_orders = static_cast<std::int64_t>(orders.size());
}

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    Row        row{.invoiced = tx.books().zero(), .held = tx.books().zero()};
    const auto standing = standing_of(parameters);
    add_invoiced(tx, standing, row);
    add_held(tx, standing, row);
    row.payable = row.invoiced - row.held;
    emit(row);
}

}  // namespace match_summary

void declare_match_summary(tessera::Kernel& kernel) {
    using namespace tessera;
    using match_summary::Row;
    const auto held   = opens("purchasing.holds", {{"as_of", ":as_of"}, {"known_at", ":known_at"}});
    auto&&     report = kernel.report<Row>("purchasing.match_summary", "Three-way match");
    report.help(
        "Of all order lines invoiced: what was asked for, what may be paid, and what matching holds. Goods only, "
        "in the books' currency");
    with_standing(std::move(report))
        .column("lines", &Row::lines, meaning("Order lines invoiced"))
        .column("invoiced", &Row::invoiced)
        .column("payable", &Row::payable, meaning("Invoiced and not held"))
        .column("held", &Row::held, held)
        .column("exception_lines", &Row::exception_lines, held)
        .column("exception_orders", &Row::exception_orders, held)
        .run(match_summary::answer);
}

}  // namespace purchasing
