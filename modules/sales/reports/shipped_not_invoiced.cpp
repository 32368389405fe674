#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"

namespace sales {

namespace shipped_not_invoiced {

struct Row {
    std::string  order{};
    std::string  customer{};
    std::string  product{};
    Quantity     kept{};
    Quantity     invoiced{};
    Money        amount{};
    std::int64_t order_id = 0, customer_id = 0;
};

}  // namespace shipped_not_invoiced

void declare_shipped_not_invoiced(tessera::Kernel& kernel) {
    using namespace tessera;
    using shipped_not_invoiced::Row;
    kernel.report<Row>("sales.shipped_not_invoiced", "Goods shipped, not invoiced")
        .help("What stands on the account of goods that left and become cost with their invoice, order line by order line, as of any day, as known at any moment")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", tessera::help("As it was recorded then; now when left out"))
        .column("order", &Row::order, opens_record("sales.order", "order_id"))
        .column("customer", &Row::customer, opens_record("directory.party", "customer_id"))
        .column("product", &Row::product)
        .column("kept", &Row::kept, titled("Shipped"), meaning("By now, less what came back"))
        .column("invoiced", &Row::invoiced, meaning("By now"))
        .column("amount", &Row::amount, total, opens("sales.margin_entries", {{"order", "order_id"}}))
        .column("order_id", &Row::order_id, hidden)
        .column("customer_id", &Row::customer_id, hidden)
        .query(R"sql(
            SELECT o.number, c.name, l.description, l.shipped - l.returned, l.invoiced, e.amount, o.id, c.id
              FROM (SELECT b.order_line, sum(b.amount) AS amount FROM sales_cost_entry b
                     WHERE (:as_of IS NULL OR b.date <= :as_of) AND (:known_at IS NULL OR b.recorded_at <= :known_at)
                     GROUP BY b.order_line HAVING sum(b.amount) <> 0) e
              JOIN sales_order_line l ON l.id = e.order_line JOIN sales_order o ON o.id = l.document JOIN directory_party c ON c.id = o.customer
             ORDER BY o.number, l.id)sql");
}

}  // namespace sales
