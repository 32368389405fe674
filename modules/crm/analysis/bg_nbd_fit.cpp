// The likelihood of the BG/NBD and its gradient, as statistics go in floating point. Customers with one history are counted once, and
// what depends on the number of purchases alone is worked out once for each number: a customer costs two logarithms.
#include "analysis/bg_nbd.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace crm::bg_nbd {

using boost::math::digamma;
using boost::math::lgamma;

struct Group {
    BuyingPattern history{};
    double   customers = 0;
};

// Of the number of purchases alone: A₁ + A₂, and its derivatives by r, a and b, less what the times add.
struct OfFrequency {
    double frequency = -1, value = 0, by_r = 0, by_a = 0, by_b = 0, log_stop = 0;
};

OfFrequency of_frequency(const Parameters& p, double x) {
    OfFrequency o{.frequency = x};
    o.value = lgamma(p.r + x) - lgamma(p.r) + p.r * std::log(p.alpha) + lgamma(p.a + p.b) + lgamma(p.b + x) - lgamma(p.b) - lgamma(p.a + p.b + x);
    o.by_r  = digamma(p.r + x) - digamma(p.r) + std::log(p.alpha);
    o.by_a  = digamma(p.a + p.b) - digamma(p.a + p.b + x);
    o.by_b  = o.by_a + digamma(p.b + x) - digamma(p.b);
    if (x > 0) o.log_stop = std::log(p.a / (p.b + x - 1));
    return o;
}

std::vector<Group> grouped(std::vector<BuyingPattern> customers) {
    const auto key = [](const BuyingPattern& c) { return std::tuple(c.frequency, c.recency, c.age); };
    std::ranges::sort(customers, {}, key);
    std::vector<Group> groups;
    for (const auto& customer : customers) {
        if (groups.empty() || key(groups.back().history) != key(customer)) groups.push_back({customer, 0});
        groups.back().customers += 1;
    }
    return groups;
}

// The gradient is by the logarithms of r, α, a, b; `groups` lie in the order of their frequencies.
double log_likelihood_of(const Parameters& p, const std::vector<Group>& groups, std::span<double> gradient) {
    OfFrequency of{};
    double      value = 0, by_r = 0, by_alpha = 0, by_a = 0, by_b = 0;
    for (const auto& [history, n] : groups) {
        const auto& [x, t_x, age] = history;
        if (x != of.frequency) of = of_frequency(p, x);
        const double log_age = std::log(p.alpha + age), log_recency = x > 0 ? std::log(p.alpha + t_x) : log_age;
        const double alive = -(p.r + x) * log_age, stopped = of.log_stop - (p.r + x) * log_recency;
        const double odds = x > 0 ? std::exp(-std::abs(stopped - alive)) : 0;
        const double gone = x > 0 ? (stopped > alive ? 1 : odds) / (1 + odds) : 0;
        value += n * (of.value + (x > 0 ? std::max(alive, stopped) + std::log1p(odds) : alive));
        by_r += n * (of.by_r - (1 - gone) * log_age - gone * log_recency);
        by_alpha += n * (p.r / p.alpha - (p.r + x) * ((1 - gone) / (p.alpha + age) + gone / (p.alpha + t_x)));
        by_a += n * (of.by_a + gone / p.a);
        by_b += n * (of.by_b - (x > 0 ? gone / (p.b + x - 1) : 0));
    }
    if (!gradient.empty()) gradient[0] = by_r * p.r, gradient[1] = by_alpha * p.alpha, gradient[2] = by_a * p.a, gradient[3] = by_b * p.b;
    return value;
}

double log_likelihood(const Parameters& parameters, const std::vector<BuyingPattern>& customers) {
    return log_likelihood_of(parameters, grouped(customers), {});
}

// The search runs in a unit of time in which the oldest customer is of age 1.
Fit fit(std::vector<BuyingPattern> customers) {
    Fit        fit{.customers = static_cast<std::int64_t>(customers.size())};
    const auto repeating = std::ranges::count_if(customers, [](const BuyingPattern& c) { return c.frequency > 0; });
    if (customers.size() < fewest_customers || static_cast<std::size_t>(repeating) < fewest_repeating) return fit;
    const double unit   = std::ranges::max(customers, {}, &BuyingPattern::age).age;
    auto         groups = grouped(std::move(customers));
    auto         scaled = groups;
    for (auto& [history, n] : scaled) history.recency /= unit, history.age /= unit;
    const auto at = [](std::span<const double> logs) { return Parameters{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])}; };
    const auto maximum = maximise([&](std::span<const double> logs, std::span<double> gradient) { return log_likelihood_of(at(logs), scaled, gradient); },
                                  {0, std::log(0.1), 0, std::log(3)}, static_cast<double>(fit.customers));
    fit.state      = maximum.converged ? FitState::fitted : FitState::not_converged;
    fit.parameters = at(maximum.logarithms);
    fit.parameters.alpha *= unit;
    fit.log_likelihood = log_likelihood_of(fit.parameters, groups, {});
    return fit;
}

}  // namespace crm::bg_nbd
