// Published figures of statistics, purchase histories, Gamma-Gamma and RFM: the tests of lifetimes and CLVTools, Fader and Hardie (2013), and the
// package rfm.
#include "analysis/gamma_gamma.h"
#include "analysis/lifetime_value.h"
#include "analysis/rfm.h"
#include "crm_oracle.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace crm;
using tessera::operator""_date;

namespace {

const std::vector<Purchase> sample = {
    {1, "2015-01-01"_date, 1}, {1, "2015-02-06"_date, 2}, {2, "2015-01-01"_date, 2}, {3, "2015-01-01"_date, 3}, {3, "2015-01-02"_date, 1},
    {3, "2015-01-05"_date, 5}, {4, "2015-01-16"_date, 6}, {4, "2015-02-02"_date, 3}, {4, "2015-02-05"_date, 3}, {5, "2015-01-16"_date, 3},
    {5, "2015-01-17"_date, 1}, {5, "2015-01-18"_date, 8}, {6, "2015-02-02"_date, 5},
};

std::string text_of(const std::vector<PurchaseHistory>& histories, bool with_money) {
    std::string text;
    for (const auto& h : histories) {
        text += fmt::format("{}:({},{},{}", h.customer, h.pattern.frequency, h.pattern.recency, h.pattern.age);
        text += with_money ? fmt::format(",{}) ", h.monetary) : ") ";
    }
    return text;
}

bool near(double found, double expected, double tolerance) {
    CHECK(std::abs(found - expected) <= tolerance);
    return std::abs(found - expected) <= tolerance;
}

std::vector<gamma_gamma::Spending> cdnow_spending(std::size_t limit = 100'000) {
    std::vector<gamma_gamma::Spending> all;
    for (const auto& h : purchase_histories(cdnow(), {.calibration_end = "1997-09-30"_date}))
        if (all.size() < limit) all.push_back({h.pattern.frequency, h.monetary});
    return all;
}

}  // namespace

TEST_CASE("histories: frequency, recency, age and mean by days are those of the published table") {
    CHECK(text_of(purchase_histories(sample, {.calibration_end = "2015-02-07"_date}), true) ==
          "1:(1,36,37,2) 2:(0,0,37,0) 3:(2,4,37,3) 4:(2,20,22,3) 5:(2,2,22,4.5) 6:(0,0,5,0) ");
}

TEST_CASE("histories: by calendar weeks, purchases of a week are one") {
    CHECK(text_of(purchase_histories(sample, {.calibration_end = "2015-02-07"_date, .period = PurchasePeriod::week}), false) ==
          "1:(1,5,5) 2:(0,0,5) 3:(1,1,5) 4:(1,3,3) 5:(0,0,3) 6:(0,0,0) ");
}

TEST_CASE("histories: what comes after the calibration is held out, and who comes after it has no history") {
    const auto  histories = purchase_histories(sample, {.calibration_end = "2015-02-01"_date, .holdout_end = "2015-02-07"_date, .period = PurchasePeriod::week});
    std::string held;
    for (const auto& h : histories) held += fmt::format("{}:{} ", h.customer, h.holdout);
    CHECK(held == "1:1 2:0 3:0 4:1 5:0 ");
}

TEST_CASE("histories: the order in which purchases come does not matter, and a day's purchases are one") {
    auto mixed = sample;
    std::reverse(mixed.begin(), mixed.end());
    mixed.push_back({3, "2015-01-02"_date, 2});
    CHECK(text_of(purchase_histories(mixed, {.calibration_end = "2015-02-07"_date}), true) ==
          "1:(1,36,37,2) 2:(0,0,37,0) 3:(2,4,37,4) 4:(2,20,22,3) 5:(2,2,22,4.5) 6:(0,0,5,0) ");
}

TEST_CASE("gamma-gamma: the fit to the CDNOW log is the published one") {
    const auto spending = cdnow_spending();
    if (spending.empty()) return;
    const auto fit = gamma_gamma::fit(spending);
    REQUIRE(fit.state == FitState::fitted);
    CHECK(fit.customers == 946);
    near(fit.parameters.p, 6.24957, 5e-4);
    near(fit.parameters.q, 3.74422, 5e-4);
    near(fit.parameters.v, 15.44352, 2e-3);
    near(fit.log_likelihood, -4055.9177, 1e-3);
}

TEST_CASE("gamma-gamma: the means of the repeat purchases are those of the published summary") {
    double              sum = 0, squares = 0;
    std::vector<double> means;
    for (const auto& s : cdnow_spending())
        if (s.purchases > 0) means.push_back(s.mean), sum += s.mean;
    if (means.empty()) return;
    std::ranges::sort(means);
    const double mean = sum / static_cast<double>(means.size());
    for (const auto m : means) squares += (m - mean) * (m - mean);
    CHECK(means.size() == 946);
    near(mean, 35.0778, 1e-4);
    near(std::sqrt(squares / static_cast<double>(means.size() - 1)), 30.2835, 1e-3);
    near(means.front(), 2.99, 1e-9);
    near(rfm::quantile(means, 0.5), 27.4975, 1e-4);
    near(means.back(), 299.634, 1e-3);
}

TEST_CASE("gamma-gamma: the spend expected of the first customers is that of the published sheet") {
    const auto spending = cdnow_spending(10);
    if (spending.empty()) return;
    const double computed[] = {24.66, 18.92, 35.22, 35.22, 35.22, 71.47, 18.92, 35.22, 27.29, 35.22};
    const double printed[]  = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
    for (std::size_t i = 0; i < 10; ++i) {
        const auto expected = gamma_gamma::expected_spend({6.25, 3.74, 15.44}, spending[i]);
        REQUIRE(expected.has_value());
        near(*expected, computed[i], 0.0051);
        near(*expected, printed[i], 0.1);
    }
}

TEST_CASE("gamma-gamma: the unit of money does not matter") {
    auto spending = cdnow_spending();
    if (spending.empty()) return;
    const auto dollars = gamma_gamma::fit(spending);
    for (auto& s : spending) s.mean *= 100'000;
    const auto small = gamma_gamma::fit(spending);
    REQUIRE(small.state == FitState::fitted);
    near(small.parameters.p / dollars.parameters.p, 1, 1e-4);
    near(small.parameters.v / dollars.parameters.v / 100'000, 1, 1e-4);
}

TEST_CASE("gamma-gamma: where there is no mean, or too few customers, nothing is said") {
    CHECK(!gamma_gamma::expected_spend({6, 0.9, 15}, {0, 0}).has_value());
    CHECK(gamma_gamma::expected_spend({6, 0.9, 15}, {1, 20}).has_value());
    CHECK(gamma_gamma::fit({}).state == FitState::too_few_customers);
    CHECK(gamma_gamma::fit(std::vector<gamma_gamma::Spending>(29, {2, 10})).state == FitState::too_few_customers);
    CHECK(gamma_gamma::fit(std::vector<gamma_gamma::Spending>(100, {0, 0})).state == FitState::too_few_customers);
}

TEST_CASE("lifetime value: discounted steps add up to what is bought when nothing is discounted") {
    const bg_nbd::Parameters p{0.2425945, 4.4136019, 0.7929199, 2.4258881};
    const BuyingPattern           c{2, 30.43, 38.86};
    const double             year = 365.0 / 7;
    near(lifetime_value(p, c, 35.22, {.discount = 0}), 35.22 * bg_nbd::expected_purchases(p, c, year), 1e-9);
    CHECK(lifetime_value(p, c, 35.22, {.discount = 0.01}) < lifetime_value(p, c, 35.22, {.discount = 0}));
    near(lifetime_value(p, c, 35.22, {.steps = 1, .step = 39, .discount = 0.1, .margin = 0.4}), 35.22 * 0.4 * bg_nbd::expected_purchases(p, c, 39) / 1.1, 1e-9);
    near(discount_of_step(0.126825030, 12), 0.01, 1e-9);
}

TEST_CASE("rfm: cuts and scores of the orders of the package rfm are the published ones") {
    std::vector<std::string> names;
    const auto               orders = rfm_orders(names);
    if (orders.empty()) return;
    const auto all  = rfm::summarise(orders, "2006-12-31"_date);
    const auto cuts = rfm::cuts_of(all);
    REQUIRE(all.size() == 995);
    const auto text = [](const std::array<double, 4>& c) { return fmt::format("{:.1f} {:.1f} {:.1f} {:.1f}", c[0], c[1], c[2], c[3]); };
    CHECK(text(cuts.recency) == "115.0 181.0 297.4 482.0");
    CHECK(text(cuts.frequency) == "4.0 5.0 6.0 8.0");
    CHECK(text(cuts.monetary) == "255.8 382.0 506.4 666.0");
    const std::pair<const char*, const char*> published[] = {{"Abbey O'Reilly", "205/6/472 343"}, {"Add Senger", "140/3/340 412"}, {"Aden Lesch", "194/4/405 323"},
                                                             {"Aden Murphy", "98/7/596 544"}, {"Admiral Senger", "132/5/448 433"}};
    for (const auto& [name, expected] : published) {
        const auto number = std::ranges::find(names, name) - names.begin();
        const auto found  = std::ranges::find(all, number, &rfm::Summary::customer);
        REQUIRE(found != all.end());
        CHECK(fmt::format("{}/{}/{} {}", found->recency, found->frequency, found->monetary, rfm::score(cuts, *found).text()) == expected);
    }
}

TEST_CASE("rfm: the segments of those orders hold the published numbers") {
    std::vector<std::string> names;
    const auto               orders = rfm_orders(names);
    if (orders.empty()) return;
    struct Held { int customers = 0; double bought = 0, spent = 0; };
    std::map<std::string, Held> held;
    const auto                  all  = rfm::summarise(orders, "2006-12-31"_date);
    const auto                  cuts = rfm::cuts_of(all);
    double                      sum  = 0;
    for (const auto& s : all) {
        auto& segment = held[rfm::segment_of(rfm::score(cuts, s), rfm::standard_segments())];
        segment.customers += 1, segment.bought += s.frequency, segment.spent += s.monetary;
        sum += s.frequency;
    }
    const auto text = [&](const char* name) { return fmt::format("{} {} {}", held[name].customers, held[name].bought, held[name].spent); };
    CHECK(sum == 4906);
    CHECK(text("Champions") == "158 1234 120178");
    CHECK(text("Loyal") == "278 1708 166712");
    CHECK(text("Potential loyalist") == "229 801 65873");
    CHECK(text("At risk") == "86 438 44178");
    CHECK(text("Lost") == "111 244 20955");
    CHECK(text("Needs attention") == "35 144 13287");
    CHECK(text("About to sleep") == "50 127 10914");
    CHECK(text("Others") == "48 210 22061");
}

TEST_CASE("rfm: a lone customer is scored, and nobody is where nobody bought") {
    CHECK(rfm::summarise({}, "2026-01-01"_date).empty());
    const auto one = rfm::summarise({{7, "2026-01-01"_date, 10}, {7, "2026-02-01"_date, 10}}, "2026-01-31"_date);
    REQUIRE(one.size() == 1);
    CHECK(one[0].frequency == 1);
    CHECK(rfm::score(rfm::cuts_of(one), one[0]).text() == "511");
}
