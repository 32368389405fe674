// A quotation:
//
//     draft --send--> sent --accept--> accepted (a sales order)
//                       |--decline (reason)--> declined
//                       |--(its last day has passed)--> expired
//                       `--revise--> superseded, with a draft of the next revision under the same number
#include <sales/events.h>

#include "declare.h"
#include "workflow/inputs.h"

namespace sales {

using tessera::Refused;
using tessera::Transaction;

namespace quotation_workflow {

void send(Transaction& tx, Quotation& quotation) {
    if (quotation.lines.empty()) throw Refused("sales.nothing_to_sell", "To send a quotation, give it at least one line.");
    if (quotation.number.empty()) quotation.number = tx.number("SQ", quotation.date);
    tx.publish(QuotationSent{quotation.id, quotation.customer, quotation.date, quotation.number, quotation.revision, quotation.contact, quotation.currency, quotation.total});
}

Order order_of(const Transaction& tx, const Quotation& quotation) {
    Order order{.customer           = quotation.customer,
                .contact            = quotation.contact,
                .date               = tx.today(),
                .customer_reference = quotation.customer_reference,
                .quotation          = quotation.id,
                .sales_person       = quotation.sales_person,
                .currency           = quotation.currency};
    for (const auto& line : quotation.lines) {
        if (line.optional) continue;
        const auto reason = line.price_reason.empty() ? fmt::format("As quoted in {}", quotation.number) : line.price_reason;
        order.lines.push_back({.product      = line.product,
                               .description  = line.description,
                               .quantity     = line.quantity,
                               .unit         = line.unit,
                               .price        = line.price,
                               .discount     = line.discount,
                               .offer        = line.offer,
                               .price_reason = reason});
    }
    return order;
}

void accept(Transaction& tx, Quotation& quotation) {
    if (!quotation.valid_until.empty() && quotation.valid_until < tx.today())
        throw Refused("sales.quotation_expired", "To accept {}, revise it: it was valid until {}.", quotation.number, quotation.valid_until);
    quotation.sales_order = tx.insert(order_of(tx, quotation));
}

void decline(Transaction& tx, Quotation& quotation, const Because& because) {
    quotation.reason = because.reason;
    tx.because(because.reason);
}

void revise(Transaction& tx, Quotation& quotation, const Because& because) {
    quotation.reason = because.reason;
    tx.because(because.reason);
    auto next        = quotation;
    next.id          = {};
    next.revises     = quotation.id;
    next.revision    = quotation.revision + 1;
    next.state       = QuotationState::draft;
    next.date        = tx.today();
    next.valid_until = {};
    next.reason.clear();
    for (auto& line : next.lines) {
        line.id       = {};
        line.document = {};
    }
    tx.insert(next);
}

}  // namespace quotation_workflow

void declare_quotation_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum QuotationState;
    kernel.workflow(&Quotation::state)
        .transition("send", draft, sent, needs("sales.edit"), explained("Gives it a number; the customer has it"), quotation_workflow::send)
        .transition("accept", sent, accepted, needs("sales.edit"), explained("Makes a draft sales order of it"), quotation_workflow::accept)
        .transition("decline", sent, declined, needs("sales.edit"), quotation_workflow::decline)
        .transition("revise", {sent, declined, expired}, superseded, needs("sales.edit"), explained("Makes a draft of the next revision"), quotation_workflow::revise);
}

}  // namespace sales
