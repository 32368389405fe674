// What the statistics of analysis/ say of every customer.
#include "customer_base/reckoning.h"

#include "analysis/lifecycle.h"
#include "analysis/lifetime_value.h"
#include "analysis/rfm.h"
#include "analysis/value_tier.h"
#include "customer_base/estimates.h"
#include "customer_base/explanation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace crm {

namespace reckoning {

constexpr double weeks = 7;

struct Floor {
    Id<Party>     party{};
    Id<ValueTier> tier{};
    std::string   contract{};
};

// Everything that is asked for once.
struct Base {
    Date                                            day{};
    ValueBasis                                      basis{};
    std::vector<ValueTier>                          tiers{};
    std::vector<LifecycleRule>                      rules{};
    std::vector<rfm::Segment>                       segments{};
    std::map<Id<Party>, Floor>                      floors{};      // the highest of each
    bg_nbd::Fit                                     purchase_fit{};
    gamma_gamma::Fit                                spend_fit{};
    rfm::Cuts                                       cuts{};
    std::unordered_map<std::int64_t, PurchaseHistory> histories{};
    std::unordered_map<std::int64_t, rfm::Summary>    summaries{};
};

std::vector<rfm::Segment> segments_of(const Snapshot& tx) {
    const auto range = [](std::int64_t low, std::int64_t high) { return rfm::Range{static_cast<int>(low), static_cast<int>(high)}; };
    std::vector<rfm::Segment> all;
    for (const auto& s : tx.select<RfmSegment>("1 = 1 ORDER BY rank, id"))
        all.push_back({s.name, range(s.recency_low, s.recency_high), range(s.frequency_low, s.frequency_high), range(s.monetary_low, s.monetary_high)});
    return all;
}

std::map<Id<Party>, Floor> floors_on(const Snapshot& tx, Date day) {
    std::map<Id<Party>, Floor> floors;
    tx.each<Floor>(R"sql(
        SELECT f.party, f.tier, f.contract FROM crm_tier_floor f JOIN crm_value_tier t ON t.id = f.tier
         WHERE f.valid_from <= :day AND (f.valid_to IS NULL OR f.valid_to >= :day) ORDER BY t.from_value DESC, f.id)sql",
                   [&](const Floor& floor) { floors.emplace(floor.party, floor); }, day);
    return floors;
}

std::vector<Purchase> weighed_purchases(const std::vector<PurchaseFact>& facts) {
    std::vector<Purchase> purchases;
    purchases.reserve(facts.size());
    for (const auto& fact : facts) purchases.push_back({fact.party.value, fact.day, weighed(fact.amount)});
    return purchases;
}

void fit_models(Base& base, const std::vector<PurchaseFact>& facts) {
    const auto                         purchases = weighed_purchases(facts);
    std::vector<BuyingPattern>              patterns;
    std::vector<gamma_gamma::Spending> spending;
    for (auto& history : purchase_histories(purchases, {.calibration_end = base.day, .periods_per_unit = weeks})) {
        patterns.push_back(history.pattern);
        if (history.pattern.frequency > 0) spending.push_back({history.pattern.frequency, history.monetary});
        base.histories.emplace(history.customer, history);
    }
    base.purchase_fit = bg_nbd::fit(std::move(patterns));
    base.spend_fit    = gamma_gamma::fit(std::move(spending));
    auto summaries    = rfm::summarise(purchases, base.day);
    base.cuts         = rfm::cuts_of(summaries);
    for (auto& summary : summaries) base.summaries.emplace(summary.customer, summary);
}

// The facts of one party, whose purchases lie in the order of their days.
void state_facts(CustomerValue& value, std::span<const PurchaseFact> facts) {
    if (facts.empty()) return;
    Money first_day{};
    for (const auto& fact : facts) {
        if (fact.day != value.last_purchase) ++value.purchases;
        value.last_purchase = fact.day;
        value.revenue += fact.amount;
        if (fact.day == facts.front().day) first_day += fact.amount;
    }
    value.first_purchase = facts.front().day;
    value.frequency      = value.purchases - 1;
    value.recency_days   = value.last_purchase - value.first_purchase;
    if (value.frequency > 0) {
        const auto repeats = value.revenue - first_day;
        value.repeat_mean  = Money{tessera::divide(repeats.minor(), value.frequency), repeats.currency()};
    }
}

void estimate(CustomerValue& value, const Base& base, Currency currency) {
    const auto history = base.histories.find(value.party.value);
    if (history == base.histories.end() || base.purchase_fit.state != FitState::fitted) return;
    const auto& fit      = base.purchase_fit.parameters;
    const auto& pattern = history->second.pattern;
    value.alive          = percent_of_chance(bg_nbd::probability_alive(fit, pattern));
    value.next_90_days   = purchases_estimate(bg_nbd::expected_purchases(fit, pattern, 90 / weeks));
    value.next_365_days  = purchases_estimate(bg_nbd::expected_purchases(fit, pattern, 365 / weeks));
    if (base.spend_fit.state != FitState::fitted) return;
    const bool positive = history->second.monetary > 0;
    const auto spend    = gamma_gamma::expected_spend(base.spend_fit.parameters, positive ? gamma_gamma::Spending{pattern.frequency, history->second.monetary} : gamma_gamma::Spending{});
    if (!spend) return;
    const ValueQuestion question{.steps    = static_cast<int>(base.basis.horizon_months),
                                 .discount = discount_of_step(static_cast<double>(base.basis.discount.raw()) / 1e8, 12),
                                 .margin   = static_cast<double>(base.basis.margin.raw()) / 1e8};
    value.expected_spend = money_estimate(*spend, currency);
    value.expected_value = money_estimate(lifetime_value(fit, pattern, *spend, question), currency);
}

LifecycleFacts lifecycle_of(const CustomerValue& value, Date day) {
    LifecycleFacts facts{.purchases = value.purchases, .alive = value.alive};
    if (value.purchases > 0) facts.silent_days = day - value.last_purchase;
    if (value.frequency > 0) facts.usual_interval_days = tessera::divide(value.recency_days, value.frequency);
    return facts;
}

void judge(CustomerValue& value, const Base& base) {
    if (const auto summary = base.summaries.find(value.party.value); summary != base.summaries.end()) {
        const auto scores = rfm::score(base.cuts, summary->second);
        value.score       = scores.text();
        value.segment     = rfm::segment_of(scores, base.segments);
    }
    const auto facts = lifecycle_of(value, base.day);
    value.stage      = stage_of(facts, base.rules);
    const auto floor = base.floors.find(value.party);
    const auto tier  = floor == base.floors.end() ? decide_tier(value.expected_value, base.tiers)
                                                  : decide_tier(value.expected_value, base.tiers, floor->second.tier, floor->second.contract);
    if (tier.tier) value.tier = tier.tier->id;
    value.explanation = explain(value, {.usual_interval_days = facts.usual_interval_days,
                                        .horizon_months      = base.basis.horizon_months,
                                        .purchases           = sentence_of(base.purchase_fit.state),
                                        .spend               = sentence_of(base.spend_fit.state),
                                        .tier                = tier.reason});
}

FitOutcome outcome_of(FitState state) { return static_cast<FitOutcome>(state); }
static_assert(names_of(FitState{}) == names_of(FitOutcome{}));

template <class Fit>
ModelFit record_of(Model model, const Fit& fit, Date day) {
    ModelFit record{.model = model, .day = day, .state = outcome_of(fit.state), .customers = fit.customers, .note = std::string(sentence_of(fit.state))};
    if (fit.state != FitState::fitted) return record;
    record.parameters = text_of(fit.parameters);
    if (std::abs(fit.log_likelihood) < 9e8) record.log_likelihood = tessera::Rate::raw(std::llround(fit.log_likelihood * 1e10));
    return record;
}

std::vector<PurchaseFact> facts_until(const Snapshot& tx, Date day) {
    std::vector<PurchaseFact> facts;
    tx.service<PurchaseLog>().each(tx, {.until = day}, [&](const PurchaseFact& fact) { facts.push_back(fact); });
    std::ranges::stable_sort(facts, [](const PurchaseFact& a, const PurchaseFact& b) { return a.party != b.party ? a.party < b.party : a.day < b.day; });
    return facts;
}

// Those marked as customers and those who have bought, each once and in order.
std::vector<Id<Party>> customers_of(const Snapshot& tx, const std::vector<PurchaseFact>& facts) {
    auto customers = tx.rows<Id<Party>>("SELECT id FROM directory_party WHERE customer = 1 AND active = 1");
    for (const auto& fact : facts)
        if (customers.empty() || customers.back() != fact.party) customers.push_back(fact.party);
    std::ranges::sort(customers);
    customers.erase(std::ranges::unique(customers).begin(), customers.end());
    return customers;
}

}  // namespace reckoning

Reckoning reckon(const Snapshot& tx, Date day) {
    const auto      facts = reckoning::facts_until(tx, day);
    reckoning::Base base{.day      = day,
                         .basis    = tx.first<ValueBasis>("valid_from <= :day ORDER BY valid_from DESC LIMIT 1", day).value_or(ValueBasis{}),
                         .tiers    = tx.select<ValueTier>("1 = 1 ORDER BY from_value"),
                         .rules    = tx.select<LifecycleRule>("1 = 1 ORDER BY rank"),
                         .segments = reckoning::segments_of(tx),
                         .floors   = reckoning::floors_on(tx, day)};
    reckoning::fit_models(base, facts);
    Reckoning result{day, reckoning::record_of(Model::bg_nbd, base.purchase_fit, day), reckoning::record_of(Model::gamma_gamma, base.spend_fit, day), {}};
    auto from = facts.begin();
    for (const auto party : reckoning::customers_of(tx, facts)) {
        const auto to = std::find_if(from, facts.end(), [&](const PurchaseFact& fact) { return fact.party != party; });
        CustomerValue value{.party = party, .revenue = Money{0, tx.books().currency}, .repeat_mean = Money{0, tx.books().currency}};
        reckoning::state_facts(value, {from, to});
        reckoning::estimate(value, base, tx.books().currency);
        reckoning::judge(value, base);
        result.values.push_back(std::move(value));
        from = to;
    }
    return result;
}

}  // namespace crm
