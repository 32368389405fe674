// A purchase order:
//
//     draft --approve--> approved --(receipts)--> part_received --> received --(fully invoiced, nothing held)--> closed
//       `------cancel-------'                         `----------close (reason)----------'--> closed --reopen--> …
//
// Receipts move it to part received and received; it closes by itself when all that was ordered came, was accepted and
// is invoiced. A person closes what will not come any more, and an order that was refused.
#include <purchasing/events.h>

#include "declare.h"
#include "services/invoicing.h"
#include "services/orders_at_work.h"
#include "services/receiving.h"
#include "services/tolerance.h"
#include "workflow/inputs.h"

#include <algorithm>

namespace purchasing {

using tessera::Refused;
using tessera::Transaction;

namespace order_workflow {

std::vector<Tolerance> tolerances(const Transaction& tx) {
    return tx.rows<Tolerance>(R"sql(
        SELECT id, scope, supplier, category, product, kind, lower_percent, lower_absolute, below,
               upper_percent, upper_absolute, above, valid_from, valid_to
          FROM purchasing_tolerance WHERE kind <> 'total' ORDER BY id)sql");
}

std::vector<Id<catalog::Category>> categories_of(const Transaction& tx, Id<catalog::Product> product) {
    std::vector<Id<catalog::Category>> chain;
    auto                               category =
        tx.value<Id<catalog::Category>>("SELECT category FROM catalog_product WHERE id = :product", product);
    while (category && *category && std::ranges::find(chain, *category) == chain.end()) {
        chain.push_back(*category);
        category =
            tx.value<Id<catalog::Category>>("SELECT parent FROM catalog_category WHERE id = :category", *category);
    }
    return chain;
}

// Later changes of the set-up do not judge this order anew.
void keep_policies(const Transaction& tx, Order& order) {
    const auto all = tolerances(tx);
    const bool by_category =
        std::ranges::any_of(all, [](const Tolerance& t) { return t.scope == ToleranceScope::category; });
    for (auto& line : order.lines) {
        const auto categories = by_category ? categories_of(tx, line.product) : std::vector<Id<catalog::Category>>{};
        line.match_policy     = text_of(resolve(
                all, {.product = line.product, .categories = categories, .supplier = order.supplier, .on = order.date}));
    }
}

void approve(Transaction& tx, Order& order) {
    if (order.lines.empty())
        throw Refused("purchasing.nothing_to_order", "To approve a purchase order, give it at least one line.");
    order.number = tx.number("PO", order.date);
    keep_policies(tx, order);
    tx.publish(OrderApproved{order.id, order.supplier, order.date});
}

void refuse_when_begun(const Order& order, std::string_view verb) {
    for (const auto& line : order.lines)
        if (!line.received.is_zero() || !line.invoiced.is_zero())
            throw Refused("purchasing.order_is_begun",
                          "To {} {}, close it instead: {} of it were received and {} invoiced.", verb, order.number,
                          line.received, line.invoiced);
}

void cancel(Transaction& tx, Order& order, const Because& because) {
    refuse_when_begun(order, "cancel");
    order.closing_reason = because.reason;
    order.closed_on      = tx.today();
    tx.because(because.reason);
}

void close(Transaction& tx, Order& order, const Because& because) {
    order.closing_reason = because.reason;
    order.closed_on      = tx.today();
    tx.because(because.reason);
}

void reopen(Transaction&, Order& order) {
    order.closing_reason.clear();
    order.closed_on = {};
    order.state     = state_by_quantities(order);
}

void receive_all(Transaction& tx, Order& order, const OnDay& on) {
    const auto receipt = tx.insert(receipt_of_everything(tx, order, on.date));
    tx.transition(receipt, "post");
}

// The invoice is left as a draft, to be compared with the paper.
void invoice_all(Transaction& tx, Order& order, const Billed& billed) {
    tx.insert(invoice_of_everything(tx, order, billed.date, billed.supplier_number));
}

}  // namespace order_workflow

void declare_order_workflow(tessera::Kernel& kernel) {
    using namespace tessera;
    using enum OrderState;
    kernel.workflow(&Order::state)
        .transition("approve", draft, approved, needs("purchasing.approve"), approves,
                    explained("Gives it a number and fixes its tolerances"), order_workflow::approve)
        .transition("receive_all", {approved, part_received}, decided_by_action, needs("purchasing.receive"),
                    called("Receive everything"), explained("Posts a goods receipt for all that is outstanding"),
                    order_workflow::receive_all)
        .transition("invoice_all", {approved, part_received, received}, decided_by_action, needs("purchasing.invoice"),
                    called("Enter invoice"),
                    explained("Makes a draft invoice for what was accepted and is not invoiced"),
                    order_workflow::invoice_all)
        .transition("close", {approved, part_received, received}, closed, needs("purchasing.close"),
                    explained("Nothing more is expected"), order_workflow::close)
        .transition("reopen", {closed}, decided_by_action, needs("purchasing.close"), order_workflow::reopen)
        .transition("cancel", {draft, approved}, cancelled, needs("purchasing.approve"), destructive,
                    order_workflow::cancel);
}

}  // namespace purchasing
