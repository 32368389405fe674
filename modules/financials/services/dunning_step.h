#pragma once
// Which level comes next for an item, decided on values alone.

#include <cstdint>
#include <span>

namespace financials {

struct DunningStep {
    std::int64_t level        = 0;
    std::int64_t days_overdue = 0;
};

// `steps` in the order of their levels; `reached` is the last level of the item, 0 for none, and `days_since` how long ago that
// was. Gives the place of the step that comes after it, when the item is overdue long enough for it and as many days as lie
// between the two levels have passed since the last letter; -1 when not, or there is none.
//
//     levels 1 from 10 days, 2 from 30:   reached 0, 45 days overdue → level 1 (one after the other), and 20 days later level 2
int next_step(std::span<const DunningStep> steps, std::int64_t reached, std::int64_t days_overdue, std::int64_t days_since);

}  // namespace financials
