// What tracking knows of orders, read at once for all of them.
#include "services/tracking.h"

#include <tessera/kernel.h>

#include <unordered_map>

namespace sales {

using tessera::Snapshot;

namespace tracking_facts {

// Rules may hide an order from who asks and not its lines: those are left out.
using ByOrder = std::unordered_map<std::int64_t, OrderFacts*>;
using ByLine  = std::unordered_map<std::int64_t, LineFacts*>;

template <class Map>
auto* find(const Map& map, std::int64_t id) {
    const auto at = map.find(id);
    return at == map.end() ? nullptr : at->second;
}

constexpr auto open_orders = "o.state IN ('held', 'confirmed', 'part_shipped', 'shipped')";
constexpr auto one_order   = "o.id = :one";

template <class Row, class Visit>
void each(const Snapshot& tx, Id<Order> one, std::string_view sql, const Visit& visit) {
    if (one)
        tx.each<Row>(fmt::format(fmt::runtime(sql), one_order), visit, one);
    else
        tx.each<Row>(fmt::format(fmt::runtime(sql), open_orders), visit);
}

struct OrderRow {
    std::int64_t order = 0;
    std::string  number{};
    std::int64_t customer = 0;
    std::string  customer_name{};
    Date         date{}, confirmed_on{}, quoted_on{}, valid_until{};
    OrderState   state = OrderState::draft;
    std::string  hold_reason{};
    bool         ships_complete = false;
    Currency     currency{};
    Money        total{}, unbilled{};
};

std::vector<OrderFacts> orders(const Snapshot& tx, Id<Order> one) {
    std::vector<OrderFacts> all;
    each<OrderRow>(tx, one, R"sql(
        SELECT o.id, o.number, o.customer, p.name, o.date, o.confirmed_on, q.date, q.valid_until, o.state, o.hold_reason, o.ships_complete,
               o.currency, o.total, o.unbilled
          FROM sales_order o JOIN directory_party p ON p.id = o.customer LEFT JOIN sales_quotation q ON q.id = o.quotation
         WHERE {} ORDER BY o.date, o.id)sql",
                   [&](const OrderRow& r) {
                       all.push_back({.order                 = r.order,
                                      .number                = r.number,
                                      .customer              = r.customer,
                                      .customer_name         = r.customer_name,
                                      .date                  = r.date,
                                      .confirmed_on          = r.confirmed_on,
                                      .quoted_on             = r.quoted_on,
                                      .quotation_valid_until = r.valid_until,
                                      .state                 = r.state,
                                      .hold_reason           = r.hold_reason,
                                      .ships_complete        = r.ships_complete,
                                      .currency              = r.currency,
                                      .total                 = r.total,
                                      .unbilled              = r.unbilled,
                                      .paid                  = Money{0, r.currency}});
                   });
    return all;
}

struct LineRow {
    std::int64_t         order = 0, line = 0;
    Id<catalog::Product> product{};
    std::string          description{};
    Quantity             quantity{}, shipped{}, returned{}, invoiced{};
    Date                 promised_on{}, requested_on{};
    Invoicing            invoicing = Invoicing::on_shipment;
    bool                 stocked = true, open = false;
    Currency             currency{};
    Money                amount{}, billed{};
};

void add_lines(const Snapshot& tx, Id<Order> one, const ByOrder& orders) {
    each<LineRow>(tx, one, R"sql(
        SELECT l.document, l.id, l.product, l.description, l.quantity, l.shipped, l.returned, l.invoiced, l.promised_on, l.requested_on, l.invoicing,
               l.stocked, l.open, o.currency, l.amount, l.billed
          FROM sales_order o JOIN sales_order_line l ON l.document = o.id WHERE {} ORDER BY l.document, l.id)sql",
                  [&](const LineRow& r) {
                      auto* order = find(orders, r.order);
                      if (!order) return;
                      order->lines.push_back({.order        = r.order,
                                              .line         = r.line,
                                              .product      = r.product,
                                              .description  = r.description,
                                              .quantity     = r.quantity,
                                              .shipped      = r.shipped,
                                              .returned     = r.returned,
                                              .invoiced     = r.invoiced,
                                              .promised_on  = r.promised_on,
                                              .requested_on = r.requested_on,
                                              .invoicing    = r.invoicing,
                                              .stocked      = r.stocked,
                                              .open         = r.open,
                                              .currency     = r.currency,
                                              .amount       = r.amount,
                                              .billed       = r.billed});
                  });
}

struct ShipmentRow {
    std::int64_t  line = 0;
    ShipmentState state = ShipmentState::draft;
    Quantity      quantity{};
    Date          picked_on{}, packed_on{}, date{};
};

void add_shipments(const Snapshot& tx, Id<Order> one, const ByLine& lines) {
    each<ShipmentRow>(tx, one, R"sql(
        SELECT l.order_line, s.state, sum(l.quantity), max(s.picked_on), max(s.packed_on), max(s.date)
          FROM sales_order o JOIN sales_shipment_line l ON l.sales_order = o.id JOIN sales_shipment s ON s.id = l.document
         WHERE {} AND s.state IN ('picked', 'packed', 'shipped') GROUP BY l.order_line, s.state)sql",
                      [&](const ShipmentRow& r) {
                          auto* line = find(lines, r.line);
                          if (!line) return;
                          line->picked_on = std::max(line->picked_on, r.picked_on);
                          line->packed_on = std::max(line->packed_on, r.packed_on);
                          if (r.state == ShipmentState::picked) line->picked = r.quantity;
                          if (r.state == ShipmentState::packed) line->packed = r.quantity;
                          if (r.state == ShipmentState::shipped) line->shipped_on = r.date;
                      });
}

struct MilestoneRow {
    std::int64_t   line = 0;
    std::string    title{};
    MilestoneState state = MilestoneState::planned;
    Date           due_on{};
};

void add_milestones(const Snapshot& tx, Id<Order> one, const ByLine& lines) {
    each<MilestoneRow>(tx, one, R"sql(
        SELECT m.order_line, m.title, m.state, m.due_on FROM sales_order o JOIN sales_milestone m ON m.sales_order = o.id
         WHERE {} AND m.state <> 'invoiced' ORDER BY m.id)sql",
                       [&](const MilestoneRow& r) {
                           auto* line = find(lines, r.line);
                           if (!line) return;
                           line->milestone_reached = line->milestone_reached || r.state == MilestoneState::reached;
                           line->milestone_due     = std::max(line->milestone_due, r.due_on);
                           if (line->milestone.empty()) line->milestone = r.title;
                       });
}

struct InvoiceRow {
    std::int64_t order = 0, invoice = 0;
    std::string  number{};
    Date         date{}, due_on{};
    Currency     currency{};
    Money        here{}, whole{};      // net amount of the order's lines on it, and of all lines
    Money        amount{}, open{};
    Date         settled_on{};
};

// An invoice of several orders is paid for each in the share of its lines.
Money paid_here(const InvoiceRow& r) {
    const auto paid = r.amount - r.open;
    if (r.here == r.whole || r.whole.is_zero()) return paid;
    return {tessera::divide(tessera::Wide{paid.minor()} * r.here.minor(), r.whole.minor()), r.currency};
}

void add_invoices(const Snapshot& tx, Date today, Id<Order> one, const ByOrder& orders) {
    each<InvoiceRow>(tx, one, R"sql(
        SELECT b.sales_order, i.id, i.number, i.date, i.due_on, i.currency, b.here, i.subtotal, t.amount, t.open_amount,
               (SELECT max(s.date) FROM financials_settlement s WHERE s.item = t.id)
          FROM (SELECT l.sales_order, l.document, sum(l.amount) AS here
                  FROM sales_order o JOIN sales_invoice_line l ON l.sales_order = o.id WHERE {} GROUP BY l.sales_order, l.document) b
          JOIN sales_invoice i ON i.id = b.document LEFT JOIN financials_open_item t ON t.id = i.open_item
         WHERE i.state = 'posted' ORDER BY i.due_on, i.id)sql",
                     [&](const InvoiceRow& r) {
                         auto* order = find(orders, r.order);
                         if (!order) return;
                         order->invoiced_on = std::max(order->invoiced_on, r.date);
                         order->due_on      = std::max(order->due_on, r.due_on);
                         order->paid_on     = std::max(order->paid_on, r.settled_on);
                         order->paid += paid_here(r);
                         if (r.open > Money{0, r.currency} && r.due_on < today && order->overdue_since.empty()) {
                             order->overdue_since   = r.due_on;
                             order->overdue_invoice = r.number;
                         }
                     });
}

}  // namespace tracking_facts

std::vector<OrderFacts> facts_of_orders(const Snapshot& tx, Date today, Id<Order> one) {
    auto                    all = tracking_facts::orders(tx, one);
    tracking_facts::ByOrder orders;
    for (auto& order : all) orders[order.order] = &order;
    tracking_facts::add_lines(tx, one, orders);
    tracking_facts::ByLine lines;
    for (auto& order : all)
        for (auto& line : order.lines) lines[line.line] = &line;
    tracking_facts::add_shipments(tx, one, lines);
    tracking_facts::add_milestones(tx, one, lines);
    tracking_facts::add_invoices(tx, today, one, orders);
    return all;
}

}  // namespace sales
