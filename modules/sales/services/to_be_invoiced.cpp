#include "services/to_be_invoiced.h"

#include "services/orders_at_work.h"

namespace sales {

using tessera::Snapshot;

namespace to_be_invoiced {

struct Row {
    std::int64_t order = 0, line = 0;
    std::string  number{};
    std::int64_t customer = 0;
    std::string  customer_name{};
    std::string  description{};
    Date         since{};
    Invoicing    invoicing = Invoicing::on_shipment;
    Quantity     quantity{}, shipped{}, returned{}, invoiced{};
    bool         open = false;
    std::int64_t milestone = 0;
    std::string  title{};
    Percent      share{}, share_before{};
    Currency     currency{};
    Money        amount{}, billed{};
};

constexpr auto by_quantity = R"sql(
    SELECT o.id, l.id, o.number, o.customer, c.name, l.description,
           CASE WHEN l.invoiced > l.shipped - l.returned AND l.returned > 0
                THEN (SELECT max(r.date) FROM sales_customer_return_line b JOIN sales_customer_return r ON r.id = b.document
                       WHERE b.order_line = l.id AND r.state = 'posted')
                WHEN l.invoicing = 'on_order' THEN o.date
                ELSE coalesce((SELECT max(s.date) FROM sales_shipment_line h JOIN sales_shipment s ON s.id = h.document
                                WHERE h.order_line = l.id AND s.state = 'shipped'), o.date) END,
           l.invoicing, l.quantity, l.shipped, l.returned, l.invoiced, l.open, 0, '', 0, 0, o.currency, l.amount, l.billed
      FROM sales_order o JOIN sales_order_line l ON l.document = o.id JOIN directory_party c ON c.id = o.customer
     WHERE o.state IN ('confirmed', 'part_shipped', 'shipped', 'closed') AND (:customer IS NULL OR o.customer = :customer)
       AND ((l.invoicing = 'on_shipment' AND l.shipped - l.returned <> l.invoiced)
            OR (l.invoicing = 'on_order'
                AND CASE WHEN l.open = 1 AND l.quantity > l.shipped THEN l.quantity ELSE l.shipped END - l.returned <> l.invoiced))
     ORDER BY o.id, l.id)sql";

constexpr auto by_milestone = R"sql(
    SELECT o.id, l.id, o.number, o.customer, c.name, l.description, coalesce(m.reached_on, o.date), l.invoicing, l.quantity, l.shipped, l.returned, l.invoiced, l.open,
           m.id, m.title, m.share,
           coalesce((SELECT sum(b.share) FROM sales_milestone b WHERE b.order_line = l.id AND (b.state = 'invoiced' OR (b.state = 'reached' AND b.id < m.id))), 0),
           o.currency, l.amount, l.billed
      FROM sales_milestone m JOIN sales_order o ON o.id = m.sales_order JOIN sales_order_line l ON l.id = m.order_line
      JOIN directory_party c ON c.id = o.customer
     WHERE m.state = 'reached' AND o.state IN ('confirmed', 'part_shipped', 'shipped', 'closed') AND (:customer IS NULL OR o.customer = :customer)
     ORDER BY o.id, m.id)sql";

OrderLine line_of(const Row& row) {
    return {.quantity  = row.quantity,
            .amount    = row.amount,
            .invoicing = row.invoicing,
            .shipped   = row.shipped,
            .returned  = row.returned,
            .invoiced  = row.invoiced,
            .open      = row.open};
}

Due due_of(const Row& row) {
    Due due{row.order, row.line, row.number, row.customer, row.customer_name, row.description, Id<Milestone>{row.milestone}, {}, row.since, {}, row.currency, {}};
    if (row.milestone) {
        due.why    = row.title;
        due.amount = tessera::percent_of(row.amount, row.share_before + row.share) - tessera::percent_of(row.amount, row.share_before);
        return due;
    }
    const auto line = line_of(row);
    due.quantity    = billable(line);
    due.amount      = share_of_line(line, row.invoiced + due.quantity) - share_of_line(line, row.invoiced);
    due.why         = due.quantity.is_negative() ? "Came back" : row.invoicing == Invoicing::on_order ? "Ordered" : "Shipped";
    return due;
}

}  // namespace to_be_invoiced

void each_due(const Snapshot& tx, Date until, Id<directory::Party> customer, const std::function<void(const Due&)>& visit) {
    for (const auto* sql : {to_be_invoiced::by_quantity, to_be_invoiced::by_milestone})
        tx.each<to_be_invoiced::Row>(
            sql,
            [&](const to_be_invoiced::Row& row) {
                if (until.empty() || row.since <= until) visit(to_be_invoiced::due_of(row));
            },
            customer);
}

}  // namespace sales
