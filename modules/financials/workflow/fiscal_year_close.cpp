//     open --close--> closed --reopen--> open
//
// Closing empties the income and expense accounts into retained earnings on the last day of the year; reopening reverses
// that entry on the same day. In between every period of the year is locked.

#include "services/kept_balances.h"
#include "workflow/period_change.h"

namespace financials {
namespace fiscal_year_close {

using tessera::Refused;

struct Closing {
    bool        lock_periods = false;
    static void describe(tessera::Fields<Closing>& fields) {
        fields.field("lock_periods", &Closing::lock_periods,
                     tessera::help("Lock the periods that are still open; otherwise they must be locked before"));
    }
};

struct Reopening {
    std::string reason{};
    static void describe(tessera::Fields<Reopening>& fields) {
        fields.field("reason", &Reopening::reason, tessera::required,
                     tessera::help("Why the year is reopened; kept for the auditor"));
    }
};

void check_earlier_years(const Transaction& tx, const FiscalYear& year) {
    const auto earlier = tx.value<std::string>(R"sql(
        SELECT y.name FROM financials_fiscal_year y
        WHERE y.state = 'open' AND y.ends_on < :starts_on
          AND EXISTS (SELECT 1 FROM financials_daily_balance b WHERE b.date >= y.starts_on AND b.date <= y.ends_on)
        ORDER BY y.starts_on LIMIT 1)sql",
                                               year.starts_on);
    if (earlier)
        throw Refused("financials.earlier_year_open",
                      "To close fiscal year {}, close {} first: it is open and has entries.", year.name, *earlier);
}

void check_locked(const FiscalYear& year, const std::vector<Period>& periods) {
    std::string open;
    for (std::size_t i = 0; i + 1 < periods.size(); ++i)
        if (periods[i].state != PeriodState::locked) open += (open.empty() ? "" : ", ") + periods[i].name;
    if (open.empty()) return;
    throw Refused("financials.periods_not_locked",
                  "To close fiscal year {}, lock its earlier periods first ({}), or close it with \"lock periods\".",
                  year.name, open);
}

JournalEntry closing_entry(const Transaction& tx, const FiscalYear& year) {
    JournalEntry entry{.date    = year.ends_on,
                       .journal = "closing",
                       .memo    = "Closing of fiscal year " + year.name,
                       .source  = tx.source_of(year)};
    const auto   sums   = sums_until(tx, year.ends_on, {});
    auto         result = tx.books().zero();
    for (const auto id :
         tx.rows<Id<Account>>("SELECT id FROM financials_account WHERE kind IN ('income', 'expense') ORDER BY code")) {
        const auto it = sums.find(id);
        if (it == sums.end() || it->second.net().is_zero()) continue;
        const auto net = it->second.net();
        entry.lines.push_back(net.is_negative() ? Line{.account = id, .debit = -net}
                                                : Line{.account = id, .credit = net});
        result += net;
    }
    if (!entry.lines.empty() && !result.is_zero())
        entry.lines.push_back(signed_line("financials.retained_earnings", result));
    return entry;
}

void close(Transaction& tx, FiscalYear& year, const Closing& input) {
    check_earlier_years(tx, year);
    auto periods = periods_of(tx, year);
    if (!input.lock_periods) check_locked(year, periods);
    const auto reason = "Closing of fiscal year " + year.name;
    for (std::size_t i = 0; i + 1 < periods.size(); ++i) change_period(tx, periods[i], PeriodState::locked, reason);
    change_period(tx, periods.back(), PeriodState::open, reason);
    year.closing_entry = tx.service<Ledger>().post(tx, closing_entry(tx, year));
    change_period(tx, periods.back(), PeriodState::locked, reason);
}

void check_later_years(const Transaction& tx, const FiscalYear& year) {
    const auto later = tx.value<std::string>(
        "SELECT name FROM financials_fiscal_year WHERE state = 'closed' AND starts_on > :ends_on ORDER BY starts_on "
        "DESC LIMIT 1",
        year.ends_on);
    if (later)
        throw Refused("financials.later_year_closed", "To reopen fiscal year {}, reopen {} first: it is closed.",
                      year.name, *later);
}

void reopen(Transaction& tx, FiscalYear& year, const Reopening& input) {
    check_later_years(tx, year);
    tx.because(input.reason);
    auto last = periods_of(tx, year).back();
    change_period(tx, last, PeriodState::open, input.reason);
    if (year.closing_entry) tx.service<Ledger>().reverse(tx, year.closing_entry, year.ends_on, input.reason);
    year.closing_entry = {};
}

}  // namespace fiscal_year_close

void declare_fiscal_year_close(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.workflow(&FiscalYear::state)
        .transition("close", YearState::open, YearState::closed, needs("financials.close_year"),
                    explained("Posts the result of the year to retained earnings and locks its periods."),
                    fiscal_year_close::close)
        .transition("reopen", YearState::closed, YearState::open, needs("financials.close_year"), destructive, sensitive,
                    explained("Reverses the closing entry and opens the last period."), fiscal_year_close::reopen);
}

}  // namespace financials
