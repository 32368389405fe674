// Shares, rates, and whether they have changed. These are statistics.
#include "measured/poisson_rates.h"
#include "measured/share.h"
#include "tests/house.h"

#include <knowledge/asset.h>

using namespace knowledge;
using namespace knowledge::tests;

TEST_CASE("share: of ten with the range it lies in, and nothing of nobody") {
    CHECK(share_of(8, 10).share->str() == "80");
    CHECK(share_of(8, 10).low->str() == "49");
    CHECK(share_of(8, 10).high->str() == "94.3");
    CHECK_FALSE(share_of(0, 0).share);
}

// The first as R's documentation of poisson.test gives it; the others reckoned with whole numbers and fractions by the definition.
TEST_CASE("rates: two counts are told apart, or not") {
    struct Case {
        Counted first, second;
        double  p, ratio, low, high;
    };
    const Case cases[] = {
        {{11, 800}, {21, 3011}, 0.07966863, 1.971488, 0.8584264, 4.277266},
        {{6, 1200}, {18, 1000}, 0.00389495, 0.2777778, 0.0902635, 0.7304748},
        {{0, 500}, {5, 500}, 0.0625, 0, 0, 1.0912791},
        {{10, 1000}, {10, 1000}, 1, 1, 0.3735468, 2.6770404},
        {{40, 10000}, {60, 9000}, 0.01218832, 0.6, 0.3917945, 0.9101035},
    };
    for (const auto& one : cases) {
        const auto found = compare_rates(one.first, one.second);
        REQUIRE(found);
        CHECK(found->p == doctest::Approx(one.p).epsilon(1e-5));
        CHECK(*found->ratio == doctest::Approx(one.ratio).epsilon(1e-5));
        CHECK(*found->low == doctest::Approx(one.low).epsilon(1e-5));
        CHECK(*found->high == doctest::Approx(one.high).epsilon(1e-5));
        CHECK(found->distinguishable() == (one.p < 0.05));
    }
    const auto without_limit = compare_rates({3, 100}, {0, 100});
    CHECK(without_limit->p == doctest::Approx(0.25));
    CHECK(*without_limit->low == doctest::Approx(0.41323136).epsilon(1e-5));
    CHECK_FALSE(without_limit->ratio);
    CHECK_FALSE(without_limit->high);
    CHECK_FALSE(compare_rates({0, 100}, {0, 100}));
    CHECK_FALSE(compare_rates({0, 0}, {3, 100}));
}

TEST_CASE("complaint rate: of a thousand deliveries, before something was known and since then") {
    House      house;
    const auto fork = house.product("Fork"), lamp = house.product("Lamp");
    const auto leaks = house.company.insert(crm::ComplaintReason{.name = "Leaks"}), late = house.company.insert(crm::ComplaintReason{.name = "Late"});
    const auto topic = house.topic("Fork service", {House::subject("catalog.product", fork)});
    const auto asset = house.company.insert(Asset{.title = "Fork oil", .topics = {{.topic = topic}}});
    const auto ask   = [&](tessera::Suite::ParameterTexts more = {}) {
        more.emplace_back("asset", "Fork oil");
        more.emplace_back("on", "2026-06-15");
        return house.company.report("knowledge.complaint_rate", more);
    };
    const auto refused = [&](tessera::Suite::ParameterTexts more = {}) { return house.refusal([&] { ask(std::move(more)); }); };
    CHECK(refused() == "knowledge.not_verified");
    house.company.run([&](Transaction& tx) {
        auto known        = tx.load(asset);
        known.verified_on = "2026-03-01"_date;
        tx.save(known);
    });
    CHECK(ask({{"days", "30"}}) == "Fork oil | 2026-01-30 | 2026-03-01 | 2026-03-30 | 0 | 0 |  | 0 | 0 |  |  |  |  |  | Nothing to compare yet\n");
    house.shipped(fork, "2026-02-10"_date, 40);
    house.shipped(fork, "2026-03-10"_date, 50);
    house.shipped(lamp, "2026-03-10"_date, 3);
    for (int i = 0; i < 8; ++i) house.complained(fork, "2026-02-20"_date, {}, leaks);
    house.complained(fork, "2026-03-20"_date, {}, leaks);
    house.complained(fork, "2026-03-20"_date, {}, late);
    house.complained(lamp, "2026-03-20"_date, {}, leaks);
    CHECK(ask() == "Fork oil | 2025-09-02 | 2026-03-01 | 2026-06-15 | 40 | 8 | 200 | 50 | 2 | 40 | 0.2 | 0.021 | 1.002 | 0.028 | Not to be told from chance\n");
    CHECK(ask({{"reason", "Leaks"}, {"product", "Fork"}}).find("| 40 | 8 | 200 | 50 | 1 | 20 | 0.1 |") != std::string::npos);
    CHECK(ask({{"reason", "Leaks"}, {"product", "Fork"}}).find("Fewer complaints") != std::string::npos);
    CHECK(ask({{"reason", "Leaks"}}).find("| 40 | 8 | 200 | 53 | 2 |") != std::string::npos);
    house.company.run([&](Transaction& tx) {
        auto bare = tx.load(asset);
        bare.topics.clear();
        tx.save(bare);
    });
    CHECK(refused() == "knowledge.nothing_to_measure");
}
