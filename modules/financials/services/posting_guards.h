#pragma once
// What an entry must satisfy before it is posted, one refusal each, in the order in which Ledger::post names them.

#include "services/setup.h"

namespace financials {

const Setup::PeriodFacts& period_for_posting(const Setup& setup, Date date, const tessera::Actor& user);
Id<Account>               mapped_account(const Snapshot& snapshot, const Setup& setup, std::string_view role);
std::vector<Id<Account>>  accounts_of(const Snapshot& snapshot, const Setup& setup, const std::vector<Line>& lines);
void                      check_postable(const Setup& setup, const std::vector<Id<Account>>& accounts);
void                      check_control(const Setup& setup, const JournalEntry& entry, const std::vector<Line>& lines,
                                        const std::vector<Id<Account>>& accounts);
void check_parties(const Setup& setup, const std::vector<Line>& lines, const std::vector<Id<Account>>& accounts);
void check_balanced(const JournalEntry& entry, const std::vector<Line>& lines);

}  // namespace financials
