#pragma once
// How far an invoice may stray from the order before it is warned about or held. A Side is one direction of one
// comparison: a deviation is within it when it is within every limit the side names, a limit itself included; a side
// that names none has no limit. The strict policy, which holds without any set-up, blocks every higher price and every
// quantity above what was accepted or ordered, and warns of lower prices.
//
//     const auto policy = resolve(tolerances, {.product = chain, .supplier = acme, .on = order.date});
//     line.match_policy = text_of(policy);            // "price below 0% warn; price above 2% 50 block; quantity …"
//
// Precedence: the most specific scope that names the kind wins: product, category (the nearest first), supplier,
// company; of equals the one valid from the later day, then the later record.

#include <purchasing/records.h>

#include <span>

namespace purchasing {

using tessera::Wide;

struct Side {
    std::optional<Percent>  percent{};
    std::optional<Quantity> absolute{};
    Outcome                 beyond                               = Outcome::ok;
    friend bool             operator==(const Side&, const Side&) = default;
};

struct MatchPolicy {
    Side        price_below{Percent{}, {}, Outcome::warn};
    Side        price_above{Percent{}, {}, Outcome::block};
    Side        quantity_below{};
    Side        quantity_above{Percent{}, {}, Outcome::block};
    friend bool operator==(const MatchPolicy&, const MatchPolicy&) = default;
};

// What becomes of a deviation (not negative) from a base, both as six-decimal integers.
Outcome judge_deviation(const Side& side, std::int64_t deviation, std::int64_t base);
// The most that may be received or invoiced of `base`, or nothing when there is no limit.
std::optional<Quantity> upper_limit(const Side& side, Quantity base);

struct ToleranceQuestion {
    Id<catalog::Product>                   product{};
    std::span<const Id<catalog::Category>> categories{};  // the product's, then its ancestors, nearest first
    Id<directory::Party>                   supplier{};
    Date                                   on{};
};
MatchPolicy resolve(std::span<const Tolerance> tolerances, const ToleranceQuestion& question);
// The tolerance of one kind that applies, if any does.
const Tolerance* applicable(std::span<const Tolerance> tolerances, ToleranceKind kind,
                            const ToleranceQuestion& question);

// A policy as text for the order line; the strict policy is the empty text. policy_of(text_of(p)) == p.
std::string text_of(const MatchPolicy& policy);
MatchPolicy policy_of(std::string_view text);

}  // namespace purchasing
