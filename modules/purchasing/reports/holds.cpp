#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

namespace holds_report {

struct Row {
    std::string  supplier{};
    std::string  invoice{};
    std::string  order{};
    std::string  product{};
    HoldReason   reason{};
    Currency     currency{};
    Money        amount{};
    Date         since{};
    std::string  clears_when{};
    std::int64_t hold_id = 0, invoice_id = 0, order_id = 0, supplier_id = 0, product_id = 0;
};

}  // namespace holds_report

void declare_holds_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using holds_report::Row;
    kernel.report<Row>("purchasing.holds", "Holds")
        .help("What matching holds back from being paid: why, how much, since when, and what clears it")
        .parameter<Date>("as_of", tessera::help("As things stood on this day; now when left out"))
        .parameter<Id<directory::Party>>("supplier")
        .parameter<HoldReason>("reason")
        .column("supplier", &Row::supplier, opens_record("directory.party", "supplier_id"))
        .column("invoice", &Row::invoice, opens_record("purchasing.vendor_invoice", "invoice_id"))
        .column("order", &Row::order, opens_record("purchasing.order", "order_id"))
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("reason", &Row::reason)
        .column("currency", &Row::currency)
        .column("amount", &Row::amount, total, opens_record("purchasing.match_hold", "hold_id"))
        .column("since", &Row::since)
        .column("clears_when", &Row::clears_when, titled("Clears when"))
        .column("hold_id", &Row::hold_id, hidden)
        .column("invoice_id", &Row::invoice_id, hidden)
        .column("order_id", &Row::order_id, hidden)
        .column("supplier_id", &Row::supplier_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .query(R"sql(
            SELECT s.name, d.number, o.number, l.description, h.reason, h.currency, h.amount, h.since, h.clears_when,
                   h.id, d.id, o.id, s.id, l.product
              FROM purchasing_match_hold h
              JOIN purchasing_vendor_invoice d ON d.id = h.invoice
              JOIN directory_party s ON s.id = d.supplier
              LEFT JOIN purchasing_order o ON o.id = h.purchase_order
              LEFT JOIN purchasing_order_line l ON l.id = h.order_line
             WHERE h.blocking = 1
               AND ((:as_of IS NULL AND h.state = 'held') OR (h.since <= :as_of
                      AND (h.state = 'held' OR h.ended_on > :as_of)))
               AND (:supplier IS NULL OR d.supplier = :supplier)
               AND (:reason IS NULL OR h.reason = :reason)
             ORDER BY h.since, h.id)sql");
}

}  // namespace purchasing
