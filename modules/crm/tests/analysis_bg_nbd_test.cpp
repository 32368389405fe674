// Published figures of statistics, the BG/NBD: Fader, Hardie, Lee (2005), their spreadsheet, and the tests of CLVTools, lifetimes and BTYD.
#include "analysis/bg_nbd.h"
#include "crm_oracle.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace crm;
using tessera::operator""_date;

namespace {

constexpr bg_nbd::Parameters published{0.2425945, 4.4136019, 0.7929199, 2.4258881};

// Of the same log with times rounded to two decimals of a week, as it is handed on as a table of customers.
constexpr bg_nbd::Parameters of_rounded{0.242593, 4.413532, 0.792886, 2.425754};

std::vector<PurchaseHistory> cdnow_histories() {
    return purchase_histories(cdnow(), {.calibration_end = "1997-09-30"_date, .holdout_end = "1998-06-30"_date, .periods_per_unit = 7});
}

std::vector<BuyingPattern> patterns_of(const std::vector<PurchaseHistory>& histories) {
    std::vector<BuyingPattern> all;
    for (const auto& history : histories) all.push_back(history.pattern);
    return all;
}

bool near(double found, double expected, double tolerance) {
    CHECK(std::abs(found - expected) <= tolerance);
    return std::abs(found - expected) <= tolerance;
}

std::vector<BuyingPattern> rounded(std::vector<BuyingPattern> customers) {
    for (auto& c : customers) c.recency = std::round(c.recency * 100) / 100, c.age = std::round(c.age * 100) / 100;
    return customers;
}

std::vector<BuyingPattern> simulated(std::size_t customers, const bg_nbd::Parameters& p, unsigned seed) {
    std::mt19937                           random(seed);
    std::gamma_distribution<>              rates(p.r, 1 / p.alpha), left(p.a, 1), right(p.b, 1);
    std::uniform_real_distribution<>       even;
    std::vector<BuyingPattern>                  all;
    for (std::size_t i = 0; i < customers; ++i) {
        const double rate = rates(random), a = left(random), stop = a / (a + right(random));
        BuyingPattern     c{.age = 20 + 60 * even(random)};
        for (double t = 0;;) {
            t += -std::log1p(-even(random)) / rate;
            if (!(t <= c.age)) break;
            c.frequency += 1, c.recency = t;
            if (even(random) < stop) break;
        }
        all.push_back(c);
    }
    return all;
}

}  // namespace

TEST_CASE("bg/nbd: the histories of the CDNOW log are those that were published") {
    const auto histories = cdnow_histories();
    if (histories.empty()) return;
    REQUIRE(histories.size() == 2357);
    double        repeats = 0;
    std::int64_t  held = 0, repeating = 0;
    for (const auto& h : histories) repeats += h.pattern.frequency, held += h.holdout, repeating += h.pattern.frequency > 0;
    CHECK(repeats == 2457);
    CHECK(repeating == 946);
    CHECK(held == 1882);
    CHECK(histories[0].pattern.frequency == 2);
    near(histories[0].pattern.recency, 30.43, 0.0044);
    near(histories[0].pattern.age, 38.86, 0.0044);
}

TEST_CASE("bg/nbd: the fit to the CDNOW log is the published one") {
    const auto customers = patterns_of(cdnow_histories());
    if (customers.empty()) return;
    const auto fit = bg_nbd::fit(customers);
    REQUIRE(fit.state == FitState::fitted);
    CHECK(fit.customers == 2357);
    near(fit.parameters.r / published.r, 1, 1e-4);
    near(fit.parameters.alpha / published.alpha, 1, 1e-4);
    near(fit.parameters.a / published.a, 1, 1e-4);
    near(fit.parameters.b / published.b, 1, 1e-4);
    near(fit.log_likelihood, -9582.429, 1e-3);
    near(bg_nbd::log_likelihood(published, customers), -9582.429, 1e-3);
}

TEST_CASE("bg/nbd: times rounded to two decimals move the fit in its fifth digit, as published") {
    const auto customers = patterns_of(cdnow_histories());
    if (customers.empty()) return;
    const auto fit = bg_nbd::fit(rounded(customers));
    REQUIRE(fit.state == FitState::fitted);
    near(fit.parameters.r / of_rounded.r, 1, 1e-5);
    near(fit.parameters.alpha / of_rounded.alpha, 1, 1e-5);
    near(fit.parameters.a / of_rounded.a, 1, 1e-4);
    near(fit.parameters.b / of_rounded.b, 1, 1e-4);
    near(fit.log_likelihood, -9582.42556, 1e-4);
}

TEST_CASE("bg/nbd: the purchases expected of somebody new are those of the published sheet") {
    const double at[][2] = {{.1429, .0078}, {1, .0532}, {3, .1506}, {31.8571, 1.0405}, {32, 1.0437}, {78, 1.8576}};
    for (const auto& [t, expected] : at) near(bg_nbd::expected_purchases(published, t), expected, 5e-4);
}

TEST_CASE("bg/nbd: the purchases expected of a customer with a history are those of the published sheet") {
    near(bg_nbd::expected_purchases(published, {2, 30.43, 38.86}, 39), 1.226, .001);
    const auto customers = patterns_of(cdnow_histories());
    if (customers.empty()) return;
    const auto   table    = rounded(customers);
    const double alive[]  = {.72661, .21223, 1, 1, 1, .64180, .31492, 1, .78481, 1};
    const double bought[] = {1.22591, .20325, .19478, .19478, .19478, 3.33724, .30160, .19478, 1.32410, .19478};
    for (std::size_t i = 0; i < 10; ++i) {
        near(bg_nbd::probability_alive(of_rounded, table[i]), alive[i], 1e-5);
        near(bg_nbd::expected_purchases(of_rounded, table[i], 39), bought[i], 1e-5);
    }
    double sum = 0;
    for (const auto& customer : customers) sum += bg_nbd::expected_purchases(published, customer, 39);
    near(sum, 1653.41, .05);
}

TEST_CASE("bg/nbd: how many customers bought how often is expected as published") {
    const auto customers = patterns_of(cdnow_histories());
    if (customers.empty()) return;
    std::vector<int> actual(8);
    for (const auto& c : customers) ++actual[static_cast<std::size_t>(std::min(c.frequency, 7.0))];
    CHECK(actual == std::vector{1411, 439, 214, 100, 62, 38, 29, 64});
    const double expected[] = {1407.68, 460.32, 192.46, 101.16, 59.85, 38.12, 25.55, 71.85};
    const auto   found      = bg_nbd::expected_frequencies(published, customers, 7);
    for (std::size_t x = 0; x < 8; ++x) near(found[x], expected[x], .02);
}

TEST_CASE("bg/nbd: a thousand purchases overflow nothing") {
    CHECK(bg_nbd::probability_alive(published, {1000, 10, 100}) == 0);
    CHECK(bg_nbd::probability_alive(published, {1000, 100, 100}) > 0.99);
    CHECK(std::isfinite(bg_nbd::log_likelihood(published, {{1000, 10, 100}, {1000, 100, 100}})));
    const auto next = bg_nbd::expected_purchases(published, {1000, 100, 100}, 10);
    CHECK(next > 90);
    CHECK(next < 100);
    CHECK(bg_nbd::expected_purchases(published, {1000, 10, 100}, 10) == 0);
}

TEST_CASE("bg/nbd: the unit of time does not matter") {
    auto       customers = simulated(3000, {0.6, 8, 0.9, 2.5}, 7);
    const auto weeks     = bg_nbd::fit(customers);
    for (auto& c : customers) c.recency *= 10, c.age *= 10;
    const auto tenths = bg_nbd::fit(customers);
    REQUIRE(weeks.state == FitState::fitted);
    REQUIRE(tenths.state == FitState::fitted);
    near(tenths.parameters.alpha / weeks.parameters.alpha, 10, 1e-4);
    for (const auto& c : customers) {
        const auto alive = bg_nbd::probability_alive(weeks.parameters, {c.frequency, c.recency / 10, c.age / 10});
        CHECK(std::abs(bg_nbd::probability_alive(tenths.parameters, c) - alive) < 1e-6);
    }
}

TEST_CASE("bg/nbd: what is expected grows with time and falls with silence, whatever the parameters") {
    std::mt19937                     random(11);
    std::uniform_real_distribution<> even(0.02, 1);
    for (int i = 0; i < 2000; ++i) {
        const bg_nbd::Parameters p{3 * even(random), 10 * even(random), 3 * even(random), 4 * even(random)};
        const double             age = 100 * even(random), x = std::floor(20 * even(random));
        BuyingPattern                 c{x, x > 0 ? age * even(random) : 0, age};
        double                   before = 0;
        for (const double t : {0.1, 1.0, 5.0, 40.0, 400.0}) {
            const auto expected = bg_nbd::expected_purchases(p, c, t);
            REQUIRE(std::isfinite(expected));
            REQUIRE(expected > before);
            before = expected;
            const auto none = bg_nbd::probability_of_no_purchase(p, c, t);
            REQUIRE(none > 0);
            REQUIRE(none <= 1);
            REQUIRE(1 - none <= expected * (1 + 1e-9) + 1e-15);  // at least one purchase cannot be likelier than purchases are many
        }
        if (x == 0) continue;
        auto later    = c;
        later.recency = c.recency + (age - c.recency) / 2;
        REQUIRE(bg_nbd::expected_purchases(p, later, 10) >= bg_nbd::expected_purchases(p, c, 10));
        REQUIRE(bg_nbd::probability_alive(p, later) >= bg_nbd::probability_alive(p, c));
    }
}

TEST_CASE("bg/nbd: the mean of what is expected of somebody new is that of their probabilities") {
    for (const auto& p : {published, bg_nbd::Parameters{1, 5, 1, 3}, bg_nbd::Parameters{0.5, 5, 0.3, 0.7}, bg_nbd::Parameters{2, 20, 2.5, 1.5}}) {
        double whole = 0, mean = 0;
        for (std::int64_t x = 0; x < 400; ++x) {
            const auto one = bg_nbd::probability_of_purchases(p, x, 20);
            whole += one;
            mean += static_cast<double>(x) * one;
        }
        near(whole, 1, 1e-9);
        near(bg_nbd::expected_purchases(p, 20), mean, 1e-6);
    }
}

TEST_CASE("bg/nbd: what is expected does not jump where the printed formula divides by zero") {
    for (const double x : {0.0, 3.0}) {
        const BuyingPattern c{x, x > 0 ? 20.0 : 0, 30};
        for (const double t : {1.0, 50.0}) {
            const auto at = [&](double a, double b) { return bg_nbd::expected_purchases({0.4, 5, a, b}, c, t); };
            near(at(1, 2), (at(1 - 1e-6, 2) + at(1 + 1e-6, 2)) / 2, 1e-8);
            near(at(0.3, 0.7), (at(0.3, 0.7 - 1e-6) + at(0.3, 0.7 + 1e-6)) / 2, 1e-8);
        }
    }
}

TEST_CASE("bg/nbd: the parameters that made a customer base are found again") {
    const bg_nbd::Parameters made{0.8, 10, 0.9, 3};
    const auto               fit = bg_nbd::fit(simulated(20'000, made, 3));
    REQUIRE(fit.state == FitState::fitted);
    near(fit.parameters.r, made.r, 0.08);
    near(fit.parameters.alpha, made.alpha, 1);
    near(fit.parameters.a / (fit.parameters.a + fit.parameters.b), made.a / (made.a + made.b), 0.03);
}

TEST_CASE("bg/nbd: of twenty thousand customers each is foretold a number") {
    const auto customers = simulated(20'000, {0.5, 9, 0.7, 2.2}, 5);
    const auto fit       = bg_nbd::fit(customers);
    double     sum       = 0;
    for (const auto& c : customers) sum += bg_nbd::expected_purchases(fit.parameters, c, 52);
    CHECK(fit.state == FitState::fitted);
    CHECK(std::isfinite(sum));
}

TEST_CASE("bg/nbd: with too few customers, or none that came again, there is no fit to be read") {
    CHECK(bg_nbd::fit({}).state == FitState::too_few_customers);
    CHECK(bg_nbd::fit(simulated(39, published, 1)).state == FitState::too_few_customers);
    CHECK(bg_nbd::fit(std::vector<BuyingPattern>(500, BuyingPattern{0, 0, 30})).state == FitState::too_few_customers);
}

TEST_CASE("bg/nbd: customers who are all alike give a fit at the edge of the model, and no nonsense") {
    std::vector<BuyingPattern> customers(200, BuyingPattern{5, 28, 30});
    const auto            fit = bg_nbd::fit(customers);
    if (fit.state != FitState::fitted) return;
    const auto expected = bg_nbd::expected_purchases(fit.parameters, customers[0], 6);
    CHECK(expected > 0.5);
    CHECK(expected < 1.5);
}
