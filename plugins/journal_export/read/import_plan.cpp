#include "read/import_plan.h"

#include "read/account_finder.h"
#include "read/journal_reader.h"

#include <financials/periods.h>

#include <algorithm>
#include <map>

namespace journal_export {
namespace import_plan_parts {

using tessera::excerpt;

class Planner {
public:
    Planner(const Snapshot& tx, const Import& import, Problems& problems)
        : tx_(tx), import_(import), problems_(problems), books_(tx.books().currency), accounts_(tx, import.format) {}

    // Nothing when a problem was found, or when the transaction only asserts balances.
    std::optional<Planned> plan(const Entry& entry) {
        const auto before = problems_.count();
        Planned    planned{.entry = {.date = entry.date, .journal = journal_of(entry), .memo = entry.memo}, .line = entry.line};
        if (!entry.date.empty()) check_day(entry);
        if (entry.whole) check_memo(entry);
        Sides sides;
        for (const auto& posting : entry.postings) add_line(planned.entry, posting, sides, entry.whole);
        if (!entry.whole || problems_.count() > before) return std::nullopt;
        complete(planned.entry, entry, sides);
        if (problems_.count() > before) return std::nullopt;
        if (!moves_anything(planned.entry)) {
            if (std::ranges::none_of(entry.postings, &Posting::asserted))
                problems_.add(entry.line, "journal_export.no_amounts",
                              "To post this transaction, give it amounts: nothing in it moves anything.");
            return std::nullopt;
        }
        return planned;
    }

private:
    // Amounts with a sign until all are known: debit positive.
    struct Sides {
        tessera::Wide                              total = 0;
        const Posting*                             open  = nullptr;  // the one that leaves out its amount
        std::optional<financials::ManualEntryLine> open_line{};
        std::size_t                                place = 0;
    };

    static financials::ManualJournal journal_of(const Entry& entry) {
        const auto name = tag_of(entry.tags, journal_tag);
        for (const auto journal : {financials::ManualJournal::adjustment, financials::ManualJournal::opening})
            if (name == tessera::name_of(journal)) return journal;
        return financials::ManualJournal::general;
    }

    void check_day(const Entry& entry) {
        auto [place, fresh] = closed_.try_emplace(entry.date);
        if (fresh && !tx_.service<financials::Ledger>().is_open(tx_, entry.date)) place->second = why_closed(entry.date);
        if (!place->second.empty()) problems_.add(entry.line, "journal_export.period_closed", "{}", place->second);
    }
    std::string why_closed(Date day) const {
        const auto period = tx_.first<financials::Period>("starts_on <= :day AND ends_on >= :day2", day, day);
        if (!period) return fmt::format("To post on {}, create the fiscal year that contains this day.", day);
        const bool locked = period->state == financials::PeriodState::locked;
        if (!locked && tx_.user().may("financials.post_in_soft_locked")) return {};
        return fmt::format("To post on {}, reopen period {} or choose another day: the period is {}.", day, period->name,
                           locked ? "locked" : "soft-locked");
    }

    void check_memo(const Entry& entry) {
        if (entry.memo.empty())
            problems_.add(entry.line, "journal_export.no_description", "To post this transaction, describe it on its first line.");
        check_length(entry.line, entry.memo, "description");
    }
    void check_length(std::int64_t line, const std::string& text, std::string_view what) {
        if (text.size() > text_max)
            problems_.add(line, "journal_export.too_long", "To post this transaction, shorten its {} to {} bytes.", what, text_max);
    }

    Id<Account> account_of(const Posting& posting) {
        const auto* account = accounts_.find(posting.account);
        const auto  refuse  = [&](std::string_view what) {
            problems_.add(posting.line, "journal_export.account_not_postable", "To post to {} {}, choose another account: it is {}.",
                            account->code, account->name, what);
            return Id<Account>{};
        };
        if (!account) {
            problems_.add(posting.line, "journal_export.unknown_account",
                          "To post to \"{}\", say which account it is (journal_export.account_name): no account has this name or code.",
                          excerpt(posting.account));
            return {};
        }
        if (!account->postable) return refuse("a heading");
        if (!account->active) return refuse("inactive");
        if (account->control != financials::Control::none)
            return refuse(fmt::format("the control account of {}", tessera::name_of(account->control)));
        return account->id;
    }

    Id<directory::Party> party_of(const Posting& posting) {
        const auto number = tag_of(posting.tags, party_tag), name = tag_of(posting.tags, party_name_tag);
        if (number.empty() && name.empty()) return {};
        auto& known = parties_[{number, name}];
        if (!known) known = find_party(number, name);
        if (!known)
            problems_.add(posting.line, "journal_export.unknown_party",
                          "To post for \"{}\", enter this party, or take the tag out: none, or more than one, has it.",
                          excerpt(number.empty() ? name : number));
        return known;
    }
    Id<directory::Party> find_party(const std::string& number, const std::string& name) const {
        if (!number.empty())
            return Id<directory::Party>{
                tx_.value<std::int64_t>("SELECT id FROM directory_party WHERE number = :number", number).value_or(0)};
        const auto found = tx_.rows<std::int64_t>("SELECT id FROM directory_party WHERE name = :name ORDER BY id LIMIT 2", name);
        return Id<directory::Party>{found.size() == 1 ? found.front() : 0};
    }

    std::optional<std::int64_t> minor_units(const Posting& posting) {
        const auto& amount = *posting.amount;
        const bool  ours   = amount.commodity.empty() || amount.commodity == books_.code() ||
                          (!import_.symbol.empty() && amount.commodity == import_.symbol);
        if (!ours || posting.cost) {
            problems_.add(posting.line, "journal_export.other_currency",
                          "To post {} {}, write the amount in {}, the currency of the books, without a cost.", amount.str(),
                          excerpt(amount.commodity), books_.code());
            return std::nullopt;
        }
        const int     surplus = std::max(0, amount.decimals - books_.decimals());
        const auto    unit    = tessera::power_of_ten(surplus);
        tessera::Wide units   = amount.units;
        if (amount.units % unit != 0) {
            problems_.add(posting.line, "journal_export.too_many_decimals", "To post {}, round it: the books have {} decimals.",
                          amount.str(), books_.decimals());
            return std::nullopt;
        }
        units = units / unit * tessera::power_of_ten(std::max(0, books_.decimals() - amount.decimals));
        if (units > amount_max || units < -amount_max) {
            problems_.add(posting.line, "journal_export.unreadable_amount", "To post {}, divide it: it is more than the books hold.",
                          amount.str());
            return std::nullopt;
        }
        return static_cast<std::int64_t>(units);
    }

    void set(financials::ManualEntryLine& line, std::int64_t units) const {
        line.debit  = Money{std::max<std::int64_t>(units, 0), books_};
        line.credit = Money{std::max<std::int64_t>(-units, 0), books_};
    }

    // What was not understood has no amount either.
    void add_line(ManualEntry& entry, const Posting& posting, Sides& sides, bool whole) {
        financials::ManualEntryLine line{
            .account = account_of(posting), .party = party_of(posting), .memo = tag_of(posting.tags, memo_tag)};
        check_length(posting.line, line.memo, "memo");
        if (!posting.amount) {
            if (sides.open && whole)
                problems_.add(posting.line, "journal_export.unreadable_amount",
                              "To post this transaction, leave out no more than one of its amounts.");
            sides.open      = &posting;
            sides.open_line = line;
            sides.place     = entry.lines.size();
            return;
        }
        const auto units = minor_units(posting);
        if (!units) return;
        sides.total += *units;
        set(line, *units);
        if (*units != 0) entry.lines.push_back(std::move(line));
    }

    void complete(ManualEntry& manual, const Entry& entry, const Sides& sides) {
        if (sides.total > amount_max || sides.total < -amount_max) {
            problems_.add(entry.line, "journal_export.unreadable_amount",
                          "To post this transaction, divide it: its sum is more than the books hold.");
            return;
        }
        const auto total = static_cast<std::int64_t>(sides.total);
        if (sides.open && total != 0) {
            auto line = *sides.open_line;
            set(line, -total);
            manual.lines.insert(manual.lines.begin() + static_cast<std::ptrdiff_t>(sides.place), std::move(line));
        } else if (!sides.open && total != 0) {
            problems_.add(entry.line, "journal_export.unbalanced",
                          "To post this transaction, balance it: it has {} too much on the {} side.", Money{std::abs(total), books_},
                          total > 0 ? "debit" : "credit");
        }
    }

    // Lines alike are one line of the ledger, and of nothing there is none.
    static bool moves_anything(const ManualEntry& entry) {
        std::map<std::tuple<std::int64_t, std::int64_t, std::string>, tessera::Wide> sums;
        for (const auto& line : entry.lines)
            sums[{line.account.value, line.party.value, line.memo}] += line.debit.minor() - line.credit.minor();
        return std::ranges::any_of(sums, [](const auto& sum) { return sum.second != 0; });
    }

    static constexpr std::int64_t amount_max = 1'000'000'000'000'000'000 / 10'000;  // 5,000 transactions of it fit into a balance
    static constexpr std::size_t  text_max   = 4'000;

    const Snapshot&                                                     tx_;
    const Import&                                                       import_;
    Problems&                                                           problems_;
    Currency                                                            books_;
    AccountFinder                                                       accounts_;
    std::map<Date, std::string>                                         closed_{};
    std::map<std::pair<std::string, std::string>, Id<directory::Party>> parties_{};
};

}  // namespace import_plan_parts

std::vector<Planned> import_plan(const Snapshot& tx, const Import& import, std::string_view text, Problems& problems) {
    const auto entries = read_journal(import.format, text, problems);
    if (entries.empty() && problems.none())
        problems.add(1, "journal_export.no_transactions",
                     "To import this file, choose one with transactions: it has none in the syntax of {}.",
                     tessera::name_of(import.format));
    import_plan_parts::Planner planner(tx, import, problems);
    std::vector<Planned>       plan;
    for (const auto& entry : entries)
        if (auto planned = planner.plan(entry)) plan.push_back(*std::move(planned));
    return plan;
}

}  // namespace journal_export
