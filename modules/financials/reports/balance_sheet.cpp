// The balance sheet: what we have and what it is financed by. What income and expense accounts hold and no closing entry
// has moved yet is the result, a line of its own, so that both sides are equal on every day.

#include "reports/statement_rows.h"

namespace financials {
namespace balance_sheet {

Money closing_of(const AccountAmounts& amounts) { return amounts.closing(); }
Money opening_of(const AccountAmounts& amounts) { return amounts.opening; }

// Positive: a profit.
Money result_of(const std::vector<AccountAmounts>& accounts, Money (*figure)(const AccountAmounts&)) {
    Money result;
    for (const auto& amounts : accounts)
        if (amounts.account.kind == Kind::income || amounts.account.kind == Kind::expense) result -= figure(amounts);
    return result;
}

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const EmitStatement& emit) {
    const auto   day = parameters.date("as_of");
    const Window window{year_start_of(snapshot, day), day, known_at(snapshot, parameters.instant("known_at"))};
    const auto   accounts = account_amounts(snapshot, window, ClosingEntries::counted);
    const auto   zero     = snapshot.books().zero();

    const auto assets = zero + emit_section(accounts, Kind::asset, "Assets", emit, closing_of);
    emit_total("Assets", "Total assets", assets, emit);
    const auto liabilities = zero + emit_section(accounts, Kind::liability, "Liabilities", emit, closing_of);
    emit_total("Liabilities", "Total liabilities", liabilities, emit);
    auto       equity  = zero + emit_section(accounts, Kind::equity, "Equity", emit, closing_of);
    const auto earlier = zero + result_of(accounts, opening_of);
    const auto result  = zero + result_of(accounts, closing_of) - earlier;
    if (!earlier.is_zero()) emit({.section = "Equity", .name = "Result of earlier years, not closed", .amount = earlier});
    emit({.section = "Equity", .name = "Result of the year", .amount = result});
    equity += earlier + result;
    emit_total("Equity", "Total equity", equity, emit);
    emit_total("Total", "Total liabilities and equity", liabilities + equity, emit);
}

}  // namespace balance_sheet

void declare_balance_sheet(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<StatementRow>("financials.balance_sheet", "Balance sheet");
    report.help("Assets, liabilities and equity at the end of a day.")
        .parameter<Date>("as_of", by_default("today"))
        .parameter<Instant>("known_at", help("As the books were known at that moment"));
    with_statement_columns(report, opens("financials.general_ledger",
                                         {{"account", "account"}, {"as_of", ":as_of"}, {"known_at", ":known_at"}}))
        .run(balance_sheet::run);
}

}  // namespace financials
