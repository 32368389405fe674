// The statement of one account, or of all that concerns one party on the accounts kept by party.

#include "reports/ledger_lines.h"
#include "services/kept_balances.h"

#include <tessera/kernel.h>

namespace financials {
namespace account_statement {

using Emit = tessera::ReportBuilder<LedgerRow>::Emit;

struct PartyRow {
    std::string  account{}, name{};
    Date         date{};
    std::string  entry{}, memo{}, party{};
    Money        amount{};
    std::string  source_entity{};
    std::int64_t source_id = 0;
    std::int64_t entry_id  = 0;
    LedgerLine   line() {
          return {date, std::move(entry), std::move(memo), std::move(party), amount, std::move(source_entity), source_id, entry_id};
    }
};

Money opening_of(const Snapshot& snapshot, const Window& window, Id<directory::Party> party, Id<Account> account) {
    const auto zero = snapshot.books().zero();
    return snapshot
        .value<Money>(R"sql(
        SELECT sum(l.amount) FROM financials_journal_line l JOIN financials_account a ON a.id = l.account
        WHERE l.party = :party AND l.date < :from AND l.entry < :first_unknown
          AND ((:account IS NULL AND a.control <> 'none') OR l.account = :account))sql",
                      party, window.from, window.known.first_unknown_entry, account)
        .value_or(zero);
}

void run_party(const Snapshot& snapshot, const Window& window, Id<directory::Party> party, Id<Account> account,
               const Emit& emit) {
    auto balance = opening_of(snapshot, window, party, account);
    emit(opening_row({}, {}, window.from, balance));
    snapshot.each<PartyRow>(R"sql(
        SELECT a.code, a.name, l.date, e.number, coalesce(l.memo, e.memo), p.name, l.amount,
               coalesce(e.source_entity, 'financials.journal_entry'), CASE WHEN e.source_entity IS NULL THEN e.id ELSE e.source_id END, e.id
        FROM financials_journal_line l
        JOIN financials_journal_entry e ON e.id = l.entry
        JOIN financials_account a ON a.id = l.account
        JOIN directory_party p ON p.id = l.party
        WHERE l.party = :party AND l.date >= :from AND l.date <= :to AND l.entry < :first_unknown
          AND ((:account IS NULL AND a.control <> 'none') OR l.account = :account)
        ORDER BY l.date, l.id)sql",
                            [&](PartyRow& row) {
                                balance += row.amount;
                                auto line = row.line();
                                emit(ledger_row(row.account, row.name, line, balance));
                            },
                            party, window.from, window.to, window.known.first_unknown_entry, account);
}

void run_account(const Snapshot& snapshot, const Window& window, const Account& account, const Emit& emit) {
    auto balance = balance_until(snapshot, account.id, window.from.plus_days(-1), window.known);
    emit(opening_row(account.code, account.name, window.from, balance));
    each_line(snapshot, account.id, window, [&](LedgerLine& line) {
        balance += line.amount;
        emit(ledger_row(account.code, account.name, line, balance));
    });
}

void run(const Snapshot& snapshot, const tessera::Parameters& parameters, const Emit& emit) {
    const auto account = parameters.reference<Account>("account");
    const auto party   = parameters.reference<directory::Party>("party");
    const auto window  = window_of(snapshot, parameters);
    if (party) return run_party(snapshot, window, party, account, emit);
    if (account) return run_account(snapshot, window, snapshot.load(account), emit);
    throw tessera::Refused("financials.statement_of_what", "To run the statement, name an account or a party.")
        .with_status(422)
        .with_field("account");
}

}  // namespace account_statement

void declare_account_statement(tessera::Kernel& kernel) {
    using namespace tessera;
    auto&& report = kernel.report<LedgerRow>("financials.account_statement", "Account statement");
    report.help("One account, or one party on the accounts kept by party, with a running balance.")
        .parameter<Id<Account>>("account")
        .parameter<Id<directory::Party>>("party");
    with_ledger_columns(with_window(std::move(report))).run(account_statement::run);
}

}  // namespace financials
