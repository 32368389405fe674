// Bank statements, as documents.

#include "entities/payment_completion.h"

#include <financials/bank_statement.h>

#include <algorithm>
#include <set>

namespace financials {
namespace bank_statement {

using tessera::Refused;

void give_positions(BankStatement& statement) {
    std::int64_t last = 0;
    for (const auto& line : statement.lines) last = std::max(last, line.position);
    for (auto& line : statement.lines)
        if (line.position == 0) line.position = ++last;
}

void give_days(BankStatement& statement) {
    if (statement.lines.empty()) return;
    const auto [first, last] = std::ranges::minmax(statement.lines, {}, &BankStatementLine::date);
    if (statement.starts_on.empty()) statement.starts_on = first.date;
    if (statement.ends_on.empty()) statement.ends_on = last.date;
}

void take_currency(const Transaction& tx, BankStatement& statement) {
    if (statement.currency.none()) statement.currency = tx.books().currency;
    const auto convert = [&](Money& amount) { amount = payment_completion::in_currency(amount, statement.currency); };
    convert(statement.opening);
    convert(statement.closing);
    statement.movement = Money{0, statement.currency};
    for (auto& line : statement.lines) {
        convert(line.amount);
        statement.movement += line.amount;
    }
    for (auto& match : statement.matches)
        for (auto* amount : {&match.amount, &match.discount, &match.write_off, &match.bank_fee}) convert(*amount);
}

BankStatementLine& line_of(BankStatement& statement, const BankStatementMatch& match) {
    const auto line = std::ranges::find(statement.lines, match.position, &BankStatementLine::position);
    if (line != statement.lines.end()) return *line;
    throw Refused("financials.no_such_line", "To match an item, name a line of the statement by its position; {} is none.", match.position)
        .with_status(422)
        .with_field("matches");
}

void check_matches(const Transaction& tx, BankStatement& statement) {
    std::set<std::pair<std::int64_t, Id<OpenItem>>> seen;
    for (const auto& match : statement.matches) {
        auto& line = line_of(statement, match);
        if (!match.item) continue;  // the kernel demands it
        const auto item = tx.service<OpenItems>().item(tx, match.item);
        if (!line.party) line.party = item.party;
        payment_completion::check_item(tx, item, item.side, line.party, statement.currency);
        if (!seen.insert({match.position, match.item}).second)
            throw Refused("financials.item_twice", "To pay {}, give it one match of line {}: it has two.", item.document, match.position);
    }
}

void complete(Transaction& tx, BankStatement& statement) {
    if (statement.state != BankStatementState::draft) return;
    give_days(statement);
    if (statement.number.empty()) statement.number = tx.number("BS", statement.ends_on.empty() ? tx.today() : statement.ends_on);
    give_positions(statement);
    take_currency(tx, statement);
    payment_completion::check_bank(tx, statement.bank_account);
    check_matches(tx, statement);
}

void check_removal(Transaction&, const BankStatement& statement) {
    if (statement.state != BankStatementState::draft)
        throw Refused("financials.entry_posted", "To undo statement {}, reverse it: it is posted.", statement.number);
}

void declare_lines(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<BankStatementLine>("financials.bank_statement_line", "Bank statement line")
        .part_of(&BankStatementLine::document)
        .field("position", &BankStatementLine::position, read_only)
        .field("date", &BankStatementLine::date, required)
        .field("counterparty", &BankStatementLine::counterparty, searchable)
        .field("account_number", &BankStatementLine::account_number)
        .field("reference", &BankStatementLine::reference)
        .field("text", &BankStatementLine::text)
        .field("bank_id", &BankStatementLine::bank_id, indexed)
        .field("amount", &BankStatementLine::amount, required, help("Negative: went out"))
        .field("party", &BankStatementLine::party, help("Who paid or was paid"))
        .field("account", &BankStatementLine::account, help("What it was, when it is no payment: bank charges, interest"))
        .field("entry", &BankStatementLine::entry, indexed, help("What has booked it already"))
        .field("state", &BankStatementLine::state, read_only)
        .field("score", &BankStatementLine::score, read_only, help("Of the proposal, 0 to 100"))
        .field("reasons", &BankStatementLine::reasons, read_only)
        .field("warning", &BankStatementLine::warning, read_only)
        .field("customer_payment", &BankStatementLine::customer_payment, read_only)
        .field("payment", &BankStatementLine::payment, read_only);

    kernel.entity<BankStatementMatch>("financials.bank_statement_match", "Bank statement match")
        .plural("Bank statement matches")
        .part_of(&BankStatementMatch::document)
        .field("position", &BankStatementMatch::position, positive, help("Of the line that pays the item"))
        .field("item", &BankStatementMatch::item, required, indexed)
        .field("amount", &BankStatementMatch::amount)
        .field("discount", &BankStatementMatch::discount, not_negative)
        .field("write_off", &BankStatementMatch::write_off)
        .field("bank_fee", &BankStatementMatch::bank_fee, not_negative);
}

}  // namespace bank_statement

void declare_bank_statements(tessera::Kernel& kernel) {
    using namespace tessera;
    bank_statement::declare_lines(kernel);
    kernel.entity<BankStatement>("financials.bank_statement", "Bank statement")
        .help("What the bank says went in and out of an account: typed, or read from the file that is attached.")
        .menu(Menu::documents)
        .field("number", &BankStatement::number, read_only, unique, searchable)
        .field("bank_account", &BankStatement::bank_account, required, indexed, help("The account of the chart"))
        .field("account_number", &BankStatement::account_number, searchable,
               help("Ours, as the bank writes it; taken from the file when left out"))
        .field("statement_number", &BankStatement::statement_number, searchable, help("The bank's"))
        .field("starts_on", &BankStatement::starts_on)
        .field("ends_on", &BankStatement::ends_on)
        .field("state", &BankStatement::state, read_only)
        .field("file", &BankStatement::file, read_only)
        .field("currency", &BankStatement::currency)
        .field("opening", &BankStatement::opening)
        .field("closing", &BankStatement::closing)
        .field("movement", &BankStatement::movement, read_only, help("Sum of the lines"))
        .lines("lines", &BankStatement::lines)
        .lines("matches", &BankStatement::matches)
        .display("number")
        .editable_while(BankStatementState::draft)
        .needs("financials.bank")
        .validate(bank_statement::complete)
        .before_remove(bank_statement::check_removal);
}

}  // namespace financials
