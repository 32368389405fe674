#pragma once
// Invoices for everything that is due of many orders.

#include <sales/records.h>

namespace sales {

// Lists what is due, one line per order, when the draft has no lines yet.
void list_what_is_due(const tessera::Snapshot& tx, InvoiceRun& run);
// One invoice per order, made and posted. Refused "sales.nothing_to_invoice".
void post_invoice_run(tessera::Transaction& tx, InvoiceRun& run);

}  // namespace sales
