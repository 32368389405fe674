#include "services/statement_proof.h"

#include <tessera/text.h>

#include <algorithm>

namespace financials {
namespace statement_proof {

std::string title_of(const BankStatementLine& line) {
    const auto what = tessera::excerpt(line.counterparty.empty() ? line.text : line.counterparty);
    return fmt::format("line {} ({} {}{}{})", line.position, line.date, line.amount, what.empty() ? "" : " ", what);
}

Money of_duplicates(const BankStatement& statement) {
    Money sum{0, statement.currency};
    for (const auto& line : statement.lines)
        if (line.state == BankLineState::duplicate) sum += line.amount;
    return sum;
}

}  // namespace statement_proof

using tessera::Refused;

std::vector<BankStatementMatch> matches_of(const BankStatement& statement, const BankStatementLine& line) {
    auto matches = statement.matches;
    std::erase_if(matches, [&](const BankStatementMatch& match) { return match.position != line.position; });
    return matches;
}

void check_balances(const Transaction& tx, const BankStatement& statement) {
    const auto difference = statement.closing - statement.opening - statement.movement;
    if (!difference.is_zero())
        throw Refused("financials.statement_differs",
                      "To post {}, have its lines lead from {} to {}: they come to {}, the difference is {}.", statement.number,
                      statement.opening, statement.closing, statement.movement, difference);
    const auto before =
        tx.first<BankStatement>("bank_account = :account AND id <> :id AND state = 'posted' ORDER BY ends_on DESC, id DESC LIMIT 1",
                                statement.bank_account, statement.id);
    const auto start = statement.opening + statement_proof::of_duplicates(statement);
    if (before && before->closing != start)
        throw Refused("financials.statement_gap", "To post {}, post what lies between first: {} ended with {}, this one begins with {}.",
                      statement.number, before->number, before->closing, start);
}

void check_explained(const BankStatement& statement) {
    for (const auto& line : statement.lines) {
        if (line.state == BankLineState::duplicate) continue;
        const bool pays = line.party || !matches_of(statement, line).empty();
        const int  ways = (pays ? 1 : 0) + (line.account ? 1 : 0) + (line.entry ? 1 : 0);
        if (ways == 1) continue;
        throw Refused("financials.line_unassigned", "To post {}, give {} {} an account, a party or the entry that has booked it{}.",
                      statement.number, ways == 0 ? "to" : "only one to", statement_proof::title_of(line),
                      ways == 0 ? "" : ": it has more than one");
    }
}

void check_entry(const Transaction& tx, const BankStatement& statement, const BankStatementLine& line) {
    const bool foreign = statement.currency != tx.books().currency;
    const auto moved   = tx.value<std::int64_t>(
        foreign ? "SELECT sum(foreign_amount) FROM financials_journal_line WHERE entry = :entry AND account = :account"
                  : "SELECT sum(amount) FROM financials_journal_line WHERE entry = :entry AND account = :account",
        line.entry, statement.bank_account);
    const auto other = tx.value<std::string>(R"sql(
        SELECT s.number FROM financials_bank_statement_line l JOIN financials_bank_statement s ON s.id = l.document
        WHERE l.entry = :entry AND s.state = 'posted' LIMIT 1)sql",
                                             line.entry);
    if (other)
        throw Refused("financials.entry_differs", "To post {}, give {} another entry: {} has {} already.", statement.number,
                      statement_proof::title_of(line), *other, tx.label_of(line.entry));
    if (moved.value_or(0) != line.amount.minor())
        throw Refused("financials.entry_differs", "To post {}, give {} an entry of as much on the bank account: {} moves it by {}.",
                      statement.number, statement_proof::title_of(line), tx.label_of(line.entry),
                      Money{moved.value_or(0), statement.currency});
}

}  // namespace financials
