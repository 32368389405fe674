#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

#include <algorithm>

namespace sales {

using tessera::Parameters;
using tessera::Snapshot;

namespace open_orders {

struct Row {
    std::string  order{};
    Date         date{};
    std::string  customer{};
    std::string  state{};
    std::int64_t line = 0;
    std::string  product{};
    Date         promised_on{};
    Quantity     ordered{};
    Quantity     shipped{};
    Quantity     returned{};
    Quantity     invoiced{};
    Quantity     outstanding{};
    UnitPrice    price{};
    Currency     currency{};
    Money        outstanding_value{};
    std::int64_t order_id = 0, customer_id = 0, product_id = 0;
    Money        amount{};
};

constexpr auto lines_sql = R"sql(
    SELECT o.number, o.date, c.name, o.state, row_number() OVER (PARTITION BY l.document ORDER BY l.id), l.description, l.promised_on,
           l.quantity, l.shipped, l.returned, l.invoiced, CASE WHEN l.open = 1 THEN l.quantity - l.shipped ELSE 0 END, l.price,
           o.currency, 0, o.id, c.id, l.product, l.amount
      FROM sales_order o JOIN sales_order_line l ON l.document = o.id JOIN directory_party c ON c.id = o.customer
     WHERE (:all = 1 OR (o.state IN ('held', 'confirmed', 'part_shipped') AND (l.open = 1 OR o.state = 'held')))
       AND (:customer IS NULL OR o.customer = :customer) AND (:from IS NULL OR o.date >= :from) AND (:to IS NULL OR o.date <= :to)
       AND (:territory IS NULL OR o.territory = :territory)
     ORDER BY o.date, o.id, l.id)sql";

void answer(const Snapshot& tx, const Parameters& parameters, const std::function<void(const Row&)>& emit) {
    tx.each<Row>(
        lines_sql,
        [&](Row& row) {
            if (row.state == "held") row.outstanding = row.ordered;
            row.outstanding = std::max(Quantity{}, row.outstanding);
            if (!row.ordered.is_zero()) row.outstanding_value = tessera::share(row.amount, row.outstanding, row.ordered);
            emit(row);
        },
        parameters.flag("all"), parameters.reference<directory::Party>("customer"), parameters.date("from"), parameters.date("to"),
        parameters.reference<Territory>("territory"));
}

}  // namespace open_orders

void declare_open_orders(tessera::Kernel& kernel) {
    using namespace tessera;
    using open_orders::Row;
    const auto order = opens_record("sales.order", "order_id");
    kernel.report<Row>("sales.open_orders", "Open sales orders")
        .help("Order lines of which something is still to leave; all order lines when asked for")
        .parameter<Id<directory::Party>>("customer")
        .parameter<Date>("from", tessera::help("First day of the orders"))
        .parameter<Date>("to", tessera::help("Last day of the orders"))
        .parameter<Id<Territory>>("territory")
        .parameter<bool>("all", tessera::help("Also lines of which nothing is outstanding"))
        .column("order", &Row::order, order)
        .column("date", &Row::date)
        .column("customer", &Row::customer, opens_record("directory.party", "customer_id"))
        .column("state", &Row::state, opens("sales.order_stages", {{"order", "order_id"}}))
        .column("line", &Row::line)
        .column("product", &Row::product, opens_record("catalog.product", "product_id"))
        .column("promised_on", &Row::promised_on)
        .column("ordered", &Row::ordered, total, order)
        .column("shipped", &Row::shipped, total, order)
        .column("returned", &Row::returned, total, order)
        .column("invoiced", &Row::invoiced, total, order)
        .column("outstanding", &Row::outstanding, total, opens("sales.order_lines", {{"order", "order_id"}}))
        .column("price", &Row::price)
        .column("currency", &Row::currency)
        .column("outstanding_value", &Row::outstanding_value, total, order)
        .column("order_id", &Row::order_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .column("product_id", &Row::product_id, hidden)
        .column("amount", &Row::amount, hidden)
        .run(open_orders::answer);
}

}  // namespace sales
