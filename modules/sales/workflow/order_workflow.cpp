// A sales order:
//
//     draft --confirm--> confirmed --(shipments)--> part_shipped --> shipped --(all invoiced)--> closed
//        |        `----> held --release--^              `---------close (reason)--------'--> closed --reopen--> …
//        `------cancel------'
//
// It is held when it goes beyond the customer's credit. A line is open until it has been shipped, or as much of it as the customer's
// terms call enough. A person closes what will not be shipped any more.
#include <sales/events.h>

#include "declare.h"
#include "services/credit.h"
#include "services/invoicing.h"
#include "services/orders_at_work.h"
#include "services/promising.h"
#include "services/shipping.h"
#include "workflow/inputs.h"

#include <algorithm>

namespace sales {

using tessera::Refused;
using tessera::Transaction;

namespace order_workflow {

void take_on(Transaction& tx, Order& order) {
    promise_days(tx, order);
    for (auto& line : order.lines) line.open = true;
    order.state        = OrderState::confirmed;
    order.confirmed_on = tx.today();
    order.hold_reason.clear();
    tx.publish(OrderConfirmed{order.id, order.customer, order.date, order.number, order.contact, order.currency, order.total});
}

void confirm(Transaction& tx, Order& order) {
    if (order.lines.empty()) throw Refused("sales.nothing_to_sell", "To confirm a sales order, give it at least one line.");
    order.number      = tx.number("SO", order.date);
    order.hold_reason = credit_objection(tx, order);
    if (order.hold_reason.empty()) return take_on(tx, order);
    order.state = OrderState::held;
}

void release(Transaction& tx, Order& order, const Because& because) {
    tx.because(because.reason);
    take_on(tx, order);
}

void refuse_when_begun(const Order& order) {
    for (const auto& line : order.lines)
        if (!line.shipped.is_zero() || !line.invoiced.is_zero() || !line.billed.is_zero())
            throw Refused("sales.order_is_begun", "To cancel {}, close it instead: {} of it were shipped and {} invoiced.", order.number, line.shipped, line.invoiced);
}

void end(Transaction& tx, Order& order, const std::string& reason) {
    for (auto& line : order.lines) line.open = false;
    order.closing_reason = reason;
    order.closed_on      = tx.today();
    tx.because(reason);
}

void cancel(Transaction& tx, Order& order, const Because& because) {
    refuse_when_begun(order);
    end(tx, order, because.reason);
}

void close(Transaction& tx, Order& order, const Because& because) { end(tx, order, because.reason); }

void reopen(Transaction& tx, Order& order) {
    order.closing_reason.clear();
    for (auto& line : order.lines) line.open = line.shipped < line.quantity;
    order.state = OrderState::confirmed;
    follow_lines(tx, order);
}

void ship_all(Transaction& tx, Order& order, const OnDay& on) {
    const auto shipment = tx.insert(shipment_of_everything(order, on.date));
    tx.transition(shipment, "ship");
}

// The invoice is left as a draft, to be looked at before the customer gets it.
void invoice_all(Transaction& tx, Order& order, const OnDay& on) { tx.insert(invoice_of_everything(tx, order, on.date)); }
void credit_all(Transaction& tx, Order& order, const OnDay& on) { tx.insert(credit_of_returns(tx, order, on.date)); }

}  // namespace order_workflow

void declare_order_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum OrderState;
    kernel.workflow(&Order::state)
        .transition("confirm", {draft}, decided_by_action, needs("sales.confirm"), approves, explained("Gives it a number and promises days; waits when it goes beyond the customer's credit"), order_workflow::confirm)
        .transition("release", {held}, decided_by_action, needs("sales.release_credit"), explained("Lets it go although it goes beyond the customer's credit"), order_workflow::release)
        .transition("ship_all", {confirmed, part_shipped}, decided_by_action, needs("sales.ship"), called("Ship everything"), explained("Ships all that is outstanding"), order_workflow::ship_all)
        .transition("invoice_all", {confirmed, part_shipped, shipped, closed}, decided_by_action, needs("sales.invoice"), called("Invoice"), explained("Makes a draft invoice for all that may be invoiced"), order_workflow::invoice_all)
        .transition("credit_all", {confirmed, part_shipped, shipped, closed}, decided_by_action, needs("sales.invoice"), called("Credit returns"), explained("Makes a draft credit note for what was invoiced and came back"), order_workflow::credit_all)
        .transition("close", {confirmed, part_shipped, shipped}, closed, needs("sales.close"), explained("Nothing more is to be shipped"), order_workflow::close)
        .transition("reopen", {closed}, decided_by_action, needs("sales.close"), order_workflow::reopen)
        .transition("cancel", {draft, held, confirmed}, cancelled, needs("sales.close"), destructive, order_workflow::cancel);
}

}  // namespace sales
