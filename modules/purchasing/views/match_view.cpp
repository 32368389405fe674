// GET …/orders/<id>/match, …/vendor_invoices/<id>/match and …/vendor_invoices/<id>/explanation: the three quantities
// side by side, what is held, and why.
#include <purchasing/matching.h>

#include <tessera/kernel.h>

#include "declare.h"
#include "services/matching_service.h"
#include "services/orders_at_work.h"
#include "views/match_schema.h"

#include <algorithm>

namespace purchasing {

using tessera::JsonWriter;
using tessera::Snapshot;

namespace match_view {

struct Billed {  // of one order line, by all posted invoices
    Id<OrderLine> order_line{};
    Quantity      quantity{};
    std::int64_t  amount = 0;  // minor units of the order's currency
};

void reference(JsonWriter& json, std::string_view key, const Snapshot& tx, std::string_view entity, std::int64_t id) {
    json.key(key);
    if (!id) return json.null();
    json.begin_object();
    json.member("id", id);
    json.member("label", tx.label_of(entity, id));
    json.end_object();
}

template <class Fixed>
void decimal(JsonWriter& json, std::string_view key, Fixed value) {
    json.key(key).decimal(value.raw(), Fixed::decimals, 0);
}
void money(JsonWriter& json, std::string_view key, Money amount) {
    json.key(key).decimal(amount.minor(), amount.currency().decimals(), amount.currency().decimals());
}

std::vector<Billed> billed(const Snapshot& tx, const Order& order) {
    return tx.rows<Billed>(R"sql(
        SELECT l.order_line, sum(CASE WHEN l.kind = 'goods' THEN l.quantity ELSE 0 END), sum(l.amount)
          FROM purchasing_vendor_invoice_line l JOIN purchasing_vendor_invoice d ON d.id = l.document
         WHERE l.purchase_order = :purchase_order AND d.state = 'posted' GROUP BY l.order_line)sql",
                           order.id);
}

struct Standing {
    std::string_view status{};
    std::string      explanation{};
};

Standing standing_of(const OrderLine& line, const std::vector<MatchHold>& holds) {
    const auto held =
        std::ranges::find_if(holds, [&](const MatchHold& h) { return h.order_line == line.id && h.blocking; });
    if (held != holds.end()) return {"held", held->clears_when};
    const auto warned = std::ranges::find_if(holds, [&](const MatchHold& h) { return h.order_line == line.id; });
    if (warned != holds.end()) return {"warn", warned->clears_when};
    const auto accepted = line.accepted();
    if (line.invoiced < line.quantity && line.invoiced >= accepted)
        return {"open", accepted < line.quantity
                            ? fmt::format("{} of {} are still to come.", line.quantity - accepted, line.quantity)
                            : std::string("Everything came.")};
    if (line.invoiced < accepted)
        return {"open", fmt::format("{} accepted are not invoiced yet.", accepted - line.invoiced)};
    return {"ok", "What was ordered, accepted and invoiced agrees."};
}

void write_line(JsonWriter& json, const Snapshot& tx, const Order& order, std::size_t at,
                const std::vector<Billed>& billed, const std::vector<MatchHold>& holds) {
    const auto& line     = order.lines[at];
    const auto  found    = std::ranges::find(billed, line.id, &Billed::order_line);
    const auto  invoiced = found == billed.end() ? Money{0, order.currency} : Money{found->amount, order.currency};
    const auto  standing = standing_of(line, holds);
    json.begin_object();
    json.member("order_line", line.id.value);
    json.member("line_number", static_cast<std::int64_t>(at + 1));
    reference(json, "product", tx, tx.entity_name(typeid(catalog::Product)), line.product.value);
    json.member("description", line.description);
    decimal(json, "ordered", line.quantity);
    decimal(json, "received", line.received);
    decimal(json, "rejected", line.rejected);
    decimal(json, "returned", line.returned);
    decimal(json, "accepted", line.accepted());
    decimal(json, "invoiced", line.invoiced);
    decimal(json, "price", line.price);
    json.key("invoice_price");
    if (line.invoiced.is_zero())
        json.null();
    else
        json.decimal(tessera::unit_price(invoiced, line.invoiced).raw(), UnitPrice::decimals, 0);
    money(json, "ordered_value", line.amount);
    money(json, "received_value", tessera::extend(line.kept(), line.price, order.currency));
    money(json, "invoiced_value", invoiced);
    json.member("status", standing.status);
    json.member("explanation", standing.explanation);
    json.end_object();
}

void write_holds(JsonWriter& json, const Snapshot& tx, const std::vector<MatchHold>& holds) {
    json.key("holds");
    json.begin_array();
    for (const auto& hold : holds) {
        json.begin_object();
        json.member("id", hold.id.value);
        reference(json, "invoice", tx, tx.entity_name(typeid(VendorInvoice)), hold.invoice.value);
        json.member("order_line", hold.order_line.value);
        json.member("reason", tessera::name_of(hold.reason));
        json.member("blocking", hold.blocking);
        money(json, "amount", hold.amount);
        json.member("since", hold.since.str());
        json.member("clears_when", hold.clears_when);
        json.end_object();
    }
    json.end_array();
}

void write_order(JsonWriter& json, const Snapshot& tx, const Order& order, const std::vector<MatchHold>& holds) {
    json.key("order");
    json.begin_object();
    json.member("id", order.id.value);
    json.member("number", order.number);
    json.member("state", tessera::name_of(order.state));
    json.end_object();
    json.member("currency", order.currency.code());
    json.key("lines");
    json.begin_array();
    const auto all = billed(tx, order);
    for (std::size_t at = 0; at < order.lines.size(); ++at) write_line(json, tx, order, at, all, holds);
    json.end_array();
}

void write_match_of_order(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto order = tx.load(Id<Order>{id});
    const auto holds =
        tx.select<MatchHold>("purchase_order = :purchase_order AND state = 'held' ORDER BY id", order.id);
    json.begin_object();
    write_order(json, tx, order, holds);
    write_holds(json, tx, holds);
    json.end_object();
}

void write_explanation(JsonWriter& json, const Snapshot& tx, const VendorInvoice& invoice) {
    json.key("invoice");
    json.begin_object();
    json.member("id", invoice.id.value);
    json.member("label", invoice.number);
    json.end_object();
    money(json, "total", invoice.total);
    money(json, "held", Money{invoice.held.minor(), invoice.currency});
    json.member("explanation", tx.service<Matching>().explain(tx, invoice.id));
}

void write_match_of_invoice(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto invoice = tx.load(Id<VendorInvoice>{id});
    json.begin_object();
    write_explanation(json, tx, invoice);
    json.key("orders");
    json.begin_array();
    for (const auto order_id : tx.rows<Id<Order>>(R"sql(
             SELECT DISTINCT purchase_order FROM purchasing_vendor_invoice_line WHERE document = :invoice
                    AND purchase_order IS NOT NULL ORDER BY purchase_order)sql",
                                                  invoice.id)) {
        const auto order = tx.load(order_id);
        json.begin_object();
        write_order(json, tx, order,
                    tx.select<MatchHold>("purchase_order = :purchase_order AND state = 'held' ORDER BY id", order_id));
        json.end_object();
    }
    json.end_array();
    write_holds(json, tx, tx.select<MatchHold>("invoice = :invoice AND state = 'held' ORDER BY id", invoice.id));
    json.end_object();
}

void write_explanation_of_invoice(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    json.begin_object();
    write_explanation(json, tx, tx.load(Id<VendorInvoice>{id}));
    json.end_object();
}

}  // namespace match_view

void declare_match_views(tessera::Kernel& kernel) {
    kernel.record_view("purchasing.order", "match",
                       {"What was ordered, what came and what was invoiced, line by line, and what is held", schema_of_order_match()},
                       match_view::write_match_of_order);
    kernel.record_view("purchasing.vendor_invoice", "match",
                       {"The match of every order the invoice is about, and what of it is held", schema_of_invoice_match()},
                       match_view::write_match_of_invoice);
    kernel.record_view("purchasing.vendor_invoice", "explanation",
                       {"Why the invoice is paid or held, in a sentence", schema_of_explanation()},
                       match_view::write_explanation_of_invoice);
}

}  // namespace purchasing
