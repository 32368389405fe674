// Fills a draft from the file that is attached to it.

#include "bank/statement_choice.h"
#include "bank/statement_text.h"
#include "workflow/statement_steps.h"

#include <tessera/attachments.h>

namespace financials {
namespace statement_reading {

using tessera::Refused;

Money money_of(bank::Amount amount, Currency currency, std::int64_t line) {
    const auto unit = tessera::power_of_ten(bank::Amount::decimals - currency.decimals());
    if (amount.raw() % unit != 0) bank::refuse(line, "{} has more decimals than {} has", amount.str(), currency.code());
    return {amount.raw() / unit, currency};
}

tessera::attachments::Attachment newest_file(const Transaction& tx, const BankStatement& statement) {
    const auto files = tessera::attachments::of(tx, tx.source_of(statement));
    if (files.empty())
        throw Refused("financials.no_statement_file", "To read statement {}, attach the file of the bank to it.", statement.number);
    return files.back();
}

// The number under which the bank keeps this account, as statements before had it.
std::string known_account(const Transaction& tx, const BankStatement& statement) {
    if (!statement.account_number.empty()) return statement.account_number;
    return tx
        .value<std::string>(R"sql(
        SELECT account_number FROM financials_bank_statement
        WHERE bank_account = :account AND id <> :id AND state = 'posted' AND account_number IS NOT NULL ORDER BY id DESC LIMIT 1)sql",
                            statement.bank_account, statement.id)
        .value_or("");
}

std::optional<Money> closing_before(const Transaction& tx, const BankStatement& statement) {
    const auto before =
        tx.first<BankStatement>("bank_account = :account AND id <> :id AND state = 'posted' ORDER BY ends_on DESC, id DESC LIMIT 1",
                                statement.bank_account, statement.id);
    return before ? std::optional(before->closing) : std::nullopt;
}

void take_balances(const Transaction& tx, BankStatement& statement, const bank::Statement& read) {
    const auto  line = read.entries.empty() ? 1 : read.entries.front().line;
    const Money zero{0, statement.currency};
    if (read.opening) {
        statement.opening = money_of(*read.opening, statement.currency, line);
        statement.closing = money_of(*read.closing, statement.currency, line);
        return;
    }
    statement.opening = closing_before(tx, statement).value_or(zero);
    statement.closing = statement.opening;
    for (const auto& one : statement.lines) statement.closing += one.amount;
}

// The same in an earlier statement of the account, posted or not.
bool is_duplicate(const Transaction& tx, const BankStatement& statement, const BankStatementLine& line) {
    return tx
        .value<std::int64_t>(R"sql(
        SELECT l.id FROM financials_bank_statement_line l JOIN financials_bank_statement s ON s.id = l.document
        WHERE s.bank_account = :account AND s.id < :id AND s.state <> 'reversed'
          AND ((:bank_id IS NOT NULL AND l.bank_id = :bank_id)
               OR ((:bank_id IS NULL OR l.bank_id IS NULL) AND l.date = :date AND l.amount = :amount AND coalesce(l.text, '') = :text)) LIMIT 1)sql",
                             statement.bank_account, statement.id, line.bank_id, line.date, line.amount, std::string_view(line.text))
        .has_value();
}

BankStatementLine line_of(const bank::Entry& entry, Currency currency) {
    return {.date           = entry.date,
            .counterparty   = entry.counterparty,
            .account_number = entry.account,
            .reference      = entry.reference,
            .text           = entry.text,
            .bank_id        = entry.bank_id,
            .amount         = money_of(entry.amount, currency, entry.line)};
}

void take_lines(const Transaction& tx, BankStatement& statement, const bank::Statement& read) {
    statement.lines.clear();
    statement.matches.clear();
    for (const auto& entry : read.entries) {
        if (entry.amount.is_zero()) continue;
        statement.lines.push_back(line_of(entry, statement.currency));
        if (is_duplicate(tx, statement, statement.lines.back())) statement.lines.back().state = BankLineState::duplicate;
    }
}

}  // namespace statement_reading

void read_bank_statement(Transaction& tx, BankStatement& statement) {
    using namespace statement_reading;
    const auto file = newest_file(tx, statement);
    const auto read =
        bank::chosen_statement(bank::read_statements(tessera::attachments::content(tx, file.id), file.name), known_account(tx, statement));
    if (!read.currency.empty()) statement.currency = tx.books().currency_of(read.currency);
    statement.file             = file.name;
    statement.account_number   = read.account;
    statement.statement_number = read.number;
    statement.starts_on        = read.from;
    statement.ends_on          = read.to;
    take_lines(tx, statement, read);
    take_balances(tx, statement, read);
}

}  // namespace financials
