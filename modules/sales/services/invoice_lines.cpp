#include "services/invoice_lines.h"

#include <sales/pricing.h>

#include <algorithm>

namespace sales {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace invoice_lines {

bool as_ordered(const InvoiceLine& line, const OrderLine& ordered) { return line.price == ordered.price && line.discount == ordered.discount; }

Percent invoiced_share(const Transaction& tx, Id<OrderLine> line) {
    return tx.value<Percent>("SELECT sum(share) FROM sales_milestone WHERE order_line = :line AND state = 'invoiced'", line).value_or(Percent{});
}

// Of milestones, up to this one: so that all of them come to the whole amount.
Money amount_of_milestone(const Transaction& tx, const Milestone& milestone, const OrderLine& ordered) {
    return tessera::percent_of(ordered.amount, invoiced_share(tx, ordered.id) + milestone.share) - ordered.billed;
}

void follow_milestone(const Transaction& tx, InvoiceLine& line, const OrderLine& ordered) {
    const auto milestone = tx.load(line.milestone);
    if (milestone.order_line != ordered.id)
        throw Refused("sales.milestone_of_other", "To invoice {}, name the order line it belongs to.", milestone.title).with_status(422).with_field("lines");
    line.quantity    = Quantity::raw(tessera::divide(tessera::Wide{ordered.quantity.raw()} * milestone.share.raw(), tessera::Wide{100} * tessera::power_of_ten(6)));
    line.description = milestone.title;
    line.amount      = amount_of_milestone(tx, milestone, ordered);
}

// What the order's lines on this invoice come to.
Money billed_here(const Invoice& invoice, Id<Order> order) {
    Money sum{0, invoice.currency};
    for (const auto& line : invoice.lines)
        if (line.order_line && line.sales_order == order) sum += line.amount;
    return sum;
}

Money share_here(const Invoice& invoice, const Order& order, Money extra) {
    const auto here = billed_here(invoice, order.id);
    return share_of_extra(order, extra, order.billed + here) - share_of_extra(order, extra, order.billed);
}

}  // namespace invoice_lines

void follow_order_line(Transaction& tx, Invoice& invoice, InvoiceLine& line, OrdersAtWork& orders) {
    const auto place = orders.find_if_any(tx, line.order_line, line.sales_order);
    if (!place) return;  // refused as a broken reference
    const auto& [order, ordered] = *place;
    line.sales_order             = order.id;
    line.product                 = ordered.product;
    if (line.description.empty()) line.description = ordered.description;
    if (!invoice.customer) invoice.customer = order.customer;
    if (invoice.currency.none()) invoice.currency = order.currency;
    if (!invoice.sales_order) invoice.sales_order = order.id;
    if (invoice.customer_reference.empty()) invoice.customer_reference = order.customer_reference;
    if (line.price.is_zero()) {
        line.price    = ordered.price;
        line.discount = ordered.discount;
    }
    if (!line.tax_code) line.tax_code = ordered.tax_code;
    if (line.milestone) return invoice_lines::follow_milestone(tx, line, ordered);
    line.amount = invoice_lines::as_ordered(line, ordered) && ordered.invoicing != Invoicing::by_milestone
                      ? share_of_line(ordered, ordered.invoiced + line.quantity) - share_of_line(ordered, ordered.invoiced)
                      : discounted(line.quantity, line.price, line.discount, invoice.currency);
}

void take_extras(Transaction& tx, Invoice& invoice, OrdersAtWork& orders) {
    std::vector<Id<Order>> seen;
    invoice.freight = invoice.rounding = Money{0, invoice.currency};
    invoice.agreed_tax.reset();
    for (const auto& line : invoice.lines) {
        if (!line.sales_order || std::ranges::find(seen, line.sales_order) != seen.end()) continue;
        seen.push_back(line.sales_order);
        const auto& order = orders.order(tx, line.sales_order);
        invoice.freight += invoice_lines::share_here(invoice, order, order.freight);
        invoice.rounding += invoice_lines::share_here(invoice, order, order.rounding);
        if (order.agreed_tax)
            invoice.agreed_tax = invoice.agreed_tax.value_or(Money{0, invoice.currency}) + invoice_lines::share_here(invoice, order, *order.agreed_tax);
    }
}

Money tax_by_codes(const Snapshot& tx, const Invoice& invoice) {
    std::vector<financials::TaxBase> bases;
    for (const auto& line : invoice.lines)
        if (line.tax_code) bases.push_back({line.amount, line.tax_code});
    Money sum{0, invoice.currency};
    if (bases.empty()) return sum;
    for (const auto& tax : tx.service<financials::Taxes>().of(tx, bases, financials::TaxRounding::sum_of_rounded_lines, invoice.date)) sum += tax.tax;
    return sum;
}

}  // namespace sales
