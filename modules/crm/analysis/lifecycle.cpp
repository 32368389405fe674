#include "analysis/lifecycle.h"

#include <algorithm>

namespace crm {

namespace lifecycle {

template <class T>
bool at_least(const std::optional<T>& limit, const std::optional<T>& value) {
    return !limit || (value && *value >= *limit);
}
template <class T>
bool at_most(const std::optional<T>& limit, const std::optional<T>& value) {
    return !limit || (value && *value <= *limit);
}

// In percent of the usual interval; those who came back within a day are measured by a day.
std::optional<Percent> silence(const LifecycleFacts& facts) {
    if (!facts.silent_days || !facts.usual_interval_days) return std::nullopt;
    const auto interval = std::max<std::int64_t>(*facts.usual_interval_days, 1);
    return Percent::raw(tessera::divide(tessera::Wide{*facts.silent_days} * 100 * tessera::power_of_ten(Percent::decimals), interval));
}

bool holds(const LifecycleRule& rule, const LifecycleFacts& facts) {
    const std::optional purchases(facts.purchases);
    return at_least(rule.purchases_from, purchases) && at_most(rule.purchases_to, purchases) && at_least(rule.silent_days_from, facts.silent_days) &&
           at_most(rule.silent_days_to, facts.silent_days) && at_least(rule.silence_from, silence(facts)) &&
           (!rule.alive_below || (facts.alive && *facts.alive < *rule.alive_below));
}

}  // namespace lifecycle

std::string stage_of(const LifecycleFacts& facts, std::span<const LifecycleRule> rules) {
    const auto found = std::ranges::find_if(rules, [&](const LifecycleRule& rule) { return lifecycle::holds(rule, facts); });
    return found == rules.end() ? std::string() : found->stage;
}

std::vector<LifecycleRule> standard_lifecycle() {
    return {
        {.rank = 10, .stage = "prospect", .purchases_to = 0, .meaning = "Has bought nothing yet: win them"},
        {.rank = 20, .stage = "lost", .silent_days_from = 730, .meaning = "Silent for two years"},
        {.rank = 30, .stage = "lost", .purchases_from = 2, .alive_below = Percent::of(10), .meaning = "Hardly to be expected any more"},
        {.rank = 40, .stage = "at risk", .purchases_from = 3, .silence_from = Percent::of(200), .meaning = "Silent for twice their usual interval: ask why"},
        {.rank = 50, .stage = "at risk", .purchases_from = 2, .alive_below = Percent::of(50), .meaning = "More likely gone than not: ask why"},
        {.rank = 60, .stage = "new", .purchases_to = 1, .silent_days_to = 90, .meaning = "See to it that the first purchase was a good one"},
        {.rank = 70, .stage = "bought once", .purchases_to = 1, .meaning = "Has not come back: give a reason to"},
        {.rank = 80, .stage = "active", .meaning = "Keep"},
    };
}

}  // namespace crm
