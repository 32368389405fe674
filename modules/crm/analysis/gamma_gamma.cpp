// Numbers here are statistics.
#include "analysis/gamma_gamma.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>

namespace crm::gamma_gamma {

using boost::math::digamma;
using boost::math::lgamma;

// Of the number of purchases alone.
struct OfPurchases {
    double purchases = -1, value = 0, by_p = 0, by_q = 0;
};

OfPurchases of_purchases(const Parameters& at, double x) {
    OfPurchases o{.purchases = x};
    o.value           = lgamma(at.p * x + at.q) - lgamma(at.p * x) - lgamma(at.q) + at.q * std::log(at.v) + at.p * x * std::log(x);
    const double both = digamma(at.p * x + at.q);
    o.by_p            = x * (both - digamma(at.p * x) + std::log(x));
    o.by_q            = both - digamma(at.q) + std::log(at.v);
    return o;
}

// The gradient is by the logarithms of p, q, v; customers lie in the order of their purchases.
double log_likelihood_of(const Parameters& at, const std::vector<Spending>& customers, std::span<double> gradient) {
    OfPurchases of{};
    double      value = 0, by_p = 0, by_q = 0, by_v = 0;
    for (const auto& [x, m] : customers) {
        if (x != of.purchases) of = of_purchases(at, x);
        const double log_mean = std::log(m), log_all = std::log(x * m + at.v), shape = at.p * x + at.q;
        value += of.value + (at.p * x - 1) * log_mean - shape * log_all;
        by_p += of.by_p + x * (log_mean - log_all);
        by_q += of.by_q - log_all;
        by_v += at.q / at.v - shape / (x * m + at.v);
    }
    if (!gradient.empty()) gradient[0] = by_p * at.p, gradient[1] = by_q * at.q, gradient[2] = by_v * at.v;
    return value;
}

double log_likelihood(const Parameters& parameters, const std::vector<Spending>& customers) {
    auto sorted = customers;
    std::ranges::sort(sorted, {}, &Spending::purchases);
    return log_likelihood_of(parameters, sorted, {});
}

// The search runs in a unit of money in which the mean of the means is 1.
Fit fit(std::vector<Spending> customers) {
    std::erase_if(customers, [](const Spending& c) { return !(c.purchases > 0) || !(c.mean > 0); });
    Fit fit{.customers = static_cast<std::int64_t>(customers.size())};
    if (customers.size() < fewest_customers) return fit;
    std::ranges::sort(customers, {}, &Spending::purchases);
    double unit = 0;
    for (const auto& customer : customers) unit += customer.mean / static_cast<double>(customers.size());
    auto scaled = customers;
    for (auto& customer : scaled) customer.mean /= unit;
    const auto at      = [](std::span<const double> logs) { return Parameters{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2])}; };
    const auto maximum = maximise([&](std::span<const double> logs, std::span<double> gradient) { return log_likelihood_of(at(logs), scaled, gradient); },
                                  {std::log(2), std::log(3), 0}, static_cast<double>(fit.customers));
    fit.state      = maximum.converged ? FitState::fitted : FitState::not_converged;
    fit.parameters = at(maximum.logarithms);
    fit.parameters.v *= unit;
    fit.log_likelihood = log_likelihood_of(fit.parameters, customers, {});
    return fit;
}

std::optional<double> expected_spend(const Parameters& parameters, const Spending& customer) {
    const auto& [p, q, v] = parameters;
    const double weight   = p * customer.purchases + q - 1;
    if (!(weight > 0)) return std::nullopt;
    return (v * p + p * customer.purchases * customer.mean) / weight;
}

double correlation(const std::vector<Spending>& customers) {
    double n = 0, mean_x = 0, mean_m = 0, xx = 0, mm = 0, xm = 0;
    for (const auto& [x, m] : customers) {
        n += 1;
        const double dx = x - mean_x, dm = m - mean_m;
        mean_x += dx / n;
        mean_m += dm / n;
        xx += dx * (x - mean_x);
        mm += dm * (m - mean_m);
        xm += dx * (m - mean_m);
    }
    return xx > 0 && mm > 0 ? xm / std::sqrt(xx * mm) : 0;
}

}  // namespace crm::gamma_gamma
