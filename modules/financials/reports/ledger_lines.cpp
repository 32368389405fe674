#include "reports/ledger_lines.h"

namespace financials {

void each_line(const Snapshot& snapshot, Id<Account> account, const Window& window,
               const std::function<void(LedgerLine&)>& visit) {
    snapshot.each<LedgerLine>(R"sql(
        SELECT l.date, e.number, coalesce(l.memo, e.memo), p.name, l.amount,
               coalesce(e.source_entity, 'financials.journal_entry'), CASE WHEN e.source_entity IS NULL THEN e.id ELSE e.source_id END, e.id
        FROM financials_journal_line l
        JOIN financials_journal_entry e ON e.id = l.entry
        LEFT JOIN directory_party p ON p.id = l.party
        WHERE l.account = :account AND l.date >= :from AND l.date <= :to AND l.entry < :first_unknown
        ORDER BY l.date, l.id)sql",
                              visit, account, window.from, window.to, window.known.first_unknown_entry);
}

LedgerRow opening_row(std::string account, std::string name, Date from, Money balance) {
    return {.account = std::move(account),
            .name    = std::move(name),
            .date    = from,
            .memo    = "Opening balance",
            .balance = balance};
}

LedgerRow ledger_row(const std::string& account, const std::string& name, LedgerLine& line, Money balance) {
    LedgerRow row{.account = account,
                  .name    = name,
                  .date    = line.date,
                  .entry   = std::move(line.entry),
                  .memo    = std::move(line.memo),
                  .party   = std::move(line.party)};
    line.amount.is_negative() ? row.credit = -line.amount : row.debit = line.amount;
    row.balance       = balance;
    row.source_entity = std::move(line.source_entity);
    row.source_id     = line.source_id;
    row.entry_id      = line.entry_id;
    return row;
}

tessera::ReportBuilder<LedgerRow>& with_ledger_columns(tessera::ReportBuilder<LedgerRow>& report) {
    using namespace tessera;
    return report.column("account", &LedgerRow::account)
        .column("name", &LedgerRow::name)
        .column("date", &LedgerRow::date)
        .column("entry", &LedgerRow::entry, opens_record("financials.journal_entry", "entry_id"))
        .column("memo", &LedgerRow::memo)
        .column("party", &LedgerRow::party)
        .column("debit", &LedgerRow::debit, total, opens_record("@source_entity", "source_id"))
        .column("credit", &LedgerRow::credit, total, opens_record("@source_entity", "source_id"))
        .column("balance", &LedgerRow::balance, meaning("Running balance of the account; debit positive"))
        .column("source_entity", &LedgerRow::source_entity, hidden)
        .column("source_id", &LedgerRow::source_id, hidden)
        .column("entry_id", &LedgerRow::entry_id, hidden);
}

}  // namespace financials
