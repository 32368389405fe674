#pragma once
// Gamma-Gamma: what a customer spends a purchase. The amounts of a customer vary at random about a mean of their own (gamma, shape p),
// and the means vary between customers (gamma again: shape q, scale v). The mean of a customer with few purchases is drawn towards
// everybody's, the more so the fewer there are.
//
//     const auto fit = gamma_gamma::fit({{.purchases = 2, .mean = 22.35}, …});        // of customers with a repeat purchase
//     gamma_gamma::expected_spend(fit.parameters, {.purchases = 2, .mean = 22.35});   // 24.66
//
// Of x repeat purchases with the mean m, the log-likelihood of a customer and the mean expected of the next are
//
//     lnΓ(px+q) − lnΓ(px) − lnΓ(q) + q ln v + (px−1) ln m + px ln x − (px+q) ln(xm+v)
//     E[M | x, m] = (v p + p x m) / (p x + q − 1),   and v p / (q−1) of somebody without a repeat, where q > 1
//
// It is assumed that how much is spent does not hang on how often; where it does (correlation() far from 0), take it with care.
// Source: P. Fader, B. Hardie, "The Gamma-Gamma Model of Monetary Value" (2013), brucehardie.com/notes/025.
//
// Numbers are statistics: estimates, never amounts of the books.

#include "analysis/model_fit.h"

#include <cstdint>
#include <optional>

namespace crm::gamma_gamma {

struct Parameters {
    double p = 0, q = 0, v = 0;
};

struct Spending {
    double purchases = 0;  // x: repeats
    double mean      = 0;  // m: of their amounts
};

// Ten customers a parameter at least.
inline constexpr std::size_t fewest_customers = 30;

struct Fit {
    FitState     state = FitState::too_few_customers;
    Parameters   parameters{};  // to be used when fitted
    double       log_likelihood = 0;
    std::int64_t customers      = 0;  // with a repeat purchase of more than nothing: others do not count
};

Fit    fit(std::vector<Spending> customers);
double log_likelihood(const Parameters& parameters, const std::vector<Spending>& customers);

// Nothing when the parameters have no such mean (p x + q ≤ 1).
std::optional<double> expected_spend(const Parameters& parameters, const Spending& customer);

// Pearson's, of how often and how much; 0 when there is nothing to correlate.
double correlation(const std::vector<Spending>& customers);

}  // namespace crm::gamma_gamma
