#pragma once
// Every change of a period's state leaves a row: who, when, why. verify proves with them that no entry was recorded in a
// period while it was locked.

#include <financials/periods.h>

namespace financials {

// Sets the state, saves the period and records the change. Nothing happens when the period is in that state already.
void change_period(Transaction& tx, Period& period, PeriodState state, const std::string& reason);
void record_period_change(Transaction& tx, const Period& period, const std::string& reason);

std::optional<FiscalYear> year_of(const Snapshot& snapshot, Date date);
std::vector<Period>       periods_of(const Snapshot& snapshot, const FiscalYear& year);

}  // namespace financials
