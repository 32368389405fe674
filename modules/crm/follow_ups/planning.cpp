#include "follow_ups/planning.h"

#include "customer_base/estimates.h"
#include "follow_ups/dissonance.h"
#include "follow_ups/working_days.h"

#include <algorithm>
#include <set>

namespace crm {

FollowUpRule follow_up_rule(const Snapshot& tx, Id<Party> party, Date day) {
    if (const auto tier = tx.service<ValueTiers>().of(tx, party, day))
        if (const auto own = tx.first<FollowUpRule>("tier = :tier", tier->id)) return *own;
    return tx.first<FollowUpRule>("tier IS NULL ORDER BY id LIMIT 1").value_or(FollowUpRule{.least_value = Money{0, tx.books().currency}});
}

BuyingPattern pattern_until(const Snapshot& tx, Id<Party> party, Date day, bool with_day) {
    std::set<Date> days;
    if (with_day) days.insert(day);
    tx.service<PurchaseLog>().each(tx, {.party = party, .until = day}, [&](const PurchaseFact& fact) { days.insert(fact.day); });
    if (days.empty()) return {};
    return {static_cast<double>(days.size() - 1), (*days.rbegin() - *days.begin()) / 7.0, (day - *days.begin()) / 7.0};  // statistics: weeks
}

ReckonedCall reckoned_call(const Snapshot& tx, Id<Party> party, Date delivered_on, const FollowUpRule& rule) {
    const auto fit  = newest_fitted(tx, Model::bg_nbd);
    const auto next = next_call(fit ? purchase_parameters_of(*fit) : std::nullopt, pattern_until(tx, party, delivered_on, true),
                                {static_cast<int>(rule.earliest_days), static_cast<int>(rule.latest_days)});
    return {WorkingDays(tx).on_or_after(delivered_on.plus_days(next.days)), fmt::format("Delivered on {}: {}", delivered_on, next.reason)};
}

Money value_at_stake(const Snapshot& tx, Id<Party> party) {
    const auto value = tx.first<CustomerValue>("party = :party", party);
    if (!value) return Money{0, tx.books().currency};
    if (value->next_90_days && value->expected_spend)
        return Money{tessera::divide(tessera::Wide{value->expected_spend->minor()} * value->next_90_days->raw(), tessera::power_of_ten(Quantity::decimals)), tx.books().currency};
    if (value->purchases == 0) return Money{0, tx.books().currency};
    return Money{tessera::divide(value->revenue.minor(), value->purchases), tx.books().currency};
}

bool is_not_to_be_called(const Snapshot& tx, Id<Party> party) {
    return tx.value<std::string>("SELECT outcome FROM crm_follow_up WHERE party = :party AND state = 'done' ORDER BY done_on DESC, id DESC LIMIT 1", party) == tessera::name_of(CallOutcome::do_not_call);
}

std::string script_for(const Snapshot& tx, FollowUpKind kind) {
    const auto own = tx.value<std::string>("SELECT script FROM crm_call_script WHERE kind = :kind", kind);
    return own.value_or(standard_script(kind));
}

}  // namespace crm
