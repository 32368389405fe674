#include "services/pay_days.h"

#include <algorithm>

namespace payroll {

namespace pay_days {

int shared_days(const Period& a, const Period& b) { return std::max(0, Period{std::max(a.from, b.from), std::min(a.to, b.to)}.days()); }

int paid_days(const Employed& employed, const Period& span) {
    int days = std::max(0, span.days());
    for (const auto& leave : employed.leaves) days -= shared_days(span, {leave.starts_on, leave.ends_on});
    return days;
}

Period at_work(const Employee& employee, const Period& period) {
    return {std::max(employee.hired_on, period.from), employee.left_on.empty() ? period.to : std::min(employee.left_on, period.to)};
}

// The days on which an assignment holds: to the eve of the next one.
Period span_of(const Employed& employed, std::size_t i, const Period& within) {
    const bool last = i + 1 == employed.assignments.size();
    const auto to   = last ? within.to : std::min(within.to, employed.assignments[i + 1].starts_on.plus_days(-1));
    return {std::max(within.from, employed.assignments[i].starts_on), to};
}

Number base_of(const Employed& employed, const Period& within, int paid, const Assignment& last) {
    if (paid == 0) return Number::of(last.base);
    Number sum;
    for (std::size_t i = 0; i < employed.assignments.size(); ++i) {
        const auto days = paid_days(employed, span_of(employed, i, within));
        if (days > 0) sum = sum + Number::of(employed.assignments[i].base) * Number::of(days);
    }
    return sum / Number::of(paid);
}

}  // namespace pay_days

std::optional<PayDays> pay_days_of(const Employed& employed, const Period& period) {
    const auto within = pay_days::at_work(employed.employee, period);
    if (within.days() <= 0) return std::nullopt;
    const auto& all = employed.assignments;
    if (all.empty() || within.from < all.front().starts_on)
        throw tessera::Refused("payroll.no_assignment", "To calculate the pay of {} ({}), assign it from {} on.", employed.employee.name,
                               employed.employee.number, within.from);
    const auto& last = *std::prev(std::ranges::upper_bound(all, within.to, {}, &Assignment::starts_on));
    PayDays     days{
            .period = period.days(), .employed = within.days(), .paid = pay_days::paid_days(employed, within), .structure = last.structure};
    days.base = pay_days::base_of(employed, within, days.paid, last);
    return days;
}

}  // namespace payroll
