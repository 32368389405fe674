#include "services/invoice_run.h"

#include "services/to_be_invoiced.h"

#include <algorithm>
#include <map>

namespace sales {

using tessera::Refused;
using tessera::Snapshot;
using tessera::Transaction;

namespace invoice_run {

struct DueOrder {
    std::int64_t     customer = 0;
    Money            amount{};
    std::vector<Due> lines{};
};
using DueOrders = std::map<std::int64_t, DueOrder>;

// What is to be credited is not set off: a credit note is written by somebody who has looked at it.
DueOrders due_orders(const Snapshot& tx, const InvoiceRun& run) {
    DueOrders orders;
    each_due(tx, run.up_to, run.customer, [&](const Due& due) {
        if (due.amount.is_negative() || due.quantity.is_negative()) return;
        auto& order    = orders[due.order];
        order.customer = due.customer;
        order.amount += due.amount;
        order.lines.push_back(due);
    });
    return orders;
}

Invoice invoice_of(const InvoiceRun& run, std::int64_t order, const DueOrder& due) {
    Invoice invoice{.customer = Id<directory::Party>{due.customer}, .sales_order = Id<Order>{order}, .date = run.date, .currency = due.amount.currency()};
    for (const auto& one : due.lines)
        invoice.lines.push_back({.order_line = Id<OrderLine>{one.line}, .sales_order = Id<Order>{order}, .milestone = one.milestone, .quantity = one.quantity});
    return invoice;
}

}  // namespace invoice_run

void list_what_is_due(const Snapshot& tx, InvoiceRun& run) {
    if (!run.lines.empty()) return;
    for (const auto& [order, due] : invoice_run::due_orders(tx, run))
        run.lines.push_back({.sales_order = Id<Order>{order}, .customer = Id<directory::Party>{due.customer}, .currency = due.amount.currency(), .amount = due.amount});
}

void post_invoice_run(Transaction& tx, InvoiceRun& run) {
    const auto orders = invoice_run::due_orders(tx, run);
    run.number        = tx.number("IR", run.date);
    for (auto& line : run.lines) {
        const auto due = orders.find(line.sales_order.value);
        if (due == orders.end())
            throw Refused("sales.nothing_to_invoice", "To post {}, leave out {}: nothing of it is due any more.", run.number, tx.label_of(line.sales_order));
        line.invoice = tx.insert(invoice_run::invoice_of(run, due->first, due->second));
        tx.transition(line.invoice, "post");
        line.amount = due->second.amount;
    }
    if (run.lines.empty()) throw Refused("sales.nothing_to_invoice", "To post an invoice run, choose a later day: nothing was due on {}.", run.up_to);
}

}  // namespace sales
