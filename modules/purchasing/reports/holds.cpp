#include <purchasing/records.h>

#include "declare.h"
#include "reports/standing.h"

namespace purchasing {

namespace holds_report {

struct Row {
    std::string  supplier{};
    std::string  invoice{};
    std::string  order{};
    std::string  product{};
    HoldReason   reason{};
    Money        value{};              // in the books' currency, at the rate of the invoice
    Currency     currency{};
    Money        amount{};
    Date         since{};
    std::string  clears_when{};
    std::int64_t hold_id = 0, invoice_id = 0, order_id = 0, supplier_id = 0, product_id = 0;
};

struct Found {
    std::string  supplier{}, invoice{}, order{}, product{};
    HoldReason   reason{};
    Money        book_total{};
    Currency     currency{};
    Money        amount{}, total{};
    Date         since{};
    std::string  clears_when{};
    std::int64_t hold_id = 0, invoice_id = 0, order_id = 0, supplier_id = 0, product_id = 0;
};

const std::string query = fmt::format(R"sql(
    SELECT s.name, d.number, o.number, l.description, h.reason, d.book_total, e.currency, e.amount, d.total, h.since,
           e.clears_when, h.id, d.id, o.id, s.id, l.product
      FROM {} n
      JOIN purchasing_hold_entry e ON e.id = n.entry
      JOIN purchasing_match_hold h ON h.id = e.hold
      JOIN purchasing_vendor_invoice d ON d.id = h.invoice
      JOIN directory_party s ON s.id = d.supplier
      LEFT JOIN purchasing_order o ON o.id = h.purchase_order
      LEFT JOIN purchasing_order_line l ON l.id = h.order_line
     WHERE e.state = 'held' AND e.blocking = 1
       AND (:supplier IS NULL OR d.supplier = :supplier)
       AND (:reason IS NULL OR h.reason = :reason)
     ORDER BY h.since, h.id)sql",
                                      standing_holds);

Money in_books(const Found& f) {
    if (f.currency == f.book_total.currency() || f.total.is_zero()) return Money{f.amount.minor(), f.book_total.currency()};
    return Money{tessera::divide(tessera::Wide{f.book_total.minor()} * f.amount.minor(), f.total.minor()), f.book_total.currency()};
}

Row row_of(const Found& f) {
    return {f.supplier, f.invoice, f.order, f.product, f.reason, in_books(f), f.currency, f.amount, f.since, f.clears_when,
            f.hold_id, f.invoice_id, f.order_id, f.supplier_id, f.product_id};
}

}  // namespace holds_report

void declare_holds_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using holds_report::Row;
    auto&& report = kernel.report<Row>("purchasing.holds", "Holds");
    report.help("What matching holds back from being paid: why, how much, since when, and what clears it");
    with_standing(std::move(report))
        .parameter<Id<directory::Party>>("supplier")
        .parameter<HoldReason>("reason")
        .column("supplier", &Row::supplier, opens_record("directory.party", "supplier_id"))
        .column("invoice", &Row::invoice, opens_record("purchasing.vendor_invoice", "invoice_id"))
        .column("order", &Row::order, opens_record("purchasing.order", "order_id"))
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("reason", &Row::reason)
        .column("value", &Row::value, total, meaning("In the books' currency, at the rate of the invoice"))
        .column("currency", &Row::currency)
        .column("amount", &Row::amount, total, opens_record("purchasing.match_hold", "hold_id"))
        .column("since", &Row::since)
        .column("clears_when", &Row::clears_when, titled("Clears when"))
        .column("hold_id", &Row::hold_id, hidden)
        .column("invoice_id", &Row::invoice_id, hidden)
        .column("order_id", &Row::order_id, hidden)
        .column("supplier_id", &Row::supplier_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .run([](const Snapshot& tx, const Parameters& p, const auto& emit) {
            const auto standing = standing_of(p);
            tx.each<holds_report::Found>(holds_report::query, [&](const holds_report::Found& f) { emit(holds_report::row_of(f)); },
                                         standing.as_of, standing.known_at, p.reference<directory::Party>("supplier"), p.text("reason"));
        });
}

}  // namespace purchasing
