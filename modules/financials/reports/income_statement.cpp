// The income statement of a span of days. Closing entries are left out, so a closed year shows its result like an open one.

#include "reports/statement_rows.h"

namespace financials {
namespace income_statement {

Money movement_of(const AccountAmounts& amounts) { return amounts.debit - amounts.credit; }

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const EmitStatement& emit) {
    const auto accounts = account_amounts(snapshot, window_of(snapshot, parameters), ClosingEntries::left_out);
    const auto zero     = snapshot.books().zero();
    const auto income   = zero + emit_section(accounts, Kind::income, "Income", emit, movement_of);
    emit_total("Income", "Total income", income, emit);
    const auto expense = zero + emit_section(accounts, Kind::expense, "Expenses", emit, movement_of);
    emit_total("Expenses", "Total expenses", expense, emit);
    emit_total("Result", "Result", income - expense, emit);
}

}  // namespace income_statement

void declare_income_statement(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<StatementRow>("financials.income_statement", "Income statement");
    report.help("Income, expenses and the result of a span of days; the fiscal year to date when none is given.");
    with_statement_columns(
        with_window(std::move(report)),
        opens(
            "financials.general_ledger",
            {{"account", "account"}, {"as_of", ":as_of"}, {"from", ":from"}, {"to", ":to"}, {"known_at", ":known_at"}}))
        .run(income_statement::run);
}

}  // namespace financials
