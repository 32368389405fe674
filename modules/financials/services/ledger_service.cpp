#include "services/ledger_service.h"

#include "services/entry_seal.h"
#include "services/item_side.h"
#include "services/item_watch.h"
#include "services/kept_balances.h"
#include "services/posting_guards.h"

#include <algorithm>

namespace financials {
namespace ledger_service {

using tessera::Refused;

std::string previous_seal(const Transaction& tx) {
    const auto last = tx.newest<PostedEntry>();
    return last ? last->hash : "";
}

std::string seal_of(const Transaction& tx, const PostedEntry& entry, const std::vector<PostedLine>& lines) {
    std::vector<SealedLine> sealed;
    sealed.reserve(lines.size());
    for (const auto& line : lines)
        sealed.push_back({line.account.value, line.date, line.amount.minor(), line.party.value, line.memo,
                          line.currency.code(), line.foreign_amount.minor()});
    return seal(previous_seal(tx), entry, sealed);
}

void add_to_balances(Transaction& tx, Date period_start, Date date, const std::vector<PostedLine>& lines) {
    const auto zero = tx.books().zero();
    for (const auto& line : lines) {
        const auto debit = line.amount.is_negative() ? zero : line.amount, credit = debit - line.amount;
        tx.add(PeriodBalance{line.account, period_start, debit, credit});
        tx.add(DailyBalance{date, line.account, debit, credit});
    }
}

std::vector<Line> without_zero(const std::vector<Line>& lines) {
    std::vector<Line> result;
    result.reserve(lines.size());
    for (const auto& line : lines)
        if (line.debit != line.credit) result.push_back(line);
    return result;
}

bool any_zero(const std::vector<Line>& lines) {
    return std::ranges::any_of(lines, [](const Line& line) { return line.debit == line.credit; });
}

std::vector<PostedLine> mirrored(const Transaction& tx, Id<PostedEntry> entry, Date date) {
    auto lines = tx.select<PostedLine>("entry = :entry ORDER BY id", entry);
    for (auto& line : lines) {
        line.id     = {};
        line.date   = date;
        line.amount = -line.amount;
        if (line.currency == tx.books().currency) line.currency = {};
        line.foreign_amount = -line.foreign_amount;
    }
    return lines;
}

}  // namespace ledger_service

Id<PostedEntry> LedgerService::post(Transaction& tx, const JournalEntry& entry) {
    if (ledger_service::any_zero(entry.lines)) {
        auto bare  = entry;
        bare.lines = ledger_service::without_zero(entry.lines);
        return post(tx, bare);
    }
    if (entry.lines.empty()) return {};
    const auto  setup    = setup_->of(tx);
    const auto& period   = period_for_posting(*setup, entry.date, tx.user());
    const auto  accounts = accounts_of(tx, *setup, entry.lines);
    check_postable(*setup, accounts);
    check_control(*setup, entry, entry.lines, accounts);
    check_parties(*setup, entry.lines, accounts);
    check_balanced(entry, entry.lines);

    auto lines = merged(entry.lines, accounts, entry.date, tx.books().currency);
    if (lines.empty()) return {};
    PostedEntry posted{.date          = entry.date,
                       .journal       = entry.journal,
                       .memo          = entry.memo,
                       .source_entity = entry.source.entity,
                       .source_id     = entry.source.id};
    return record(tx, *setup, period, posted, lines);
}

Id<PostedEntry> LedgerService::reverse(Transaction& tx, Id<PostedEntry> id, Date date, std::string_view why) {
    const auto original = tx.load(id);
    if (const auto by =
            tx.value<std::string>("SELECT number FROM financials_journal_entry WHERE reverses = :entry", id))
        throw tessera::Refused("financials.already_reversed", "To correct {}, post a new entry: {} has reversed it.",
                               original.number, *by);
    const auto  setup  = setup_->of(tx);
    const auto  on     = first_open(tx, std::max(date, original.date));
    const auto& period = period_for_posting(*setup, on, tx.user());
    auto        lines  = ledger_service::mirrored(tx, id, on);
    PostedEntry posted{.date    = on,
                       .journal = original.journal,
                       .memo    = fmt::format("Reversal of {}{}{}", original.number, why.empty() ? "" : ": ", why),
                       .source_entity = original.source_entity,
                       .source_id     = original.source_id,
                       .reverses      = id};
    return record(tx, *setup, period, posted, lines);
}

Id<PostedEntry> LedgerService::record(Transaction& tx, const Setup& setup, const Setup::PeriodFacts& period,
                                      PostedEntry& entry, std::vector<PostedLine>& lines) const {
    entry.company     = tx.company();
    entry.number      = tx.number("JE", entry.date);
    entry.recorded_at = tx.now();
    entry.user        = tx.user().name;
    entry.hash        = ledger_service::seal_of(tx, entry, lines);
    tx.insert(entry);
    for (auto& line : lines) {
        line.entry = entry.id;
        tx.insert(line);
        if (const auto side = item_side::side_of(setup.account(line.account)->control)) control_posted(tx, *side, line.party, line.amount);
    }
    ledger_service::add_to_balances(tx, period.starts_on, entry.date, lines);
    tx.publish(EntryPosted{entry.id, entry.date, {entry.source_entity, entry.source_id, 0}, lines});
    return entry.id;
}

Id<Account> LedgerService::account_of(const Snapshot& snapshot, std::string_view role) const {
    return mapped_account(snapshot, *setup_->of(snapshot), role);
}

std::optional<Id<Account>> LedgerService::find_account_of(const Snapshot& snapshot, std::string_view role) const {
    const auto account = setup_->of(snapshot)->account_of(role);
    return account ? std::optional(account) : std::nullopt;
}

bool LedgerService::is_open(const Snapshot& snapshot, Date date) const {
    const auto  setup  = setup_->of(snapshot);
    const auto* period = setup->period(date);
    return period && period->state == PeriodState::open;
}

Date LedgerService::reversal_date(const Snapshot& snapshot, Date document_date, Date asked) const {
    if (asked.empty()) return first_open(snapshot, std::max(snapshot.today(), document_date));
    if (asked < document_date)
        throw tessera::Refused("financials.reversed_before", "To undo this on {}, choose {} or later: it did not happen before.", asked, document_date)
            .with_field("date");
    period_for_posting(*setup_->of(snapshot), asked, snapshot.user());
    return asked;
}

Date LedgerService::first_open(const Snapshot& snapshot, Date date) const {
    if (const auto found = setup_->of(snapshot)->first_open(date)) return *found;
    throw tessera::Refused(
        "financials.no_period",
        "To post on or after {}, create a fiscal year or reopen a period: none is open from then on.", date);
}

Money LedgerService::balance(const Snapshot& snapshot, Id<Account> account) const {
    return snapshot
        .value<Money>("SELECT sum(debit) - sum(credit) FROM financials_period_balance WHERE account = :account",
                      account)
        .value_or(snapshot.books().zero());
}

}  // namespace financials
