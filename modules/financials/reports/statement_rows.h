#pragma once
// Rows of balance sheet and income statement: accounts in their sections, a total after each.

#include "reports/account_amounts.h"

#include <tessera/kernel.h>

namespace financials {

struct StatementRow {
    std::string section{};  // "Assets", "Income", …
    std::string heading{};
    std::string account{};  // empty in totals
    std::string name{};
    Money       amount{};  // as people expect its sign: assets and expenses debit, the others credit
    std::string emphasis{};  // "total" of the sums
};
using EmitStatement = tessera::ReportBuilder<StatementRow>::Emit;

// The accounts of a kind and their total, which is given back.
Money emit_section(const std::vector<AccountAmounts>& accounts, Kind kind, const std::string& section,
                   const EmitStatement& emit, Money (*figure)(const AccountAmounts&));
void  emit_total(const std::string& section, const std::string& name, Money amount, const EmitStatement& emit);

tessera::ReportBuilder<StatementRow>& with_statement_columns(tessera::ReportBuilder<StatementRow>& report,
                                                             const tessera::ColumnOption&          ledger);

}  // namespace financials
