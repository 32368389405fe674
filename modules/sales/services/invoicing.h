#pragma once
// What customers are asked for: revenue, output tax and the receivable are posted, the order lines know what is billed.

#include <sales/records.h>

namespace sales {

// Completes a draft from its order lines and adds it up; called when it is saved and again when it is posted.
void    complete_invoice(tessera::Transaction& tx, Invoice& invoice);
// Refused sales.nothing_to_invoice, sales.invoices_too_much, sales.credits_too_much, sales.order_not_open, sales.customer_differs.
void    post_invoice(tessera::Transaction& tx, Invoice& invoice);
// Refused sales.invoice_is_paid.
void    reverse_invoice(tessera::Transaction& tx, Invoice& invoice, Date on, const std::string& reason);
// Drafts of all that an order may be invoiced for, and of what was invoiced and came back. Refused sales.nothing_to_invoice,
// sales.nothing_to_credit.
Invoice invoice_of_everything(tessera::Transaction& tx, const Order& order, Date on);
Invoice credit_of_returns(tessera::Transaction& tx, const Order& order, Date on);

}  // namespace sales
