#pragma once
// What must hold before a bank statement is posted.

#include <financials/bank_statement.h>

namespace financials {

// Refused financials.statement_differs when the lines do not lead from the opening to the closing balance,
// financials.statement_gap when the last posted statement of the account ended with another balance.
void check_balances(const Transaction& tx, const BankStatement& statement);
// Refused financials.line_unassigned when a line is explained by nothing, or by two things at once.
void check_explained(const BankStatement& statement);
// Refused financials.entry_differs when the entry that a line names does not move the bank account by as much, or another
// line stands for it.
void check_entry(const Transaction& tx, const BankStatement& statement, const BankStatementLine& line);

std::vector<BankStatementMatch> matches_of(const BankStatement& statement, const BankStatementLine& line);

}  // namespace financials
