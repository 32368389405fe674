// Numbers here are statistics.
#include "analysis/bg_nbd.h"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <stdexcept>

namespace crm::bg_nbd {

using boost::math::lgamma;

double probability_alive(const Parameters& parameters, const BuyingPattern& customer) {
    const auto& [r, alpha, a, b] = parameters;
    const auto& [x, t_x, age]    = customer;
    if (x <= 0) return 1;
    return 1 / (1 + std::exp(std::log(a / (b + x - 1)) + (r + x) * std::log((alpha + age) / (alpha + t_x))));
}

// E[Y(t)] / P(alive) = C/B · (1 − (1−z)^B F(A, B; C; z)) with A = a+b−1−r, B = a−1, C = a+b+x−1, z = t/(α+T+t): Euler's
// transformation of the ₂F₁ of the header (Abramowitz and Stegun 15.3.3), whose parameters stay small when x is large. Its first term
// is taken apart from the others,
//
//     C · (1 − (1−z)^B)/B − (1−z)^B · Σ u_k,   u_1 = A z,   u_(k+1) = u_k · z (A+k)(B+k) / ((C+k)(k+1)),
//
// so that neither a = 1 nor a+b+x = 1 is a pole. Beyond k the ratios have one sign and come to z: the rest is below a geometric sum.
double expected_while_alive(const Parameters& parameters, const BuyingPattern& customer, double t) {
    const auto& [r, alpha, a, b] = parameters;
    const double shape = a + b - 1 - r, chance = a - 1, total = a + b + customer.frequency - 1;
    const double z = t / (alpha + customer.age + t), stay = std::log1p(-z);
    const double gone      = chance == 0 ? -stay : -std::expm1(chance * stay) / chance;
    constexpr int terms_max = 50'000'000;
    double sum = 0, term = shape * z;
    for (int k = 1; k <= terms_max; ++k) {
        sum += term;
        const double ratio = z * (shape + k) * (chance + k) / ((total + k) * (k + 1));
        const double bound = std::max(std::abs(ratio), z);
        term *= ratio;
        if (k > std::abs(shape) && std::abs(term) <= 1e-15 * std::abs(sum) * (1 - bound)) return total * gone - std::exp(chance * stay) * (sum + term);
        if (term == 0) return total * gone - std::exp(chance * stay) * sum;
    }
    throw std::domain_error("a time so long against the history that its series does not end");
}

double expected_purchases(const Parameters& parameters, const BuyingPattern& customer, double t) {
    if (!(t > 0)) return 0;
    return expected_while_alive(parameters, customer, t) * probability_alive(parameters, customer);
}

double expected_purchases(const Parameters& parameters, double t) { return expected_purchases(parameters, BuyingPattern{}, t); }

double probability_of_no_purchase(const Parameters& parameters, const BuyingPattern& customer, double t) {
    const auto&  [r, alpha, a, b] = parameters;
    const double quiet            = (r + customer.frequency) * -std::log1p(t / (alpha + customer.age));
    return 1 + probability_alive(parameters, customer) * std::expm1(quiet);
}

// The number that the second term adds over is how far a negative binomial falls short of x: an incomplete beta function.
double probability_of_purchases(const Parameters& parameters, std::int64_t x, double t) {
    const auto&  [r, alpha, a, b] = parameters;
    const auto   n                = static_cast<double>(x);
    const double z                = t / (alpha + t);
    const auto   log_beta         = [](double p, double q) { return lgamma(p) + lgamma(q) - lgamma(p + q); };
    const double whole            = log_beta(a, b);
    const double count = lgamma(r + n) - lgamma(r) - lgamma(n + 1) + r * std::log1p(-z) + (x > 0 ? n * std::log(z) : 0);
    const double alive = std::exp(log_beta(a, b + n) - whole + count);
    if (x == 0) return alive;
    return alive + std::exp(log_beta(a + 1, b + n - 1) - whole) * boost::math::ibeta(n, r, z);
}

std::vector<double> expected_frequencies(const Parameters& parameters, const std::vector<BuyingPattern>& customers, std::size_t last) {
    std::vector<double> expected(last + 1);
    for (const auto& customer : customers) {
        double rest = 1;
        for (std::size_t x = 0; x < last; ++x) {
            const double one = customer.age > 0 ? probability_of_purchases(parameters, static_cast<std::int64_t>(x), customer.age) : (x == 0 ? 1 : 0);
            expected[x] += one;
            rest -= one;
        }
        expected[last] += rest;
    }
    return expected;
}

}  // namespace crm::bg_nbd
