#pragma once
// BG/NBD: whether a customer still buys, how often, and when next. While alive a customer buys at random with a rate of their own;
// after any purchase they may stop for good, with a probability of their own. Over all customers the rates are gamma distributed
// (shape r, rate α) and the probabilities beta distributed (a, b). Four parameters, fitted to everybody's history, then say for each.
//
//     const auto fit = bg_nbd::fit(patterns);                                  // of purchase_history.h
//     bg_nbd::probability_alive(fit.parameters, pattern);                       // 0.73
//     bg_nbd::expected_purchases(fit.parameters, pattern, 39);                  // 1.226 in the next 39 weeks
//
// With x purchases after the first, the last at t_x, observed until T, the log-likelihood of a customer is
//
//     A₁ + A₂ + ln(e^A₃ + [x>0] e^A₄),   A₁ = lnΓ(r+x) − lnΓ(r) + r ln α
//                                        A₂ = lnΓ(a+b) + lnΓ(b+x) − lnΓ(b) − lnΓ(a+b+x)
//                                        A₃ = −(r+x) ln(α+T)
//                                        A₄ = ln a − ln(b+x−1) − (r+x) ln(α+t_x)
//
// P(alive)        1 / (1 + a/(b+x−1) · ((α+T)/(α+t_x))^(r+x)), and 1 without a repeat
// E[Y(t)]         (a+b+x−1)/(a−1) · [1 − ((α+T)/(α+T+t))^(r+x) ₂F₁(r+x, b+x; a+b+x−1; t/(α+T+t))] · P(alive)
// E[X(t)]         the same of somebody new: x = t_x = T = 0
// P(none in t)    1 − P(alive) · (1 − ((α+T)/(α+T+t))^(r+x)): who is alive stops only at a purchase
// P(X(t)=x)       Fader, Hardie, Lee, equation (8)
//
// Source: P. Fader, B. Hardie, K. L. Lee, "'Counting Your Customers' the Easy Way: An Alternative to the Pareto/NBD Model",
// Marketing Science 24 (2005) 275-284; P(alive) and E[Y(t)] as in their notes, brucehardie.com/notes/021 and /039.
//
// Numbers are statistics: estimates, never amounts of the books. Nothing overflows, whatever the history (a thousand purchases are
// fine), and the unit of time does not matter: histories in days give α seven times that of weeks and the same probabilities.

#include "analysis/model_fit.h"
#include "analysis/purchase_history.h"

namespace crm::bg_nbd {

struct Parameters {
    double r = 0, alpha = 0, a = 0, b = 0;
};

// Ten customers a parameter at least, and ten of them with a repeat; with fewer the fit would tell of chance.
inline constexpr std::size_t fewest_customers = 40, fewest_repeating = 10;

struct Fit {
    FitState     state = FitState::too_few_customers;
    Parameters   parameters{};  // to be used when fitted
    double       log_likelihood = 0;
    std::int64_t customers      = 0;
};

Fit    fit(std::vector<BuyingPattern> customers);
double log_likelihood(const Parameters& parameters, const std::vector<BuyingPattern>& customers);

double probability_alive(const Parameters& parameters, const BuyingPattern& customer);
// In the time t after T, of a customer with this history.
double expected_purchases(const Parameters& parameters, const BuyingPattern& customer, double t);
// In the time t after the first purchase, of somebody new.
double expected_purchases(const Parameters& parameters, double t);
double probability_of_no_purchase(const Parameters& parameters, const BuyingPattern& customer, double t);
// That somebody new has bought exactly x times again after the time t.
double probability_of_purchases(const Parameters& parameters, std::int64_t x, double t);
// How many of these customers the model expects to have bought 0, 1, … times again at their age; the last for that many or more.
std::vector<double> expected_frequencies(const Parameters& parameters, const std::vector<BuyingPattern>& customers, std::size_t last);

}  // namespace crm::bg_nbd
