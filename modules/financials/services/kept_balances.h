#pragma once
// Balances of all accounts at the end of any day, from the kept sums: whole periods from the period balances, the days
// of a begun period from the daily ones. What was recorded after a moment is taken out again line by line, so the cost
// is the size of the chart plus what has happened since that moment.

#include "services/known_at.h"

#include <financials/ledger.h>

#include <map>

namespace financials {

struct PeriodBalance {                    // financials.period_balance
    Id<Account> account{};
    Date        period_start{};
    Money       debit{};
    Money       credit{};
};
struct DailyBalance {                     // financials.daily_balance
    Date        date{};
    Id<Account> account{};
    Money       debit{};
    Money       credit{};
};

struct Sums {
    Money debit{};
    Money credit{};
    Money net() const { return debit - credit; }
};
using SumsByAccount = std::map<Id<Account>, Sums>;

// All that was ever posted up to and including the day.
SumsByAccount sums_until(const Snapshot& snapshot, Date day, const KnownAt& known);
// What closing entries of fiscal years (and their reversals) posted within the days.
SumsByAccount sums_of_closing(const Snapshot& snapshot, Date from, Date to, const KnownAt& known);
// One account's balance at the end of a day.
Money balance_until(const Snapshot& snapshot, Id<Account> account, Date day, const KnownAt& known);

}  // namespace financials
