#pragma once
// Fiscal years and their periods. A year is made by the day it starts; it brings its twelve monthly periods. A period
// that is soft-locked takes entries of administrators only, a locked one takes none, until it is reopened with a reason.
//
//     tx.insert(FiscalYear{.starts_on = "2027-04-01"_date});       // "2027/28", with periods 2027-04 … 2028-03
//     company.transition(period, "soft_lock");
//
// Closing a year posts what its income and expense accounts hold to retained earnings, on its last day, and locks it.

#include <financials/ledger.h>

namespace financials {

enum class YearState { open, closed };
constexpr auto names_of(YearState) { return tessera::names("open", "closed"); }

struct FiscalYear {  // financials.fiscal_year; periods belong to it by their days
    Id<FiscalYear>  id{};
    std::string     name{};  // "2026", or "2026/27" when it does not begin in January; made when left out
    Date            starts_on{};
    Date            ends_on{};  // twelve months later
    YearState       state = YearState::open;
    Id<PostedEntry> closing_entry{};
};

enum class PeriodState { open, soft_locked, locked };
constexpr auto names_of(PeriodState) { return tessera::names("open", "soft_locked", "locked"); }

struct Period {  // financials.period
    Id<Period>  id{};
    std::string name{};  // "2026-01": year and month of its first day
    Date        starts_on{};
    Date        ends_on{};
    PeriodState state = PeriodState::open;
};

struct PeriodChange {  // financials.period_change: append-only; who locked and reopened what, and why
    Id<PeriodChange> id{};
    Id<Period>       period{};
    PeriodState      state = PeriodState::open;
    tessera::Instant recorded_at{};
    std::string      user{};
    std::string      reason{};
};

}  // namespace financials
