#pragma once
// The pure part of posting: lines whose accounts are known become the lines of the entry.

#include <financials/ledger.h>

namespace financials {

// Nets lines that are alike in account, party, memo and currency, in order of their first appearance; what nets to zero
// is dropped. `accounts` names the account of each line.
std::vector<PostedLine> merged(const std::vector<Line>& lines, const std::vector<Id<Account>>& accounts, Date date,
                               Currency books);

Money sum_of(const std::vector<PostedLine>& lines);

}  // namespace financials
