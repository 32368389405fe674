// What sales does with a customer comes on its timeline: quotations, orders, deliveries, returns, invoices.
#include <crm/timeline.h>
#include <sales/events.h>

#include "declare.h"

namespace crm {

namespace sales_on_timeline {

template <class Document>
void add(Transaction& tx, const Document& document, Id<Party> customer, Date day, const char* kind, Direction direction, std::string subject, Id<Contact> contact = {}) {
    const auto source = tx.source_of(document);
    tx.service<Timeline>().add(tx, {.party         = customer,
                                    .contact       = contact,
                                    .day           = day,
                                    .kind          = kind,
                                    .direction     = direction,
                                    .subject       = std::move(subject),
                                    .source_entity = source.entity,
                                    .source_id     = source.id});
}

void quoted(Transaction& tx, const sales::QuotationSent& event) {
    const auto quotation = tx.load(event.quotation);
    const auto revision  = quotation.revision > 1 ? fmt::format(", revision {}", quotation.revision) : std::string{};
    add(tx, quotation, event.customer, event.date, "quote", Direction::outbound,
        fmt::format("Quotation {}{}: {} {}", quotation.number, revision, quotation.total, quotation.currency.code()), quotation.contact);
}

void ordered(Transaction& tx, const sales::OrderConfirmed& event) {
    const auto order = tx.load(event.order);
    add(tx, order, event.customer, event.date, "order", Direction::inbound, fmt::format("Sales order {}: {} {}", order.number, order.total, order.currency.code()), order.contact);
}

void shipped(Transaction& tx, const sales::GoodsShipped& event) {
    const auto shipment = tx.load(event.shipment);
    add(tx, shipment, event.customer, event.date, "delivery", Direction::outbound, "Shipment " + shipment.number);
}

void returned(Transaction& tx, const sales::GoodsReturned& event) {
    const auto document = tx.load(event.customer_return);
    add(tx, document, event.customer, event.date, "return", Direction::inbound, "Customer return " + document.number);
}

void invoiced(Transaction& tx, const sales::InvoicePosted& event) {
    const auto invoice = tx.load(event.invoice);
    const auto note    = invoice.kind == sales::InvoiceKind::credit_note;
    add(tx, invoice, event.customer, event.date, note ? "credit_note" : "invoice", Direction::outbound,
        fmt::format("{} {}: {} {}", note ? "Credit note" : "Invoice", invoice.number, event.total, event.currency.code()));
}

}  // namespace sales_on_timeline

void declare_sales_on_timeline(tessera::Kernel& kernel) {
    kernel.contribute(TouchpointKind{"return", "Goods returned"});
    kernel.contribute(TouchpointKind{"credit_note", "Credit note"});
    kernel.on(sales_on_timeline::quoted);
    kernel.on(sales_on_timeline::ordered);
    kernel.on(sales_on_timeline::shipped);
    kernel.on(sales_on_timeline::returned);
    kernel.on(sales_on_timeline::invoiced);
}

}  // namespace crm
