#include "services/line_matching.h"

#include "bank/statement_choice.h"
#include "services/customer_items.h"
#include "services/mentions.h"

#include <algorithm>

namespace financials {
namespace line_matching {

bool names(const BankStatementLine& line, const OpenItem& item) {
    const auto in = [&](std::string_view text) { return mentions(text, item.document) || mentions(text, item.reference); };
    return in(line.text) || in(line.reference);
}

// What the bank moved, of the documents that the line names, else of all, the oldest due first.
std::vector<CollectedItem> chosen(const BankStatementLine& line, const std::vector<std::pair<const OpenItem*, CollectedItem>>& offered) {
    std::vector<CollectedItem> named, all;
    for (const auto& [item, collected] : offered) {
        if (names(line, *item)) named.push_back(collected);
        all.push_back(collected);
    }
    return named.empty() ? all : named;
}

bool is_zero(const PaidLine& line) { return line.discount.is_zero() && line.write_off.is_zero(); }

// What the money says: that nothing is left of it, and nothing of what it pays.
void weigh(const ProposedPayment& proposed, const std::vector<CollectedItem>& items, bank::Signals& signals) {
    if (!proposed.left.is_zero() || proposed.lines.empty()) return;
    bool whole = true;
    for (const auto& line : proposed.lines) {
        const auto of = std::ranges::find(items, line.item, &CollectedItem::item);
        whole         = whole && of != items.end() && line.settled() == of->open;
    }
    if (!whole) return;
    const auto written_off = std::ranges::any_of(proposed.lines, [](const PaidLine& line) { return !line.write_off.is_zero(); });
    signals.tolerance      = written_off;
    signals.discount       = !written_off && !std::ranges::all_of(proposed.lines, is_zero);
    signals.amount         = !written_off && !signals.discount;
}

}  // namespace line_matching

LineMatcher::LineMatcher(const Snapshot& snapshot, const BankStatement& statement) {
    for (auto& item : snapshot.select<OpenItem>("open_amount <> 0 ORDER BY coalesce(due_on, date), id"))
        if (item.currency == statement.currency) items_.push_back({item, collected(snapshot, item)});
    for (const auto& match : statement.matches)
        take({.matches = {{match.item, match.amount, match.discount, match.write_off, match.bank_fee}}});
    load_booked(snapshot, statement);
    load_people(snapshot);
}

void LineMatcher::load_booked(const Snapshot& snapshot, const BankStatement& statement) {
    if (statement.lines.empty()) return;
    const auto [first, last] = std::ranges::minmax_element(statement.lines, {}, &BankStatementLine::date);
    struct Row {
        Id<PostedEntry> entry{};
        Date            date{};
        std::string     number{}, memo{};
        std::int64_t    amount = 0, foreign_amount = 0;
    };
    const bool foreign = statement.currency != snapshot.books().currency;
    for (const auto& row : snapshot.rows<Row>(R"sql(
        SELECT l.entry, l.date, e.number, e.memo, sum(l.amount), sum(l.foreign_amount)
        FROM financials_journal_line l JOIN financials_journal_entry e ON e.id = l.entry
        WHERE l.account = :account AND l.date >= :from AND l.date <= :to
          AND NOT EXISTS (SELECT 1 FROM financials_bank_statement_line b JOIN financials_bank_statement s ON s.id = b.document
                          WHERE b.entry = l.entry AND s.state <> 'reversed')
          AND NOT EXISTS (SELECT 1 FROM financials_journal_entry r WHERE r.reverses = l.entry)
        GROUP BY l.entry, l.date, e.number, e.memo, e.reverses HAVING e.reverses IS NULL ORDER BY l.entry)sql",
                                              statement.bank_account, first->date.plus_days(-10), last->date.plus_days(10)))
        booked_.push_back(
            {row.entry, row.date, row.number, row.memo, Money{foreign ? row.foreign_amount : row.amount, statement.currency}});
}

void LineMatcher::load_people(const Snapshot& snapshot) {
    struct Name {
        Id<directory::Party> id{};
        std::string          name{};
    };
    struct Number {
        Id<directory::Party> party{};
        std::string          number{};
    };
    for (auto& row : snapshot.rows<Name>("SELECT id, name FROM directory_party WHERE customer = 1 OR supplier = 1 ORDER BY id"))
        people_[row.id].name = std::move(row.name);
    for (auto& row : snapshot.rows<Number>("SELECT party, account_number FROM directory_bank_account WHERE active = 1 ORDER BY id"))
        if (const auto person = people_.find(row.party); person != people_.end()) person->second.accounts.insert(std::move(row.number));
}

bank::Signals LineMatcher::signals_of(const BankStatementLine& line, Id<directory::Party> party) const {
    const auto& person = people_.at(party);
    return {.account = !line.account_number.empty() &&
                       std::ranges::any_of(person.accounts,
                                           [&](const std::string& number) { return bank::same_account(number, line.account_number); }),
            .name = bank::names_agree(person.name, line.counterparty)};
}

std::vector<const LineMatcher::Candidate*> LineMatcher::offered(const BankStatementLine& line, Id<directory::Party> party,
                                                                ItemSide side) const {
    std::vector<const Candidate*> found;
    const bool                    refund = (side == ItemSide::receivable) == line.amount.is_negative();
    for (const auto& candidate : items_) {
        const auto& item = candidate.item;
        if (item.party != party || item.side != side || item.date > line.date || candidate.collected.open.is_zero()) continue;
        if (side == ItemSide::payable && !item.held_amount.is_zero()) continue;
        if (candidate.collected.open.is_negative() == refund) found.push_back(&candidate);
    }
    return found;
}

LineProposal LineMatcher::party_proposal(const BankStatementLine& line, Id<directory::Party> party) const {
    auto signals = signals_of(line, party);
    auto side    = line.amount.is_negative() ? ItemSide::payable : ItemSide::receivable;
    auto offers  = offered(line, party, side);
    if (offers.empty()) offers = offered(line, party, side = line.amount.is_negative() ? ItemSide::receivable : ItemSide::payable);
    if (offers.empty()) return {bank::score_of(signals), bank::reasons_of(signals), {}, party, {}};
    std::vector<std::pair<const OpenItem*, CollectedItem>> pairs;
    for (const auto* offer : offers) pairs.emplace_back(&offer->item, offer->collected);
    signals.number    = std::ranges::any_of(offers, [&](const Candidate* offer) { return line_matching::names(line, offer->item); });
    const auto chosen = line_matching::chosen(line, pairs);
    const auto money  = side == ItemSide::payable ? -line.amount : line.amount;
    const auto paid   = propose_payment(chosen, money, line.date, LateDiscount::refused);
    if (paid.left.is_negative()) return {};
    line_matching::weigh(paid, chosen, signals);
    if (!signals.number && !signals.account && !signals.name) return {};
    return {bank::score_of(signals), bank::reasons_of(signals), {}, party, paid.lines};
}

// When nothing but the amount speaks: the one item of which exactly this is due.
LineProposal LineMatcher::amount_proposal(const BankStatementLine& line) const {
    LineProposal found;
    for (const auto& candidate : items_) {
        const auto side  = line.amount.is_negative() ? ItemSide::payable : ItemSide::receivable;
        const auto money = line.amount.magnitude();
        const auto offer = candidate.collected;
        if (candidate.item.side != side || candidate.item.date > line.date || offer.open <= Money{0, money.currency()}) continue;
        if (side == ItemSide::payable && !candidate.item.held_amount.is_zero()) continue;
        if (offer.open - discount_on(offer, line.date, LateDiscount::refused) != money) continue;
        if (found.score > 0) return {};
        bank::Signals signals;
        const auto    paid = propose_payment({offer}, money, line.date, LateDiscount::refused);
        line_matching::weigh(paid, {offer}, signals);
        found = {bank::score_of(signals), bank::reasons_of(signals), {}, candidate.item.party, paid.lines};
    }
    return found;
}

LineProposal LineMatcher::booked_proposal(const BankStatementLine& line) const {
    LineProposal best;
    for (const auto& booked : booked_) {
        const int apart = std::abs(booked.date - line.date);
        if (booked.amount != line.amount || apart > 10) continue;
        bank::Signals signals{.amount = true, .days_apart = apart};
        signals.number   = mentions(line.text, booked.number) || mentions(line.reference, booked.number);
        signals.name     = !line.counterparty.empty() && bank::names_agree(line.counterparty, booked.memo);
        const auto score = bank::score_of(signals);
        if (score > best.score) best = {score, bank::reasons_of(signals), booked.entry, {}, {}};
    }
    return best;
}

LineProposal LineMatcher::propose(const BankStatementLine& line) const {
    auto best  = booked_proposal(line);
    bool alike = false;
    for (const auto& [party, person] : people_) {
        auto proposal = party_proposal(line, party);
        if (proposal.score < bank::score_min || proposal.score < best.score) continue;
        if (best.entry && proposal.score == best.score) continue;
        alike = proposal.score == best.score;
        if (!alike) best = std::move(proposal);
    }
    if (alike) return {};
    return best.score > 0 ? best : amount_proposal(line);
}

void LineMatcher::take(const LineProposal& proposal) {
    std::erase_if(booked_, [&](const Booked& booked) { return booked.entry == proposal.entry; });
    for (const auto& paid : proposal.matches)
        for (auto& candidate : items_)
            if (candidate.item.id == paid.item) candidate.collected.open -= paid.settled();
}

}  // namespace financials
