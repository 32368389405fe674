#pragma once
// The calendar of a fiscal year: its last day, its name, its twelve monthly periods, whatever day it begins on.

#include <financials/periods.h>

namespace financials {

Date                year_end(Date starts_on);
std::string         year_name(Date starts_on);        // "2026", "2026/27"
std::vector<Period> monthly_periods(Date starts_on);  // the first begins on that day, the last ends a year later

}  // namespace financials
