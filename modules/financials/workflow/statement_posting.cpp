// Posting makes of each line a payment of a customer, a payment to a supplier or an entry, and frees what it settles from
// the drafts of other statements.

#include "services/statement_proof.h"
#include "workflow/payment_undoing.h"
#include "workflow/statement_steps.h"

#include <algorithm>

namespace financials {
namespace statement_posting {

using tessera::Refused;

ItemSide side_of(const Transaction& tx, const BankStatementLine& line, const std::vector<BankStatementMatch>& matches) {
    if (matches.empty()) {
        if (!line.amount.is_negative()) return ItemSide::receivable;
        return ItemSide::payable;
    }
    const auto side = tx.service<OpenItems>().item(tx, matches.front().item).side;
    for (const auto& match : matches)
        if (tx.service<OpenItems>().item(tx, match.item).side != side)
            throw Refused("financials.sides_differ", "To post line {}, match items of one side: it pays what we owe and what we are owed.",
                          line.position);
    return side;
}

// What the matches leave of what moved.
Money left_of(Money moved, const std::vector<BankStatementMatch>& matches, const BankStatementLine& line) {
    auto left = moved;
    for (const auto& match : matches) left -= match.amount;
    if (!left.is_negative() || (moved.is_negative() && left.is_zero())) return left;
    throw Refused("financials.line_overmatched", "To post line {}, match at most what moved: {} did, its matches come to {}.",
                  line.position, moved, moved - left);
}

void pay_customer(Transaction& tx, const BankStatement& statement, BankStatementLine& line,
                  const std::vector<BankStatementMatch>& matches) {
    CustomerPayment payment{.party        = line.party,
                            .date         = line.date,
                            .bank_account = statement.bank_account,
                            .reference    = line.text.empty() ? line.reference : line.text,
                            .memo         = fmt::format("Bank statement {}, line {}", statement.number, line.position),
                            .currency     = statement.currency,
                            .received     = line.amount,
                            .on_account   = left_of(line.amount, matches, line)};
    for (const auto& match : matches)
        payment.lines.push_back({.item      = match.item,
                                 .amount    = match.amount,
                                 .discount  = match.discount,
                                 .write_off = match.write_off,
                                 .bank_fee  = match.bank_fee});
    line.customer_payment = tx.insert(payment);
    tx.transition(line.customer_payment, "post");
    line.entry = tx.load(line.customer_payment).entry;
}

void pay_supplier(Transaction& tx, const BankStatement& statement, BankStatementLine& line,
                  const std::vector<BankStatementMatch>& matches) {
    Payment payment{.party        = line.party,
                    .date         = line.date,
                    .bank_account = statement.bank_account,
                    .reference    = line.text.empty() ? line.reference : line.text,
                    .memo         = fmt::format("Bank statement {}, line {}", statement.number, line.position),
                    .refund       = !line.amount.is_negative(),
                    .currency     = statement.currency,
                    .on_account   = left_of(-line.amount, matches, line)};
    for (const auto& match : matches)
        payment.lines.push_back({.item = match.item, .amount = match.amount, .discount = match.discount, .write_off = match.write_off});
    line.payment = tx.insert(payment);
    tx.transition(line.payment, "post");
    line.entry = tx.load(line.payment).entry;
}

void book(Transaction& tx, const BankStatement& statement, BankStatementLine& line) {
    const auto in_books = tx.service<directory::ExchangeRates>().convert(tx, line.amount, tx.books().currency, line.date);
    auto       bank = signed_line("", in_books), other = signed_line("", -in_books);
    bank.account        = statement.bank_account;
    bank.currency       = statement.currency;
    bank.foreign_amount = line.amount;
    other.account       = line.account;
    other.memo          = line.text;
    if (tx.load(line.account).control != Control::none)
        throw Refused("financials.control_account", "To post line {}, name the party that it pays: {} is kept by party or by document.",
                      line.position, tx.label_of(line.account));
    line.entry = tx.service<Ledger>().post(tx, {.date    = line.date,
                                                .journal = "bank",
                                                .memo    = fmt::format("Bank statement {}, line {}", statement.number, line.position),
                                                .source  = tx.source_of(statement, line.id.value),
                                                .lines   = {bank, other}});
}

void post_line(Transaction& tx, const BankStatement& statement, BankStatementLine& line) {
    if (line.entry) return check_entry(tx, statement, line);
    if (line.account) return book(tx, statement, line);
    const auto matches = matches_of(statement, line);
    if (side_of(tx, line, matches) == ItemSide::receivable) return pay_customer(tx, statement, line, matches);
    pay_supplier(tx, statement, line, matches);
}

void free_line(BankStatement& draft, std::int64_t position, const std::string& by) {
    const auto line = std::ranges::find(draft.lines, position, &BankStatementLine::position);
    if (line == draft.lines.end()) return;
    std::erase_if(draft.matches, [&](const BankStatementMatch& match) { return match.position == position; });
    line->state   = BankLineState::open;
    line->party   = {};
    line->score   = 0;
    line->reasons = {};
    line->warning = fmt::format("What it paid has been paid by {}", by);
}

// Lines of other drafts that pay an item of this statement of which not enough is open any more.
void free_in_other_drafts(Transaction& tx, const BankStatement& statement) {
    for (const auto& posted : statement.matches) {
        for (const auto& other : tx.rows<Id<BankStatement>>(R"sql(
            SELECT s.id FROM financials_bank_statement s JOIN financials_bank_statement_match m ON m.document = s.id
            WHERE m.item = :item AND s.state = 'draft' AND s.id <> :id GROUP BY s.id ORDER BY s.id)sql",
                                                            posted.item, statement.id)) {
            auto       draft = tx.load(other);
            const auto open  = tx.service<OpenItems>().item(tx, posted.item).open_amount;
            const auto match = std::ranges::find(draft.matches, posted.item, &BankStatementMatch::item);
            if (match == draft.matches.end() || match->amount.magnitude() <= open.magnitude()) continue;
            free_line(draft, match->position, statement.number);
            tx.save(draft);
        }
    }
}

// Undoing what a statement made takes the rights that undoing it by itself takes.
void require_right(const Transaction& tx, const BankStatement& statement, std::string_view permission) {
    if (tx.user().may(permission)) return;
    throw Refused("kernel.not_permitted", "To reverse {}, ask for the permission {}: it undoes payments, and {} does not have it.",
                  statement.number, permission, tx.user().name)
        .with_status(403);
}

void require_rights(const Transaction& tx, const BankStatement& statement) {
    const auto made = [&](auto&& payment) { return std::ranges::any_of(statement.lines, payment); };
    if (made([](const BankStatementLine& line) { return static_cast<bool>(line.customer_payment); }))
        require_right(tx, statement, "financials.collect");
    if (made([](const BankStatementLine& line) { return static_cast<bool>(line.payment); })) require_right(tx, statement, "financials.pay");
}

}  // namespace statement_posting

void post_bank_statement(Transaction& tx, BankStatement& statement) {
    check_balances(tx, statement);
    check_explained(statement);
    for (auto& line : statement.lines) {
        if (line.state == BankLineState::duplicate) continue;
        statement_posting::post_line(tx, statement, line);
        line.state = BankLineState::posted;
    }
    statement_posting::free_in_other_drafts(tx, statement);
}

void reverse_bank_statement(Transaction& tx, BankStatement& statement, const Reversal& input) {
    using tessera::Refused;
    statement_posting::require_rights(tx, statement);
    const auto later = tx.value<std::string>(
        "SELECT number FROM financials_bank_statement WHERE bank_account = :account AND state = 'posted' AND id <> :id AND ends_on > :day "
        "ORDER BY ends_on, id LIMIT 1",
        statement.bank_account, statement.id, statement.ends_on);
    if (later)
        throw Refused("financials.later_statement_posted", "To reverse {}, reverse {} first: it begins where this one ends.",
                      statement.number, *later);
    tx.because(input.reason);
    auto& ledger = tx.service<Ledger>();
    for (auto line = statement.lines.rbegin(); line != statement.lines.rend(); ++line) {
        if (line->state != BankLineState::posted) continue;
        if (line->customer_payment)
            reverse_customer_payment(tx, line->customer_payment, input);
        else if (line->payment)
            reverse_payment(tx, line->payment, input);
        else if (line->account)
            ledger.reverse(tx, line->entry, ledger.reversal_date(tx, line->date, input.date), input.reason);
    }
}

}  // namespace financials
