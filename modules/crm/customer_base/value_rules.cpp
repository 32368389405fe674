// How customers are valued: the basis, tiers, floors, stages and segments, and what a new company begins with.
#include <crm/customer_value.h>

#include "analysis/lifecycle.h"
#include "analysis/rfm.h"
#include "customer_base/declare.h"

namespace crm {

namespace value_rules {

using tessera::Refused;
using tessera::SeedOptions;

void check_basis(Transaction& tx, ValueBasis& basis) {
    if (basis.valid_from.empty()) basis.valid_from = tx.today();
    if (basis.horizon_months > 120)
        throw Refused("crm.horizon_too_long", "To value customers, reckon with at most 120 months: {} are more than any forecast bears.", basis.horizon_months)
            .with_status(422)
            .with_field("horizon_months");
    if (basis.margin > Percent::of(100))
        throw Refused("crm.margin_too_high", "To value customers, give a margin of at most 100 %: {} % is more than they spend.", basis.margin)
            .with_status(422)
            .with_field("margin");
}

void check_tier(Transaction&, ValueTier& tier) {
    if (tier.discount > Percent::of(100))
        throw Refused("crm.discount_too_high", "To save tier {}, give a discount of at most 100 %.", tier.name).with_status(422).with_field("discount");
    if (tier.resolution_days < tier.first_response_days)
        throw Refused("crm.resolved_before_answered", "To save tier {}, allow at least as many days to resolve a complaint ({}) as to answer it ({}).", tier.name,
                      tier.resolution_days, tier.first_response_days)
            .with_status(422)
            .with_field("resolution_days");
}

void check_floor(Transaction&, TierFloor& floor) {
    if (!floor.valid_to.empty() && floor.valid_to < floor.valid_from)
        throw Refused("crm.ends_before_it_begins", "To promise a tier, let it end on {} or later: it begins then.", floor.valid_from).with_status(422).with_field("valid_to");
}

void check_rule(Transaction&, LifecycleRule& rule) {
    const auto empty = [](const auto& from, const auto& to) { return from && to && *from > *to; };
    if (empty(rule.purchases_from, rule.purchases_to) || empty(rule.silent_days_from, rule.silent_days_to))
        throw Refused("crm.rule_never_holds", "To use rule {} ({}), let its lower limits be at most its upper ones.", rule.rank, rule.stage).with_status(422);
}

void check_segment(Transaction&, RfmSegment& segment) {
    const auto bad = [](std::int64_t low, std::int64_t high) { return low < 1 || high > 5 || low > high; };
    if (bad(segment.recency_low, segment.recency_high) || bad(segment.frequency_low, segment.frequency_high) || bad(segment.monetary_low, segment.monetary_high))
        throw Refused("crm.not_a_score", "To save segment {}, give ranges within 1 to 5, the lower end first.", segment.name).with_status(422);
}

void seed(Transaction& tx, const SeedOptions&) {
    for (auto& rule : standard_lifecycle()) tx.insert(rule);
    std::int64_t rank = 0;
    for (const auto& [name, r, f, m] : rfm::standard_segments())
        tx.insert(RfmSegment{.rank = rank += 10, .name = name, .recency_low = r.low, .recency_high = r.high, .frequency_low = f.low, .frequency_high = f.high,
                             .monetary_low = m.low, .monetary_high = m.high});
}

}  // namespace value_rules

void declare_value_rules(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace value_rules;
    kernel.entity<ValueBasis>("crm.value_basis", "Basis of customer value")
        .plural("Bases of customer value")
        .path("value_bases")
        .help("How the expected value of customers is reckoned; the newest from or before a day counts")
        .field("valid_from", &ValueBasis::valid_from, unique, help("Today when left out"))
        .field("horizon_months", &ValueBasis::horizon_months, positive, help("Over which the value is reckoned; at most 120"))
        .field("discount", &ValueBasis::discount, not_negative, help("Percent a year by which later money is worth less"))
        .field("margin", &ValueBasis::margin, positive, help("Percent of what customers spend that is left to us"))
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(check_basis);
    kernel.entity<ValueTier>("crm.value_tier", "Value tier")
        .help("What customers of a certain expected value are promised")
        .field("name", &ValueTier::name, required, unique, longest(60))
        .field("from_value", &ValueTier::from_value, not_negative, unique, help("Of the expected value, included; in the currency of the books"))
        .field("service_level", &ValueTier::service_level, help("What they are promised, in words"))
        .field("discount", &ValueTier::discount, not_negative, help("The usual discount of the tier, in percent"))
        .field("first_response_days", &ValueTier::first_response_days, not_negative, help("Working days within which a complaint is first answered"))
        .field("resolution_days", &ValueTier::resolution_days, not_negative, help("Working days within which a complaint is resolved"))
        .display("name")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(check_tier);
    kernel.entity<TierFloor>("crm.tier_floor", "Promised tier")
        .help("A contract that promises a customer at least a tier, whatever the expected value")
        .field("party", &TierFloor::party, required, indexed, erased_with)
        .field("tier", &TierFloor::tier, required)
        .field("valid_from", &TierFloor::valid_from, required)
        .field("valid_to", &TierFloor::valid_to, help("The last day; without end when left out"))
        .field("contract", &TierFloor::contract, required, searchable)
        .display("contract")
        .menu(Menu::master_data)
        .needs("crm.manage")
        .validate(check_floor);
    kernel.entity<LifecycleRule>("crm.lifecycle_rule", "Lifecycle rule")
        .help("Names the stage of customers for whom all its conditions hold; the first by rank counts")
        .field("rank", &LifecycleRule::rank, required, unique, help("Rules are asked from the lowest rank on"))
        .field("stage", &LifecycleRule::stage, required, longest(60))
        .field("purchases_from", &LifecycleRule::purchases_from, not_negative, help("At least so many days with a purchase"))
        .field("purchases_to", &LifecycleRule::purchases_to, not_negative, help("At most so many"))
        .field("silent_days_from", &LifecycleRule::silent_days_from, not_negative, help("At least so many days since the last purchase"))
        .field("silent_days_to", &LifecycleRule::silent_days_to, not_negative, help("At most so many"))
        .field("silence_from", &LifecycleRule::silence_from, not_negative, help("Since the last purchase at least so many percent of their own usual interval"))
        .field("alive_below", &LifecycleRule::alive_below, not_negative, help("A chance that they still buy below so many percent"))
        .field("meaning", &LifecycleRule::meaning, not_in_list, help("What is to be done with them"))
        .display("stage")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(check_rule);
    kernel.entity<RfmSegment>("crm.rfm_segment", "RFM segment")
        .help("Ranges of the scores for recency, frequency and money, 5 the best; the first by rank counts")
        .field("rank", &RfmSegment::rank, required, unique)
        .field("name", &RfmSegment::name, required, unique, longest(60))
        .field("recency_low", &RfmSegment::recency_low)
        .field("recency_high", &RfmSegment::recency_high)
        .field("frequency_low", &RfmSegment::frequency_low)
        .field("frequency_high", &RfmSegment::frequency_high)
        .field("monetary_low", &RfmSegment::monetary_low)
        .field("monetary_high", &RfmSegment::monetary_high)
        .display("name")
        .menu(Menu::setup)
        .needs("crm.manage")
        .validate(check_segment);
    kernel.seed(seed);
}

}  // namespace crm
