#include "bank/statement_choice.h"

#include <tessera/refused.h>

#include <algorithm>

namespace financials::bank {
namespace statement_choice {

using tessera::Refused;

std::string bare(std::string_view account) {
    std::string letters;
    for (const char c : account)
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
            letters += c;
        else if (c >= 'a' && c <= 'z')
            letters += static_cast<char>(c - 'a' + 'A');
    return letters;
}

Amount sum_of(const Statement& statement) {
    Amount sum;
    for (const auto& entry : statement.entries) sum += entry.amount;
    return sum;
}

void work_out_balances(Statement& statement) {
    if (statement.closing && !statement.opening) statement.opening = *statement.closing - sum_of(statement);
    if (statement.opening && !statement.closing) statement.closing = *statement.opening + sum_of(statement);
}

void work_out_days(Statement& statement) {
    for (const auto& entry : statement.entries) {
        if (statement.from.empty() || entry.date < statement.from) statement.from = entry.date;
        if (statement.to.empty() || entry.date > statement.to) statement.to = entry.date;
    }
}

void append(Statement& first, Statement& next) {
    if (first.closing && next.opening && *first.closing != *next.opening)
        throw Refused("financials.statements_apart",
                      "To read this file, divide it: statement {} ends with {} and statement {} begins with {}.", first.number,
                      first.closing->str(), next.number, next.opening->str());
    if (first.number.empty()) first.number = next.number;
    if (!next.to.empty()) first.to = next.to;
    first.closing = next.closing;
    std::ranges::move(next.entries, std::back_inserter(first.entries));
}

void require_account(const std::vector<Statement>& statements, std::string_view account) {
    const auto other = std::ranges::find_if(statements, [&](const Statement& one) { return !same_account(one.account, account); });
    if (other == statements.end()) return;
    throw Refused("financials.statement_of_other_account", "To read this file, choose the one of account {}: it is of {}.", account,
                  other->account);
}

}  // namespace statement_choice

using namespace statement_choice;

bool same_account(std::string_view a, std::string_view b) { return bare(a) == bare(b); }

Statement chosen_statement(std::vector<Statement> statements, std::string_view account) {
    std::erase_if(statements, [](const Statement& one) { return one.notice; });
    if (statements.empty())
        throw Refused("financials.statement_is_notice",
                      "To read movements with their balances, choose the statement (camt.053): this file is a notice of single movements.");
    const auto wanted = account.empty() ? statements.front().account : std::string(account);
    if (std::ranges::any_of(statements, [&](const Statement& one) { return same_account(one.account, wanted); }) && !account.empty())
        std::erase_if(statements, [&](const Statement& one) { return !same_account(one.account, wanted); });
    require_account(statements, wanted);
    for (auto& statement : statements) work_out_balances(statement);
    auto whole = std::move(statements.front());
    for (std::size_t i = 1; i < statements.size(); ++i) append(whole, statements[i]);
    work_out_days(whole);
    return whole;
}

}  // namespace financials::bank
