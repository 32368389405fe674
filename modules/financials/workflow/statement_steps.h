#pragma once
// The steps of a bank statement, each a file of its own.

#include "workflow/reversal.h"

#include <financials/bank_statement.h>

namespace financials {

void read_bank_statement(Transaction& tx, BankStatement& statement);
void propose_matches(Transaction& tx, BankStatement& statement);
void post_bank_statement(Transaction& tx, BankStatement& statement);
void reverse_bank_statement(Transaction& tx, BankStatement& statement, const Reversal& input);

}  // namespace financials
