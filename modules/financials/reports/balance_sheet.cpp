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

    const auto assets = zero + emit_section(accounts, Kind::asset, "assets", emit, closing_of);
    emit_total("assets", "Total assets", assets, emit);
    const auto liabilities = zero + emit_section(accounts, Kind::liability, "liabilities", emit, closing_of);
    emit_total("liabilities", "Total liabilities", liabilities, emit);
    auto       equity  = zero + emit_section(accounts, Kind::equity, "equity", emit, closing_of);
    const auto earlier = zero + result_of(accounts, opening_of);
    const auto result  = zero + result_of(accounts, closing_of) - earlier;
    if (!earlier.is_zero()) emit_total("equity", "Result of earlier years, not closed", earlier, emit);
    emit_total("equity", "Result of the year", result, emit);
    equity += earlier + result;
    emit_total("equity", "Total equity", equity, emit);
    emit_total("total", "Total liabilities and equity", liabilities + equity, emit);
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
