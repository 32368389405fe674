// Proofs that the kept balances say what the lines say, and that all accounts together are zero.

#include <financials/periods.h>

#include <tessera/kernel.h>

#include <algorithm>
#include <map>

namespace financials {
namespace balance_checks {

using tessera::Finding;
using Report = std::function<void(Finding)>;

struct Sums {
    std::int64_t debit = 0, credit = 0;
    void         add(std::int64_t amount) { amount > 0 ? debit += amount : credit -= amount; }
    friend bool  operator==(const Sums&, const Sums&) = default;
};
using Balances = std::map<std::pair<std::int64_t, Date>, Sums>;

struct LineRow {
    std::int64_t account = 0;
    Date         date{};
    std::int64_t amount = 0;
};
struct KeptRow {
    std::int64_t account = 0;
    Date         date{};
    std::int64_t debit = 0, credit = 0;
};

// One pass over all lines, as they lie.
Balances of_lines(const Snapshot& snapshot, const std::function<Date(Date)>& day) {
    Balances balances;
    snapshot.each<LineRow>("SELECT account, date, amount FROM financials_journal_line", [&](const LineRow& line) {
        balances[{line.account, day(line.date)}].add(line.amount);
    });
    return balances;
}

Balances kept(const Snapshot& snapshot, std::string_view sql) {
    Balances balances;
    snapshot.each<KeptRow>(sql, [&](const KeptRow& row) {
        balances[{row.account, row.date}] = {row.debit, row.credit};
    });
    return balances;
}

std::string text_of(const Snapshot& snapshot, const Sums& sums) {
    const auto books = snapshot.books().currency;
    return fmt::format("debit {}, credit {}", Money{sums.debit, books}, Money{sums.credit, books});
}

void compare(const Snapshot& snapshot, const Balances& lines, const Balances& stored, const Report& report) {
    const auto tell = [&](const auto& key, const Sums& expected, const Sums& found) {
        const auto code =
            snapshot.value<std::string>("SELECT code FROM financials_account WHERE id = :id", key.first).value_or("?");
        report({fmt::format("account {} {}", code, key.second), text_of(snapshot, expected), text_of(snapshot, found)});
    };
    for (const auto& [key, sums] : lines) {
        const auto it    = stored.find(key);
        const auto found = it == stored.end() ? Sums{} : it->second;
        if (found != sums) tell(key, sums, found);
    }
    for (const auto& [key, sums] : stored)
        if (!lines.contains(key) && sums != Sums{}) tell(key, Sums{}, sums);
}

void daily_balances(const Snapshot& snapshot, const Report& report) {
    compare(snapshot, of_lines(snapshot, [](Date date) { return date; }),
            kept(snapshot, "SELECT account, date, debit, credit FROM financials_daily_balance"), report);
}

void period_balances(const Snapshot& snapshot, const Report& report) {
    const auto starts = snapshot.rows<Date>("SELECT starts_on FROM financials_period ORDER BY starts_on");
    const auto period = [&](Date date) {
        const auto after = std::ranges::upper_bound(starts, date);
        return after == starts.begin() ? Date{} : *std::prev(after);
    };
    compare(snapshot, of_lines(snapshot, period),
            kept(snapshot, "SELECT account, period_start, debit, credit FROM financials_period_balance"), report);
}

struct OutOfBalance {
    Date         period{};
    std::int64_t difference = 0;
};

void trial_balance(const Snapshot& snapshot, const Report& report) {
    const auto books = snapshot.books().currency;
    const auto total = snapshot.value<std::int64_t>("SELECT sum(amount) FROM financials_journal_line").value_or(0);
    if (total != 0) report({"all entries", "0", Money{total, books}.str()});
    snapshot.each<OutOfBalance>(
        R"sql(
        SELECT period_start, sum(debit) - sum(credit) FROM financials_period_balance GROUP BY period_start HAVING sum(debit) <> sum(credit) ORDER BY period_start)sql",
        [&](const OutOfBalance& row) {
            report({fmt::format("period from {}", row.period), "0", Money{row.difference, books}.str()});
        });
}

}  // namespace balance_checks

void declare_balance_checks(tessera::Kernel& kernel) {
    kernel.check("financials.trial_balance", "All accounts together are zero", balance_checks::trial_balance);
    kernel.check("financials.period_balances", "Period balances equal the lines", balance_checks::period_balances);
    kernel.check("financials.daily_balances", "Daily balances equal the lines", balance_checks::daily_balances);
}

}  // namespace financials
