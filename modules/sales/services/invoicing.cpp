#include "services/invoicing.h"

#include <sales/events.h>
#include <sales/pricing.h>

#include "services/commission.h"
#include "services/cost_recognition.h"
#include "services/deferring.h"
#include "services/invoice_lines.h"
#include "services/line_price.h"
#include "services/roles.h"
#include "services/subscribing.h"

#include <algorithm>

namespace sales {

using financials::ItemKind;
using financials::ItemSide;
using financials::JournalEntry;
using financials::Ledger;
using financials::OpenItems;
using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace invoicing {

// On a note, what is written without a sign is meant as a reduction.
Quantity as_meant(const Invoice& invoice, Quantity quantity) { return invoice.kind == InvoiceKind::credit_note ? -quantity.magnitude() : quantity; }

void check_earned_days(const InvoiceLine& line) {
    if (line.earned_from.empty() && line.earned_to.empty()) return;
    if (!line.earned_from.empty() && !line.earned_to.empty() && line.earned_from <= line.earned_to) return;
    throw Refused("sales.earned_days_reversed", "To defer the revenue of a line, give the first and the last day on which it is earned, in this order.")
        .with_status(422)
        .with_field("lines");
}

void complete_charge(const Snapshot& tx, Invoice& invoice, InvoiceLine& line) {
    if (line.subscription) return follow_subscription(tx, invoice, line);
    if (line.description.empty())
        throw Refused("sales.charge_of_what", "To invoice what was not ordered, describe it.").with_status(422).with_field("lines");
    line.amount = discounted(line.quantity, line.price, line.discount, invoice.currency);
}

financials::DocumentTerms terms_of(const Snapshot& tx, const Invoice& invoice) {
    return tx.service<financials::Terms>().of(tx, tx.extension<CustomerTerms>(invoice.customer).payment_terms, invoice.customer, invoice.total, invoice.date);
}

void follow_customer(const Snapshot& tx, Invoice& invoice) {
    if (!invoice.currency.none()) return;
    const auto own   = tx.value<Currency>("SELECT currency FROM directory_party WHERE id = :customer", invoice.customer);
    invoice.currency = own && !own->none() ? *own : tx.books().currency;
}

void add_up(const Snapshot& tx, Invoice& invoice) {
    invoice.subtotal = Money{0, invoice.currency};
    for (const auto& line : invoice.lines) invoice.subtotal += line.amount;
    invoice.tax   = invoice.agreed_tax.value_or(tax_by_codes(tx, invoice));
    invoice.total = invoice.subtotal + invoice.rounding + invoice.freight + invoice.tax;
}

void check_order(const Invoice& invoice, const Order& order, const OrderLine& ordered, const InvoiceLine& line) {
    if (order.state == OrderState::draft || order.state == OrderState::held || order.state == OrderState::cancelled)
        throw Refused("sales.order_not_open", "To invoice {}, confirm it first.", order.number.empty() ? "a draft order" : order.number);
    if (order.customer != invoice.customer)
        throw Refused("sales.customer_differs", "To invoice {}, give it an invoice of its own: it is of another customer.", order.number);
    if (order.currency != invoice.currency)
        throw Refused("sales.currency_differs", "To invoice {}, make the invoice in {}; this one is in {}.", order.number, order.currency.code(), invoice.currency.code());
    if (line.milestone) return;
    if (ordered.invoicing == Invoicing::by_milestone)
        throw Refused("sales.milestone_missing", "To invoice {}, name the milestone that was reached.", name_of_line(order, ordered));
    if (line.quantity.is_negative() && ordered.invoiced + line.quantity < Quantity{})
        throw Refused("sales.credits_too_much", "To credit {} of {}, credit at most the {} that were invoiced.", -line.quantity, name_of_line(order, ordered), ordered.invoiced);
    const auto most = std::max(billable(ordered), Quantity{});
    if (line.quantity > most)
        throw Refused("sales.invoices_too_much", "To invoice {} of {}, invoice at most {}: {} have left, {} came back and {} are invoiced.", line.quantity,
                      name_of_line(order, ordered), most, ordered.shipped, ordered.returned, ordered.invoiced);
}

void reach_milestone(Transaction& tx, const Invoice& invoice, const InvoiceLine& line, const OrderLine& ordered) {
    auto milestone = tx.load(line.milestone);
    if (milestone.state == MilestoneState::invoiced)
        throw Refused("sales.milestone_is_invoiced", "To invoice {} of {}, reverse its invoice first.", milestone.title, ordered.description);
    milestone.state   = MilestoneState::invoiced;
    milestone.invoice = invoice.id;
    tx.save(milestone);
}

void bill(Transaction& tx, Invoice& invoice, OrdersAtWork& orders) {
    for (auto& line : invoice.lines) {
        if (!line.order_line) continue;
        auto [order, ordered] = orders.find(tx, line.order_line, line.sales_order);
        check_order(invoice, order, ordered, line);
        if (line.milestone)
            reach_milestone(tx, invoice, line, ordered);
        else
            ordered.invoiced += line.quantity;
        ordered.billed += line.amount;
    }
}

// In the books' currency: each part by itself, what they differ from the whole by is a rounding difference.
struct Booked {
    Money total{}, freight{}, tax{}, rounding{};
};

Booked book(const Snapshot& tx, Invoice& invoice) {
    const auto books = tx.books().currency;
    const auto rate  = invoice.currency == books ? tessera::Rate::of(1) : tx.service<directory::ExchangeRates>().rate(tx, invoice.currency, books, invoice.date);
    const auto in_books = [&](Money amount) { return invoice.currency == books ? amount : tessera::convert(amount, rate, books); };
    Booked     booked{in_books(invoice.total), in_books(invoice.freight), in_books(invoice.tax), {}};
    booked.rounding = booked.total - booked.freight - booked.tax;
    for (auto& line : invoice.lines) {
        line.book_amount = in_books(line.amount);
        booked.rounding -= line.book_amount;
    }
    return booked;
}

financials::Line receivable(const Snapshot& tx, const Invoice& invoice) {
    auto line = financials::signed_line(roles::receivable, invoice.book_total, invoice.customer);
    if (invoice.currency != tx.books().currency) {
        line.currency       = invoice.currency;
        line.foreign_amount = invoice.total;
    }
    return line;
}

JournalEntry entry_of(const Snapshot& tx, const Invoice& invoice, const Booked& booked) {
    JournalEntry entry{.date    = invoice.date,
                       .journal = "sales",
                       .memo    = (invoice.kind == InvoiceKind::invoice ? "Customer invoice " : "Credit note ") + invoice.number,
                       .source  = tx.source_of(invoice)};
    entry.lines.push_back(receivable(tx, invoice));
    for (const auto& line : invoice.lines) {
        const bool deferred = !line.earned_to.empty();
        auto       revenue  = financials::signed_line(deferred ? roles::deferred_revenue : line.account ? "" : roles::revenue, -line.book_amount);
        if (line.account && !deferred) {
            revenue.account = line.account;
            revenue.memo    = line.description;
        }
        entry.lines.push_back(std::move(revenue));
    }
    entry.lines.push_back(financials::signed_line(roles::freight_revenue, -booked.freight));
    entry.lines.push_back(financials::signed_line(roles::output_tax, -booked.tax));
    entry.lines.push_back(financials::signed_line(roles::rounding, -booked.rounding));
    return entry;
}

financials::OpenItem item_of(const Snapshot& tx, const Invoice& invoice) {
    const auto terms = terms_of(tx, invoice);
    return {.side                 = ItemSide::receivable,
            .party                = invoice.customer,
            .kind                 = invoice.total.is_negative() ? ItemKind::credit_note : ItemKind::invoice,
            .document             = invoice.number,
            .reference            = invoice.customer_reference,
            .date                 = invoice.date,
            .due_on               = invoice.due_on,
            .book_amount          = invoice.book_total,
            .currency             = invoice.currency,
            .amount               = invoice.total,
            .discount             = terms.discount,
            .discount_until       = terms.discount_until,
            .discount_grace_until = terms.discount_grace_until,
            .tolerance            = terms.tolerance,
            .source_entity        = std::string(tx.entity_name(typeid(Invoice))),
            .source_id            = invoice.id.value};
}

// A note that corrects an invoice is used against it at once; what is left of either stays open.
void settle_corrected(Transaction& tx, const Invoice& note) {
    if (!note.corrects || !note.open_item) return;
    const auto corrected = tx.load(note.corrects);
    if (!corrected.open_item || corrected.currency != note.currency || corrected.state != PostingState::posted) return;
    auto&      items  = tx.service<OpenItems>();
    const auto amount = std::min(items.item(tx, corrected.open_item).open_amount, -note.total);
    if (amount > Money{0, note.currency}) items.settle(tx, corrected.open_item, note.open_item, amount, note.date);
}

}  // namespace invoicing

void complete_invoice(Transaction& tx, Invoice& invoice) {
    if (invoice.date.empty()) invoice.date = tx.today();
    OrdersAtWork orders;
    for (auto& line : invoice.lines) {
        line.quantity = invoicing::as_meant(invoice, line.quantity.is_zero() ? Quantity::of(1) : line.quantity);
        invoicing::check_earned_days(line);
        if (line.order_line) follow_order_line(tx, invoice, line, orders);
    }
    if (!invoice.customer) return;  // refused as required
    invoicing::follow_customer(tx, invoice);
    for (auto& line : invoice.lines)
        if (!line.order_line) invoicing::complete_charge(tx, invoice, line);
    take_extras(tx, invoice, orders);
    invoicing::add_up(tx, invoice);
    if (invoice.due_on.empty()) invoice.due_on = invoicing::terms_of(tx, invoice).due_on;
}

void post_invoice(Transaction& tx, Invoice& invoice) {
    if (invoice.lines.empty()) throw Refused("sales.nothing_to_invoice", "To post an invoice, give it at least one line.");
    complete_invoice(tx, invoice);
    OrdersAtWork orders;
    invoicing::bill(tx, invoice, orders);
    invoice.number     = tx.number(invoice.kind == InvoiceKind::invoice ? "SI" : "CN", invoice.date);
    const auto booked  = invoicing::book(tx, invoice);
    invoice.book_total = booked.total;
    invoice.entry      = tx.service<Ledger>().post(tx, invoicing::entry_of(tx, invoice, booked));
    invoice.open_item  = tx.service<OpenItems>().open(tx, invoicing::item_of(tx, invoice));
    invoicing::settle_corrected(tx, invoice);
    orders.save(tx);
    recognise_cost(tx, orders, invoice.date, tx.source_of(invoice), "Cost of " + invoice.number);
    defer_revenue(tx, invoice);
    follow_commission(tx, invoice, invoice.date);
    tx.publish(InvoicePosted{invoice.id, invoice.customer, invoice.date, invoice.number, invoice.currency, invoice.total});
}

Invoice invoice_of_everything(Transaction& tx, const Order& order, Date on) {
    Invoice invoice{.customer = order.customer, .sales_order = order.id, .date = on, .currency = order.currency};
    for (const auto& line : order.lines)
        if (const auto quantity = billable(line); quantity > Quantity{})
            invoice.lines.push_back({.order_line = line.id, .sales_order = order.id, .quantity = quantity});
    for (const auto& milestone : tx.select<Milestone>("sales_order = :sales_order AND state = 'reached' ORDER BY id", order.id))
        invoice.lines.push_back({.order_line = milestone.order_line, .sales_order = order.id, .milestone = milestone.id});
    if (invoice.lines.empty())
        throw Refused("sales.nothing_to_invoice", "To invoice {}, ship something or reach a milestone first: all that may be invoiced is.", order.number);
    return invoice;
}

Invoice credit_of_returns(Transaction& tx, const Order& order, Date on) {
    Invoice note{.kind = InvoiceKind::credit_note, .customer = order.customer, .sales_order = order.id, .date = on, .currency = order.currency};
    for (const auto& line : order.lines)
        if (const auto quantity = billable(line); quantity.is_negative()) note.lines.push_back({.order_line = line.id, .sales_order = order.id, .quantity = quantity});
    if (note.lines.empty()) throw Refused("sales.nothing_to_credit", "To credit {}, take goods back first: nothing that was invoiced came back.", order.number);
    note.corrects = tx.value<Id<Invoice>>(R"sql(
        SELECT max(i.id) FROM sales_invoice i JOIN sales_invoice_line l ON l.document = i.id
         WHERE l.order_line = :line AND i.state = 'posted' AND i.kind = 'invoice')sql",
                                          note.lines.front().order_line)
                        .value_or(Id<Invoice>{});
    return note;
}

}  // namespace sales
