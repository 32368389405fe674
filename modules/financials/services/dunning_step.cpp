#include "services/dunning_step.h"

namespace financials {

int next_step(std::span<const DunningStep> steps, std::int64_t reached, std::int64_t days_overdue, std::int64_t days_since) {
    std::int64_t days_of_last = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto& step = steps[i];
        if (step.level <= reached) {
            days_of_last = step.days_overdue;
            continue;
        }
        const bool rested = reached == 0 || days_since >= step.days_overdue - days_of_last;
        return days_overdue >= step.days_overdue && rested ? static_cast<int>(i) : -1;
    }
    return -1;
}

}  // namespace financials
