#include "services/kept_balances.h"

namespace financials {
namespace kept_balances {

struct Row {
    Id<Account> account{};
    Money       debit{};
    Money       credit{};
};
struct LineRow {
    Id<Account> account{};
    Money       amount{};
};
struct PeriodDays {
    Date starts_on{};
    Date ends_on{};
};

void add(SumsByAccount& sums, const Row& row) {
    auto& sum = sums[row.account];
    sum.debit += row.debit;
    sum.credit += row.credit;
}
// In the order of ids, one after another: the newest rows lie together.
void subtract_unknown(const Snapshot& snapshot, SumsByAccount& sums, Date day, const KnownAt& known) {
    snapshot.each<LineRow>(
        "SELECT account, amount FROM financials_journal_line WHERE id >= :first_unknown AND date <= :day",
        [&](const LineRow& line) {
            auto& sum = sums[line.account];
            line.amount.is_negative() ? sum.credit += line.amount : sum.debit -= line.amount;
        },
        known.first_unknown_line, day);
}

// Periods that start before `whole_before` count as a whole; days from there on one by one.
Date whole_before(const Snapshot& snapshot, Date day) {
    const auto period = snapshot.row<PeriodDays>(
        "SELECT starts_on, ends_on FROM financials_period WHERE starts_on <= :day ORDER BY starts_on DESC LIMIT 1",
        day);
    if (!period) return day;
    return period->ends_on <= day ? period->ends_on.plus_days(1) : period->starts_on;
}

}  // namespace kept_balances

SumsByAccount sums_until(const Snapshot& snapshot, Date day, const KnownAt& known) {
    using kept_balances::Row;
    SumsByAccount sums;
    const auto    start = kept_balances::whole_before(snapshot, day);
    snapshot.each<Row>(
        "SELECT account, sum(debit), sum(credit) FROM financials_period_balance WHERE period_start < :start GROUP BY "
        "account",
        [&](const Row& row) { kept_balances::add(sums, row); }, start);
    snapshot.each<Row>(
        "SELECT account, sum(debit), sum(credit) FROM financials_daily_balance WHERE date >= :start AND date <= :day "
        "GROUP BY account",
        [&](const Row& row) { kept_balances::add(sums, row); }, start, day);
    if (known.everything()) return sums;
    kept_balances::subtract_unknown(snapshot, sums, day, known);
    return sums;
}

SumsByAccount sums_of_closing(const Snapshot& snapshot, Date from, Date to, const KnownAt& known) {
    using kept_balances::Row;
    SumsByAccount sums;
    snapshot.each<Row>(R"sql(
        SELECT l.account, sum(CASE WHEN l.amount > 0 THEN l.amount ELSE 0 END), sum(CASE WHEN l.amount < 0 THEN -l.amount ELSE 0 END)
        FROM financials_journal_entry e JOIN financials_journal_line l ON l.entry = e.id
        WHERE e.source_entity = 'financials.fiscal_year' AND e.date >= :from AND e.date <= :to AND e.id < :first_unknown
        GROUP BY l.account)sql",
                       [&](const Row& row) { kept_balances::add(sums, row); }, from, to, known.first_unknown_entry);
    return sums;
}

Money balance_until(const Snapshot& snapshot, Id<Account> account, Date day, const KnownAt& known) {
    const auto start = kept_balances::whole_before(snapshot, day);
    auto       sum   = snapshot.books().zero();
    sum += snapshot
               .value<Money>(
                   "SELECT sum(debit) - sum(credit) FROM financials_period_balance WHERE account = :account AND "
                   "period_start < :start",
                   account, start)
               .value_or(Money{});
    sum += snapshot
               .value<Money>(
                   "SELECT sum(debit) - sum(credit) FROM financials_daily_balance WHERE account = :account AND date >= "
                   ":start AND date <= :day",
                   account, start, day)
               .value_or(Money{});
    if (known.everything()) return sum;
    return sum - snapshot
                     .value<Money>(
                         "SELECT sum(amount) FROM financials_journal_line WHERE entry >= :first_unknown AND account = "
                         ":account AND date <= :day",
                         known.first_unknown_entry, account, day)
                     .value_or(Money{});
}

}  // namespace financials
