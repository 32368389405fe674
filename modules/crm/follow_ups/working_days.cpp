#include "follow_ups/working_days.h"

namespace crm {

WorkingDays::WorkingDays(const Snapshot& tx) {
    for (const auto day : tx.rows<Date>("SELECT day FROM crm_holiday")) holidays_.insert(day);
}

Date WorkingDays::on_or_after(Date day) const {
    while (!is_worked(day)) day = day.plus_days(1);
    return day;
}

Date WorkingDays::plus(Date day, std::int64_t working_days) const {
    for (; working_days > 0; --working_days) day = on_or_after(day.plus_days(1));
    return on_or_after(day);
}

std::int64_t WorkingDays::between(Date day, Date later) const {
    std::int64_t worked = 0;
    while (day < later) worked += is_worked(day = day.plus_days(1));
    return worked;
}

}  // namespace crm
