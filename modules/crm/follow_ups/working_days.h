#pragma once
// A simple calendar: Monday to Friday are worked, holidays (crm.holiday) are not.
//
//     const WorkingDays calendar(tx);
//     calendar.on_or_after("2026-04-04"_date)        // Saturday: 2026-04-06, unless that is a holiday
//     calendar.plus("2026-04-03"_date, 2)            // the second working day behind it: 2026-04-07
//     calendar.between("2026-04-03"_date, "2026-04-07"_date)   // 2: days worked behind the first, up to the second

#include <crm/follow_ups.h>

#include <set>

namespace crm {

class WorkingDays {
public:
    explicit WorkingDays(std::set<Date> holidays) : holidays_(std::move(holidays)) {}
    explicit WorkingDays(const Snapshot& tx);

    bool         is_worked(Date day) const { return day.weekday() <= 5 && !holidays_.contains(day); }
    Date         on_or_after(Date day) const;
    Date         plus(Date day, std::int64_t working_days) const;  // 0: the day itself, or the first worked behind it
    std::int64_t between(Date day, Date later) const;

private:
    std::set<Date> holidays_;
};

}  // namespace crm
