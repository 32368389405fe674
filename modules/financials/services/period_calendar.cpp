#include "services/period_calendar.h"

namespace financials {

Date year_end(Date starts_on) { return starts_on.plus_months(12).plus_days(-1); }

std::string year_name(Date starts_on) {
    const int year = starts_on.year();
    if (starts_on == Date(year, 1, 1)) return fmt::format("{}", year);
    return fmt::format("{}/{:02}", year, (year + 1) % 100);
}

std::vector<Period> monthly_periods(Date starts_on) {
    std::vector<Period> periods;
    for (int month = 0; month < 12; ++month) {
        Period period{.starts_on = starts_on.plus_months(month),
                      .ends_on   = starts_on.plus_months(month + 1).plus_days(-1)};
        period.name = period.starts_on.str().substr(0, 7);
        periods.push_back(std::move(period));
    }
    return periods;
}

}  // namespace financials
