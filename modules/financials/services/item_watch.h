#pragma once
// Adds up, over one command, what was posted to payables and receivables accounts and what open items changed, side by
// side and party by party, and refuses the command at its end when the two differ ("financials.subledger_differs").

#include <financials/open_items.h>

namespace financials {

void control_posted(Transaction& tx, ItemSide side, Id<directory::Party> party, Money amount);  // positive: debit
// In the currency of the books, positive in the direction of the side.
void items_changed(Transaction& tx, ItemSide side, Id<directory::Party> party, Money change);

}  // namespace financials
