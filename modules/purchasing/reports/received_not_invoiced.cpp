#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

namespace received_not_invoiced_report {

struct Row {
    std::string  order{};
    std::int64_t line = 0;
    std::string  supplier{};
    std::string  product{};
    Quantity     received{};
    Quantity     invoiced{};
    Quantity     quantity{};
    Money        amount{};
    std::int64_t order_id = 0, supplier_id = 0, product_id = 0;
};

}  // namespace received_not_invoiced_report

void declare_received_not_invoiced_report(tessera::Kernel& kernel) {
    using namespace tessera;
    using received_not_invoiced_report::Row;
    kernel.report<Row>("purchasing.received_not_invoiced", "Goods received, not invoiced")
        .help(
            "Open order lines behind the account of goods received and not invoiced: positive came and is not "
            "invoiced, negative is invoiced and "
            "has not come. The total is the account's balance, as of any day, as known at any moment")
        .parameter<Date>("as_of", by_default("today"), tessera::help("Documents up to this day"))
        .parameter<Instant>("known_at", tessera::help("As it was recorded then; now when left out"))
        .parameter<Id<directory::Party>>("supplier")
        .column("order", &Row::order, opens_record("purchasing.order", "order_id"))
        .column("line", &Row::line)
        .column("supplier", &Row::supplier, opens_record("directory.party", "supplier_id"))
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("received", &Row::received, meaning("Less what was returned"))
        .column("invoiced", &Row::invoiced)
        .column("quantity", &Row::quantity, titled("Open"))
        .column("amount", &Row::amount, total, opens_record("purchasing.order", "order_id"), meaning("At order price"))
        .column("order_id", &Row::order_id, hidden)
        .column("supplier_id", &Row::supplier_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .query(R"sql(
            SELECT o.number, (SELECT count(*) FROM purchasing_order_line b WHERE b.document = o.id
                   AND b.id <= l.id), s.name, l.description,
                   e.received, e.invoiced, e.quantity, e.amount, o.id, s.id, l.product
              FROM (SELECT c.order_line,
                           sum(CASE WHEN c.kind = 'invoice' THEN 0 ELSE c.quantity END) AS received,
                           sum(CASE WHEN c.kind = 'invoice' THEN -c.quantity ELSE 0 END) AS invoiced,
                           sum(c.quantity) AS quantity, sum(c.amount) AS amount
                      FROM purchasing_clearing_entry c
                     WHERE (:as_of IS NULL OR c.date <= :as_of) AND (:known_at IS NULL OR c.recorded_at <= :known_at)
                     GROUP BY c.order_line
                    HAVING sum(c.quantity) <> 0 OR sum(c.amount) <> 0) e
              JOIN purchasing_order_line l ON l.id = e.order_line
              JOIN purchasing_order o ON o.id = l.document
              JOIN directory_party s ON s.id = o.supplier
             WHERE (:supplier IS NULL OR o.supplier = :supplier)
             ORDER BY o.number, l.id)sql");
}

}  // namespace purchasing
