// What sales does with a customer comes on its timeline: quotations, orders, deliveries, returns, invoices.
#include <crm/timeline.h>
#include <sales/events.h>

#include "declare.h"

namespace crm {

namespace sales_on_timeline {

struct Told {
    Id<Party>   party{};
    Date        day{};
    const char* kind      = "";
    Direction   direction = Direction::outbound;
    std::string subject{};
};

template <class Document>
void add(Transaction& tx, Id<Document> document, Told told, Id<Contact> contact = {}) {
    tx.service<Timeline>().add(tx, {.party         = told.party,
                                    .contact       = contact,
                                    .day           = told.day,
                                    .kind          = told.kind,
                                    .direction     = told.direction,
                                    .subject       = std::move(told.subject),
                                    .source_entity = std::string(tx.entity_name(typeid(Document))),
                                    .source_id     = document.value});
}

void quoted(Transaction& tx, const sales::QuotationSent& event) {
    const auto revision = event.revision > 1 ? fmt::format(", revision {}", event.revision) : std::string{};
    const auto subject  = fmt::format("Quotation {}{}: {} {}", event.number, revision, event.total, event.currency.code());
    add(tx, event.quotation, {event.customer, event.date, "quote", Direction::outbound, subject}, event.contact);
}

void ordered(Transaction& tx, const sales::OrderConfirmed& event) {
    const auto subject = fmt::format("Sales order {}: {} {}", event.number, event.total, event.currency.code());
    add(tx, event.order, {event.customer, event.date, "order", Direction::inbound, subject}, event.contact);
}

void shipped(Transaction& tx, const sales::GoodsShipped& event) {
    add(tx, event.shipment, {event.customer, event.date, "delivery", Direction::outbound, "Shipment " + event.number});
}

void returned(Transaction& tx, const sales::GoodsReturned& event) {
    add(tx, event.customer_return, {event.customer, event.date, "return", Direction::inbound, "Customer return " + event.number});
}

void invoiced(Transaction& tx, const sales::InvoicePosted& event) {
    const bool note    = event.total.is_negative();
    const auto subject = fmt::format("{} {}: {} {}", note ? "Credit note" : "Invoice", event.number, event.total, event.currency.code());
    add(tx, event.invoice, {event.customer, event.date, note ? "credit_note" : "invoice", Direction::outbound, subject});
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
