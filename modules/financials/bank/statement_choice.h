#pragma once
// One statement out of what a file has: those of our account, one after the other, each beginning where the one before
// ended.

#include "bank/statement_file.h"

namespace financials::bank {

// Whether two account numbers are one, whatever is between their digits and letters.
bool same_account(std::string_view a, std::string_view b);

// `account` is ours; empty: that of the file, when it has one only. Balances that the file leaves out are worked out from
// the others and the entries, as far as can be.
// Refused financials.statement_is_notice, financials.statement_of_other_account, financials.statements_apart.
Statement chosen_statement(std::vector<Statement> statements, std::string_view account);

}  // namespace financials::bank
