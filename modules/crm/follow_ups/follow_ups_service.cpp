// After a delivery: a check soon, and a call when the next purchase is due.
#include "customer_base/estimates.h"
#include "follow_ups/declare.h"
#include "follow_ups/planning.h"
#include "follow_ups/working_days.h"
#include "services/party_family.h"

namespace crm {

namespace follow_ups {

struct Delivery {
    Id<Party>              party{};
    const tessera::Source& source;
    Date                   day{};
};

FollowUp following(Transaction& tx, const Delivery& delivery, FollowUpKind kind, Money at_stake) {
    return {.kind           = kind,
            .party          = delivery.party,
            .expected_value = at_stake,
            .script         = script_for(tx, kind),
            .source_entity  = delivery.source.entity,
            .source_id      = delivery.source.id,
            .delivered_on   = delivery.day};
}

Id<FollowUp> plan_check(Transaction& tx, const Delivery& delivery, const FollowUpRule& rule, Money at_stake) {
    auto call   = following(tx, delivery, FollowUpKind::reassurance, at_stake);
    call.due_on = WorkingDays(tx).on_or_after(delivery.day.plus_days(static_cast<int>(rule.check_after_days)));
    call.reason = fmt::format("Delivered on {}: doubts are strongest in the first days", delivery.day);
    return tx.insert(call);
}

// The one that is planned already is moved; its delivery is now this one.
Id<FollowUp> plan_call(Transaction& tx, const Delivery& delivery, const FollowUpRule& rule, Money at_stake) {
    const auto next    = reckoned_call(tx, delivery.party, delivery.day, rule);
    auto       call    = following(tx, delivery, FollowUpKind::repurchase, at_stake);
    const auto planned = tx.first<FollowUp>("party = :party AND kind = 'repurchase' AND state = 'planned' ORDER BY id LIMIT 1", delivery.party);
    if (planned) call.id = planned->id, call.owner = planned->owner, call.contact = planned->contact;
    call.due_on = call.reckoned_for = next.due_on;
    call.reason = next.reason;
    if (planned) return tx.save(call), call.id;
    return tx.insert(call);
}

class Service : public FollowUps {
public:
    PlannedCalls after_delivery(Transaction& tx, Id<Party> party, const tessera::Source& source, Date day) const override {
        if (const auto before = planned_for(tx, source); before.check || before.call) return before;
        const Delivery delivery{survivor_of(tx, party), source, day};
        const auto     rule     = follow_up_rule(tx, delivery.party, day);
        const auto     at_stake = value_at_stake(tx, delivery.party);
        if (is_not_to_be_called(tx, delivery.party) || at_stake < rule.least_value) return {};
        return {plan_check(tx, delivery, rule, at_stake), plan_call(tx, delivery, rule, at_stake)};
    }

private:
    static PlannedCalls planned_for(const Snapshot& tx, const tessera::Source& source) {
        const auto of = [&](FollowUpKind kind) {
            return tx.value<Id<FollowUp>>("SELECT min(id) FROM crm_follow_up WHERE source_entity = :entity AND source_id = :id AND kind = :kind", source.entity, source.id, kind)
                .value_or(Id<FollowUp>{});
        };
        return {of(FollowUpKind::reassurance), of(FollowUpKind::repurchase)};
    }
};

}  // namespace follow_ups

void declare_follow_ups_service(tessera::Kernel& kernel) { kernel.provide<FollowUps>(std::make_shared<follow_ups::Service>()); }

}  // namespace crm
