#pragma once
// The pure part of posting: lines whose accounts are known become the lines of the entry.

#include <financials/ledger.h>

namespace financials {

// Nets lines that are alike in account, party, memo and currency, in order of their first appearance; what nets to zero
// is dropped. `accounts` names the account of each line.
std::vector<PostedLine> merged(const std::vector<Line>& lines, const std::vector<Id<Account>>& accounts, Date date,
                               Currency books);

// What an entry adds to the kept balances: one turnover per account, in the order of accounts, because upserts in one
// order never deadlock.
struct Turnover {
    Id<Account> account{};
    Money       debit{};
    Money       credit{};
};
std::vector<Turnover> turnover_of(const std::vector<PostedLine>& lines);

Money sum_of(const std::vector<PostedLine>& lines);

}  // namespace financials
