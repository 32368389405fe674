// What `tessera verify` proves of orders: what their lines say has left, come back and been invoiced is what the documents say.
#include <sales/records.h>

#include <tessera/kernel.h>

#include "declare.h"
#include "services/orders_at_work.h"

namespace sales {

using tessera::Finding;
using tessera::Snapshot;
using Report = std::function<void(Finding)>;

namespace quantity_checks {

struct Line {
    std::string  number{};
    std::int64_t id = 0;
    Currency     currency{};
    Quantity     shipped{}, returned{}, invoiced{};
    Money        billed{};
    Quantity     shipped_by{}, returned_by{}, invoiced_by{};
    Money        billed_by{};
};

std::string text_of(Quantity shipped, Quantity returned, Quantity invoiced, Money billed) {
    return fmt::format("shipped {}, returned {}, invoiced {} for {}", shipped, returned, invoiced, billed);
}

void check_lines(const Snapshot& tx, const Report& report) {
    tx.each<Line>(
        R"sql(
        SELECT o.number, l.id, o.currency, l.shipped, l.returned, l.invoiced, l.billed,
               coalesce(s.quantity, 0), coalesce(r.quantity, 0), coalesce(i.quantity, 0), coalesce(i.amount, 0)
          FROM sales_order_line l JOIN sales_order o ON o.id = l.document
          LEFT JOIN (SELECT b.order_line, sum(b.quantity) AS quantity FROM sales_shipment_line b JOIN sales_shipment d ON d.id = b.document
                      WHERE d.state = 'shipped' GROUP BY b.order_line) s ON s.order_line = l.id
          LEFT JOIN (SELECT b.order_line, sum(b.quantity) AS quantity FROM sales_customer_return_line b JOIN sales_customer_return d ON d.id = b.document
                      WHERE d.state = 'posted' GROUP BY b.order_line) r ON r.order_line = l.id
          LEFT JOIN (SELECT b.order_line, sum(CASE WHEN b.milestone IS NULL THEN b.quantity ELSE 0 END) AS quantity, sum(b.amount) AS amount
                       FROM sales_invoice_line b JOIN sales_invoice d ON d.id = b.document
                      WHERE d.state = 'posted' AND b.order_line IS NOT NULL GROUP BY b.order_line) i ON i.order_line = l.id
         WHERE l.shipped <> coalesce(s.quantity, 0) OR l.returned <> coalesce(r.quantity, 0)
            OR l.invoiced <> coalesce(i.quantity, 0) OR l.billed <> coalesce(i.amount, 0))sql",
        [&](const Line& line) {
            report({fmt::format("sales order {} line {}", line.number, line.id), text_of(line.shipped_by, line.returned_by, line.invoiced_by, line.billed_by),
                    text_of(line.shipped, line.returned, line.invoiced, line.billed)});
        });
}

struct ShipmentReturned {
    std::string  number{};
    std::int64_t id = 0;
    Quantity     kept{}, by_returns{};
};

void check_shipment_lines(const Snapshot& tx, const Report& report) {
    tx.each<ShipmentReturned>(
        R"sql(
        SELECT d.number, l.id, l.returned, coalesce(r.quantity, 0)
          FROM sales_shipment_line l JOIN sales_shipment d ON d.id = l.document
          LEFT JOIN (SELECT b.shipment_line, sum(b.quantity) AS quantity FROM sales_customer_return_line b JOIN sales_customer_return c ON c.id = b.document
                      WHERE c.state = 'posted' GROUP BY b.shipment_line) r ON r.shipment_line = l.id
         WHERE l.returned <> coalesce(r.quantity, 0))sql",
        [&](const ShipmentReturned& row) { report({fmt::format("shipment {} line {}", row.number, row.id), row.by_returns.str() + " returned", row.kept.str()}); });
}

struct OrderSums {
    std::string number{};
    Currency    currency{};
    Money       subtotal{}, total{}, billed{}, unbilled{}, billed_by_lines{}, of_lines{};
};

void check_amounts(const Snapshot& tx, const Report& report) {
    tx.each<OrderSums>(
        R"sql(
        SELECT o.number, o.currency, o.subtotal, o.total, o.billed, o.unbilled, coalesce(sum(l.billed), 0), coalesce(sum(l.amount), 0)
          FROM sales_order o LEFT JOIN sales_order_line l ON l.document = o.id WHERE o.state <> 'draft'
         GROUP BY o.id, o.number, o.currency, o.subtotal, o.total, o.billed, o.unbilled)sql",
        [&](const OrderSums& row) {
            const Order order{.currency = row.currency, .subtotal = row.subtotal, .total = row.total};
            const auto  unbilled = row.total - row.billed_by_lines - share_of_extra(order, row.total - row.subtotal, row.billed_by_lines);
            if (row.subtotal != row.of_lines) report({"sales order " + row.number, "a subtotal of " + row.of_lines.str() + " by its lines", row.subtotal.str()});
            if (row.billed == row.billed_by_lines && row.unbilled == unbilled) return;
            report({"sales order " + row.number, fmt::format("{} billed, {} to be billed", row.billed_by_lines, unbilled),
                    fmt::format("{} billed, {} to be billed", row.billed, row.unbilled)});
        });
}

}  // namespace quantity_checks

void declare_quantity_checks(tessera::Kernel& kernel) {
    kernel.check("sales.order_quantities", "Order lines say what their shipments, returns and invoices say", [](const Snapshot& tx, const auto& report) {
        quantity_checks::check_lines(tx, report);
        quantity_checks::check_shipment_lines(tx, report);
    });
    kernel.check("sales.order_amounts", "What is billed of an order, and what is not, is its whole", quantity_checks::check_amounts);
}

}  // namespace sales
