#include <purchasing/records.h>

#include "declare.h"

namespace purchasing {

using tessera::Parameters;
using tessera::Snapshot;

namespace open_orders {

struct Row {
    std::string  order{};
    Date         date{};
    std::string  supplier{};
    std::string  status{};
    std::int64_t line = 0;
    std::string  product{};
    Date         due_on{};
    Quantity     ordered{};
    Quantity     received{};
    Quantity     rejected{};
    Quantity     invoiced{};
    Quantity     outstanding{};
    UnitPrice    price{};
    Currency     currency{};
    Money        outstanding_value{};
    std::int64_t order_id = 0, supplier_id = 0, product_id = 0;
};

constexpr auto lines_sql = R"sql(
    SELECT o.number, o.date, s.name, coalesce(o.source_status, o.state),
           (SELECT count(*) FROM purchasing_order_line b WHERE b.document = o.id AND b.id <= l.id),
                  l.description, l.due_on,
           l.quantity, l.received, l.rejected, l.invoiced, l.quantity - l.received + l.rejected, l.price,
                  o.currency, 0, o.id, s.id, l.product
      FROM purchasing_order o JOIN purchasing_order_line l ON l.document = o.id JOIN directory_party s
             ON s.id = o.supplier
     WHERE (:all = 1 OR (o.state IN ('approved', 'part_received') AND l.received - l.rejected < l.quantity))
       AND (:supplier IS NULL OR o.supplier = :supplier) AND (:from IS NULL OR o.date >= :from)
              AND (:to IS NULL OR o.date <= :to)
       AND (:status IS NULL OR coalesce(o.source_status, o.state) = :status)
     ORDER BY o.date, o.id, l.id)sql";

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    tx.each<Row>(
        lines_sql,
        [&](Row& row) {
            row.outstanding       = std::max(Quantity{}, row.outstanding);
            row.outstanding_value = extend(row.outstanding, row.price, row.currency);
            emit(row);
        },
        parameters.flag("all"), parameters.reference<directory::Party>("supplier"), parameters.date("from"),
        parameters.date("to"), parameters.text("status"));
}

}  // namespace open_orders

void declare_open_orders(tessera::Kernel& kernel) {
    using namespace tessera;
    using open_orders::Row;
    kernel.report<Row>("purchasing.open_orders", "Open purchase orders")
        .help("Order lines of which something is still to come; all order lines when asked for")
        .parameter<Id<directory::Party>>("supplier")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .parameter<std::string>("status")
        .parameter<bool>("all", tessera::help("Also lines of which nothing is outstanding"))
        .column("order", &Row::order, opens_record("purchasing.order", "order_id"))
        .column("date", &Row::date)
        .column("supplier", &Row::supplier, opens_record("directory.party", "supplier_id"))
        .column("status", &Row::status)
        .column("line", &Row::line)
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("due_on", &Row::due_on)
        .column("ordered", &Row::ordered, total, opens_record("purchasing.order", "order_id"))
        .column("received", &Row::received, total, opens_record("purchasing.order", "order_id"))
        .column("rejected", &Row::rejected, total, opens_record("purchasing.order", "order_id"))
        .column("invoiced", &Row::invoiced, total, opens_record("purchasing.order", "order_id"))
        .column("outstanding", &Row::outstanding, total, opens_record("purchasing.order", "order_id"))
        .column("price", &Row::price)
        .column("currency", &Row::currency)
        .column("outstanding_value", &Row::outstanding_value, opens_record("purchasing.order", "order_id"))
        .column("order_id", &Row::order_id, hidden)
        .column("supplier_id", &Row::supplier_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .run(open_orders::answer);
}

}  // namespace purchasing
