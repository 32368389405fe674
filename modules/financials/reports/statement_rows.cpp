#include "reports/statement_rows.h"

namespace financials {
namespace statement_rows {

bool debit_natured(Kind kind) { return kind == Kind::asset || kind == Kind::expense; }

}  // namespace statement_rows

void emit_total(const std::string& section, const std::string& name, Money amount, const EmitStatement& emit) {
    emit({.section = section, .name = name, .amount = amount, .emphasis = "total"});
}

Money emit_section(const std::vector<AccountAmounts>& accounts, Kind kind, const std::string& section,
                   const EmitStatement& emit, Money (*figure)(const AccountAmounts&)) {
    Money sum;
    for (const auto& amounts : accounts) {
        if (amounts.account.kind != kind) continue;
        const auto amount = statement_rows::debit_natured(kind) ? figure(amounts) : -figure(amounts);
        if (amount.is_zero()) continue;
        sum += amount;
        emit({section, amounts.account.heading, amounts.account.code, amounts.account.name, amount, {}});
    }
    return sum;
}

tessera::ReportBuilder<StatementRow>& with_statement_columns(tessera::ReportBuilder<StatementRow>& report,
                                                             const tessera::ColumnOption&          ledger) {
    return report.column("section", &StatementRow::section)
        .column("heading", &StatementRow::heading)
        .column("account", &StatementRow::account)
        .column("name", &StatementRow::name)
        .column("amount", &StatementRow::amount, ledger)
        .column("emphasis", &StatementRow::emphasis, tessera::hidden);
}

}  // namespace financials
