// Proposes what the unexplained lines of a draft are. What somebody has filled in stays.

#include "services/line_matching.h"
#include "workflow/statement_steps.h"

#include <algorithm>

namespace financials {
namespace statement_proposing {

bool is_unexplained(const BankStatement& statement, const BankStatementLine& line) {
    if (line.state != BankLineState::open || line.party || line.account || line.entry) return false;
    return std::ranges::none_of(statement.matches, [&](const BankStatementMatch& match) { return match.position == line.position; });
}

// Drafts of other statements that propose the same item.
std::string used_in_other_drafts(const Transaction& tx, const BankStatement& statement, const LineProposal& proposal) {
    std::string warning;
    for (const auto& match : proposal.matches)
        for (const auto& number : tx.rows<std::string>(R"sql(
            SELECT s.number FROM financials_bank_statement s JOIN financials_bank_statement_match m ON m.document = s.id
            WHERE m.item = :item AND s.state = 'draft' AND s.id <> :id GROUP BY s.number ORDER BY s.number)sql",
                                                       match.item, statement.id))
            warning += fmt::format("{}{} is matched in {} too", warning.empty() ? "" : "; ", tx.label_of(match.item), number);
    return warning;
}

void take(const Transaction& tx, BankStatement& statement, BankStatementLine& line, const LineProposal& proposal) {
    line.state   = BankLineState::proposed;
    line.score   = proposal.score;
    line.reasons = proposal.reasons;
    line.entry   = proposal.entry;
    line.party   = proposal.party;
    line.warning = used_in_other_drafts(tx, statement, proposal);
    for (const auto& paid : proposal.matches)
        statement.matches.push_back({.position  = line.position,
                                     .item      = paid.item,
                                     .amount    = paid.amount,
                                     .discount  = paid.discount,
                                     .write_off = paid.write_off,
                                     .bank_fee  = paid.bank_fee});
}

}  // namespace statement_proposing

void propose_matches(Transaction& tx, BankStatement& statement) {
    LineMatcher matcher(tx, statement);
    for (auto& line : statement.lines) {
        if (!statement_proposing::is_unexplained(statement, line)) continue;
        const auto proposal = matcher.propose(line);
        if (proposal.score < bank::score_min) continue;
        matcher.take(proposal);
        statement_proposing::take(tx, statement, line, proposal);
    }
}

}  // namespace financials
