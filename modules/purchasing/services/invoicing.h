#pragma once
// Posting a vendor invoice, credit note or debit note: one journal entry, one open item, allocations to the receipts
// it pays for, and holds for what does not agree. Received-not-invoiced is cleared at order price, also for goods that
// have not come yet. A price that differs goes to the goods it belongs to (stock and issues), for goods not received
// and for rejected ones to price variance, where it stays.

#include <purchasing/records.h>

namespace purchasing {

// Refused, in this order: purchasing.nothing_to_invoice, purchasing.supplier_number_missing, purchasing.total_differs,
// purchasing.order_not_approved, purchasing.supplier_differs, purchasing.currency_differs,
// purchasing.credits_too_much, then what the stock and the ledger refuse.
void post_invoice(tessera::Transaction& tx, VendorInvoice& invoice);
// Undoes all of it on a day. Refused purchasing.invoice_is_paid, purchasing.charge_is_distributed.
void reverse_invoice(tessera::Transaction& tx, VendorInvoice& invoice, Date on, const std::string& reason);
// A draft over what was accepted and not invoiced, not yet inserted. Refused purchasing.nothing_to_invoice.
VendorInvoice invoice_of_everything(tessera::Transaction& tx, const Order& order, Date on,
                                    const std::string& supplier_number);

}  // namespace purchasing
