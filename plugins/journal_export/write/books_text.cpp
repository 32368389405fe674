#include "write/books_text.h"

#include "text/account_names.h"
#include "write/books_rows.h"
#include "write/journal_writer.h"

#include <tessera/attachments.h>

#include <algorithm>
#include <map>
#include <set>

namespace journal_export {
namespace books_text_parts {

using tessera::Refused;

// Writes one span; lives as long as that.
class SpanWriter {
public:
    SpanWriter(const Snapshot& tx, BooksText& result, Syntax syntax)
        : tx_(tx), result_(result), syntax_(syntax), books_(tx.books().currency) {
        for (auto& account : tx.select<Account>("id > 0")) accounts_.emplace(account.id.value, std::move(account));
    }
    void write() {
        const auto lines   = lines_of(tx_, result_.first_day, result_.last_day);
        const auto opening = opening_entry();
        for (const auto& line : lines) notice(line.account, line.currency);
        const auto writer = journal_writer(syntax_, result_.text);
        writer->heading(heading(opening.date.empty() ? result_.first_day : opening.date));
        if (!opening.date.empty()) writer->entry(opening);
        for (std::size_t from = 0; from < lines.size();) {
            const auto until =
                static_cast<std::size_t>(std::ranges::find_if(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end(),
                                                              [&](const LedgerLine& line) { return line.entry != lines[from].entry; }) -
                                         lines.begin());
            writer->entry(entry_of({lines.data() + from, until - from}));
            ++result_.entries;
            from = until;
        }
        writer->balances(result_.last_day, holdings());
    }

private:
    void notice(std::int64_t account, Currency currency) {
        used_.insert(account);
        if (currency != books_) foreign_.emplace(currency.code(), currency);
    }
    const std::string& name_of_account(std::int64_t id) {
        auto& name = names_[id];
        if (name.empty()) name = account_name(syntax_, accounts_.at(id));
        return name;
    }

    Heading heading(Date opened_on) {
        Heading result{
            .company   = tx_.value<std::string>("SELECT name FROM directory_company WHERE id = :company", tx_.company()).value_or(""),
            .first_day = result_.first_day,
            .last_day  = result_.last_day,
            .opened_on = opened_on,
            .books     = books_};
        for (const auto& [code, currency] : foreign_) result.others.push_back(currency);
        for (const auto& [id, account] : accounts_)
            if (account.postable || used_.contains(id))
                result.accounts.push_back({name_of_account(id), account.kind, account.code, account.name});
        std::ranges::sort(result.accounts, {}, &DeclaredAccount::code);
        return result;
    }

    // An amount that no total cost can express, because it is worth nothing or less than nothing, costs 0 and is followed by
    // what it is worth.
    void add_postings(Entry& entry, std::int64_t account, Money amount, Money foreign, std::vector<Tag> tags) {
        const auto& name = name_of_account(account);
        if (foreign.is_zero() || foreign.currency() == books_) {
            if (!amount.is_zero()) entry.postings.push_back({.account = name, .amount = amount_of(amount), .tags = std::move(tags)});
            return;
        }
        const bool costs = !amount.is_zero() && amount.is_negative() == foreign.is_negative();
        const auto cost  = costs ? amount : Money{0, books_};
        costs_[account] += cost;
        entry.postings.push_back({.account = name, .amount = amount_of(foreign), .cost = amount_of(cost), .tags = tags});
        if (!costs && !amount.is_zero()) entry.postings.push_back({.account = name, .amount = amount_of(amount), .tags = std::move(tags)});
    }

    Entry opening_entry() {
        Entry result{.memo = "Opening balances", .tags = {{std::string(journal_tag), "opening"}}};
        auto  sums = sums_before(tx_, result_.first_day);
        sort(sums);
        Money total{0, books_};
        for (const auto& sum : sums) {
            total += sum.amount;
            if (sum.amount.is_zero() && sum.foreign.is_zero()) continue;
            notice(sum.account, sum.currency);
            add_postings(result, sum.account, sum.amount, sum.foreign, {});
        }
        require_whole(total, "what the accounts held before the span");
        if (!result.postings.empty()) result.date = result_.first_day.plus_days(-1);
        return result;
    }

    Entry entry_of(std::span<const LedgerLine> lines) {
        const auto& first = lines.front();
        Entry result{.date = first.date, .code = first.number, .memo = first.memo, .tags = {{std::string(journal_tag), first.journal}}};
        if (first.source_id) {
            result.tags.push_back({std::string(source_tag), fmt::format("{} {}", first.source_entity, first.source_id)});
            result.tags.push_back({std::string(document_tag), label_of(first.source_entity, first.source_id)});
        }
        result.tags.push_back({std::string(reverses_tag), first.reverses});
        Money total{0, books_};
        for (const auto& line : lines) {
            total += line.amount;
            add_postings(result, line.account, line.amount, line.foreign,
                         {{std::string(party_tag), line.party},
                          {std::string(party_name_tag), line.party_name},
                          {std::string(memo_tag), line.line_memo}});
        }
        require_whole(total, "entry " + first.number);
        return result;
    }

    std::string label_of(const std::string& entity, std::int64_t id) {
        if (!tx_.kernel().find_entity(entity)) return {};
        auto& label = labels_[{entity, id}];
        if (label.empty()) label = tx_.label_of(entity, id);
        return label;
    }

    void require_whole(Money total, const std::string& what) {
        if (total.is_zero()) return;
        throw Refused(
            "journal_export.books_damaged",
            "To export the books, find out with tessera verify what happened to them: the lines of {} do not balance, {} is missing.", what,
            -total);
    }

    void sort(std::vector<Sum>& sums) const {
        std::ranges::sort(sums, [&](const Sum& a, const Sum& b) {
            const auto &one = accounts_.at(a.account).code, &other = accounts_.at(b.account).code;
            if (one != other) return one < other;
            if ((a.currency == books_) != (b.currency == books_)) return a.currency == books_;
            return a.currency.code() < b.currency.code();
        });
    }

    // Of the books' currency an account holds what the ledger says it is worth, less what its other currencies cost.
    std::vector<Holding> holdings() {
        auto sums = sums_before(tx_, result_.last_day.plus_days(1));
        sort(sums);
        std::vector<Holding> result;
        for (std::size_t i = 0; i < sums.size();) {
            const auto account = sums[i].account;
            auto       rest    = Money{0, books_} - costs_[account];
            const auto place   = static_cast<std::ptrdiff_t>(result.size());
            for (; i < sums.size() && sums[i].account == account; ++i) {
                rest += sums[i].amount;
                if (sums[i].currency != books_) result.push_back({name_of_account(account), amount_of(sums[i].foreign)});
            }
            result.insert(result.begin() + place, {name_of_account(account), amount_of(rest)});
        }
        return result;
    }

    const Snapshot&                                             tx_;
    BooksText&                                                  result_;
    Syntax                                                      syntax_;
    Currency                                                    books_;
    std::map<std::int64_t, Account>                             accounts_{};
    std::map<std::int64_t, std::string>                         names_{};
    std::map<std::int64_t, Money>                               costs_{};
    std::set<std::int64_t>                                      used_{};
    std::map<std::string, Currency, std::less<>>                foreign_{};
    std::map<std::pair<std::string, std::int64_t>, std::string> labels_{};
};

Date last_day_of(const Snapshot& tx, const Span& span) { return span.last_day.empty() ? tx.today() : span.last_day; }

// Without entries the span is its last day.
Date first_day_of(const Snapshot& tx, const Span& span, Date last_day) {
    if (!span.first_day.empty()) return span.first_day;
    const auto first = day_of_first_entry(tx);
    return first.empty() || last_day < first ? last_day : first;
}

// A command reads what is there, whatever its user may see of it; the file would show it to them.
void require_all_seen(const Snapshot& tx) {
    if (!tx.user().permissions->narrowing()) return;
    throw Refused("journal_export.partly_seen",
                  "To export the books, ask somebody who sees all of them: your roles leave some records out.")
        .with_status(403);
}

[[noreturn]] void refuse_size(const BooksText& span, std::int64_t lines_max) {
    throw Refused("journal_export.too_large", "To export {} to {}, choose a shorter span: it has more than {} lines or {} MiB.",
                  span.first_day, span.last_day, lines_max, tessera::attachments::bytes_max >> 20)
        .with_status(413);
}

}  // namespace books_text_parts

BooksText books_text(const Snapshot& tx, const Span& span) {
    using namespace books_text_parts;
    require_all_seen(tx);
    BooksText result;
    result.last_day  = last_day_of(tx, span);
    result.first_day = first_day_of(tx, span, result.last_day);
    if (result.last_day < result.first_day)
        throw Refused("journal_export.dates_reversed", "To export {} to {}, choose a last day that is not before the first.",
                      result.first_day, result.last_day)
            .with_status(422)
            .with_field("last_day");
    if (count_lines(tx, result.first_day, result.last_day) > span.lines_max) refuse_size(result, span.lines_max);
    SpanWriter(tx, result, span.syntax).write();
    if (static_cast<std::int64_t>(result.text.size()) > tessera::attachments::bytes_max) refuse_size(result, span.lines_max);
    return result;
}

}  // namespace journal_export
