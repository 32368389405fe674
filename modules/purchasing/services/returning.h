#pragma once
// Posting a return to the supplier: exactly the goods of one receipt line leave, rejected ones from quarantine first,
// at what they cost when they came. Received-not-invoiced is debited at the order price; the difference is price
// variance.

#include <purchasing/records.h>

namespace purchasing {

// Refused purchasing.nothing_to_return, purchasing.receipt_not_posted, purchasing.returns_too_much, then the stock's
// own.
void post_return(tessera::Transaction& tx, SupplierReturn& document);
// Refused purchasing.return_is_debited while a debit note for it stands.
void reverse_return(tessera::Transaction& tx, SupplierReturn& document, Date on, const std::string& reason);
// The debit note over what was returned and had been invoiced, not yet inserted. Refused purchasing.nothing_to_debit.
VendorInvoice debit_note_for(tessera::Transaction& tx, const SupplierReturn& document, Date on);

}  // namespace purchasing
