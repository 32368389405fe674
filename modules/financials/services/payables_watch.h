#pragma once
// Adds up, over one command, what was posted to payables accounts and what open items changed, party by party, and
// refuses the command at its end when the two differ ("financials.subledger_differs").

#include <financials/ledger.h>

namespace financials {

void payables_posted(Transaction& tx, Id<directory::Party> party, Money amount);  // positive: debit
void payables_items_changed(Transaction& tx, Id<directory::Party> party,
                            Money change);  // in the books' currency, positive: we owe more

}  // namespace financials
