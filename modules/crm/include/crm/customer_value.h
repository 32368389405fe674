#pragma once
// The customer base: of each customer whether they still buy, how often and for how much they will, and what follows from it for them.
// Every night (job crm.customer_base, or when somebody asks: transition `run` of a crm.valuation) the models of analysis/ are fitted
// to the purchase log and one CustomerValue per customer is rewritten: the facts, the estimates, scores and segment, the stage of life
// by rule, the value tier, and a text that says how it came about.
//
//     const auto value = tx.first<crm::CustomerValue>("party = :party", party);
//     if (value && value->alive) …                              // nothing: no fit, or nothing bought; value->explanation says which
//
// Estimates are rounded to what they can tell: chances to a tenth of a percent, purchases to hundredths, money to whole units of the
// currency of the books. Without a fit (too few customers, or no most likely parameters) there is no estimate, and the facts, scores,
// stage and the tier by contract stand alone.
//
// A tier is given by the expected value: the one with the highest `from_value` that is reached, but never below what a contract
// (TierFloor) promises for the day. What changed is a CustomerMove, which never changes.

#include <crm/purchases.h>

#include <optional>

namespace crm {

// ---- how customers are valued

struct ValueBasis {                       // crm.value_basis: the newest from or before the day counts
    Id<ValueBasis> id{};
    Date           valid_from{};
    std::int64_t   horizon_months = 12;   // over which the value of a customer is reckoned
    Percent        discount       = Percent::of(10);   // a year
    Percent        margin         = Percent::of(100);  // of what they spend that is left to us
};

struct ValueTier {                        // crm.value_tier
    Id<ValueTier> id{};
    std::string   name{};                 // "Gold"
    Money         from_value{};           // of the expected value, included
    std::string   service_level{};        // what they are promised, in words
    Percent       discount{};             // the usual discount of the tier
    std::int64_t  first_response_days = 2;     // working days within which a complaint is answered first …
    std::int64_t  resolution_days     = 10;    // … and resolved
};

struct TierFloor {                        // crm.tier_floor: a contract that promises at least a tier
    Id<TierFloor> id{};
    Id<Party>     party{};
    Id<ValueTier> tier{};
    Date          valid_from{}, valid_to{};    // both included; empty: without end
    std::string   contract{};             // its number
};

// Stages of life: the first rule by rank whose conditions all hold names the stage. What is empty is no condition.
struct LifecycleRule {                    // crm.lifecycle_rule
    Id<LifecycleRule>           id{};
    std::int64_t                rank = 0;
    std::string                 stage{};               // "at risk"
    std::optional<std::int64_t> purchases_from{}, purchases_to{};
    std::optional<std::int64_t> silent_days_from{}, silent_days_to{};  // since the last purchase
    std::optional<Percent>      silence_from{};        // since the last purchase, in percent of the customer's own usual interval
    std::optional<Percent>      alive_below{};         // chance that they still buy
    std::string                 meaning{};             // what is to be done with them
};

struct RfmSegment {                       // crm.rfm_segment: the first by rank whose ranges all hold
    Id<RfmSegment> id{};
    std::int64_t   rank = 0;
    std::string    name{};
    std::int64_t   recency_low = 1, recency_high = 5, frequency_low = 1, frequency_high = 5, monetary_low = 1, monetary_high = 5;
};

// ---- what the models said

enum class Model { bg_nbd, gamma_gamma };
constexpr auto names_of(Model) { return tessera::names("bg_nbd", "gamma_gamma"); }
enum class FitOutcome { fitted, too_few_customers, not_converged };
constexpr auto names_of(FitOutcome) { return tessera::names("fitted", "too_few_customers", "not_converged"); }

struct ModelFit {                         // crm.model_fit: append-only
    Id<ModelFit>  id{};
    Model         model = Model::bg_nbd;
    std::int64_t  fit_number = 0;         // 1, 2, … of the model
    Date          day{};                  // until which purchases were seen
    FitOutcome    state = FitOutcome::too_few_customers;
    std::int64_t  customers = 0;          // fitted to
    std::string   parameters{};           // "r 0.2425945 alpha 4.4136019 a 0.7929199 b 2.4258881", times in weeks; "" without a fit
    std::optional<tessera::Rate> log_likelihood{};
    std::string   note{};
};

struct CustomerValue {                    // crm.customer_value: one per customer, rewritten when something changes
    Id<CustomerValue> id{};
    Id<Party>         party{};
    std::int64_t      purchases = 0;      // days with a purchase
    Date              first_purchase{}, last_purchase{};
    Money             revenue{};          // of all purchases
    std::int64_t      frequency = 0;      // purchase days after the first
    std::int64_t      recency_days = 0;   // from the first to the last
    Money             repeat_mean{};      // of the days after the first
    std::optional<Percent>  alive{};      // chance that they still buy
    std::optional<Quantity> next_90_days{}, next_365_days{};    // purchases expected
    std::optional<Money>    expected_spend{};                   // a purchase
    std::optional<Money>    expected_value{};                   // over the horizon of the basis, discounted
    std::string       score{};            // "543": recency, frequency, money, 5 is best
    std::string       segment{};
    std::string       stage{};
    Id<ValueTier>     tier{};
    std::string       explanation{};
    Id<ModelFit>      purchase_fit{}, spend_fit{};
};

enum class MoveKind { stage, tier, segment };
constexpr auto names_of(MoveKind) { return tessera::names("stage", "tier", "segment"); }

struct CustomerMove {                     // crm.customer_move: append-only
    Id<CustomerMove> id{};
    Id<Party>        party{};
    Date             day{};
    MoveKind         kind = MoveKind::stage;
    std::string      before{}, after{};   // "" of who was not known before
    std::string      reason{};
};

enum class ValuationState { draft, asked, done };
constexpr auto names_of(ValuationState) { return tessera::names("draft", "asked", "done"); }

struct Valuation {                        // crm.valuation: one reckoning of the whole base
    Id<Valuation>  id{};
    Date           day{};
    ValuationState state = ValuationState::draft;
    std::int64_t   customers = 0, changed = 0;
    Id<ModelFit>   purchase_fit{}, spend_fit{};
    std::string    note{};
};

// The tier of a customer on a day: by the newest valuation, never below what a contract promises. Nothing where there is neither.
class ValueTiers {
public:
    virtual ~ValueTiers() = default;
    virtual std::optional<ValueTier> of(const Snapshot&, Id<Party> party, Date day) const = 0;
};

}  // namespace crm
