// The customer base in a company: what the nightly valuation writes, from the CDNOW log and from small bases.
#include "analysis/lifecycle.h"
#include "analysis/value_tier.h"
#include "crm_oracle.h"

#include <crm/customer_value.h>
#include <doctest/doctest.h>
#include <tessera/testing/company.h>

using namespace tessera;
using namespace crm;

namespace {

struct Base {
    Date                      today;
    tessera::testing::Company company;

    explicit Base(Date day = "2026-06-15"_date) : today(day), company(tessera::testing::CompanyOptions{.modules = {"crm"}, .today = day}) {}

    Id<Party> customer(const std::string& name) { return company.insert(Party{.name = name, .customer = true}); }
    void      bought(Id<Party> party, Date day, std::string_view amount) { company.insert(PastPurchase{.party = party, .day = day, .amount = company.money(amount)}); }
    void      value() {
        const auto id = company.insert(Valuation{.day = today});
        company.transition(id, "run");
        company.suite().run_job("crm.customer_base");
    }
    CustomerValue value_of(Id<Party> party) {
        CustomerValue found;
        company.read([&](const Snapshot& tx) { found = tx.first<CustomerValue>("party = :party", party).value(); });
        return found;
    }
    std::int64_t count(std::string_view sql) { return company.value<std::int64_t>(sql).value_or(0); }
};

// The first customers of the CDNOW log, until the end of the calibration, as if that were today.
Id<Party> insert_cdnow(Base& base, std::int64_t customers) {
    std::map<std::int64_t, Id<Party>> parties;
    base.company.run([&](Transaction& tx) {
        for (const auto& purchase : cdnow()) {
            if (purchase.customer > customers || purchase.day > "1997-09-30"_date) continue;
            auto& party = parties[purchase.customer];
            if (!party) party = tx.insert(Party{.name = fmt::format("Customer {}", purchase.customer), .customer = true});
            const auto amount = tx.books().money(fmt::format("{:.2f}", purchase.amount));
            tx.insert(PastPurchase{.party = party, .day = purchase.day, .amount = amount});
        }
    });
    return parties.empty() ? Id<Party>{} : parties.begin()->second;
}

}  // namespace

TEST_CASE("customer base: with too few customers the facts stand, and no estimate looks like one") {
    Base       base;
    const auto party = base.customer("Bakery");
    base.bought(party, "2026-01-10"_date, "100.00");
    base.bought(party, "2026-02-09"_date, "50.00");
    base.bought(party, "2026-02-09"_date, "10.00");
    base.bought(party, "2026-03-11"_date, "61.00");
    base.value();
    const auto value = base.value_of(party);
    CHECK(value.purchases == 3);
    CHECK(value.frequency == 2);
    CHECK(value.recency_days == 60);
    CHECK(value.revenue == base.company.money("221.00"));
    CHECK(value.repeat_mean == base.company.money("60.50"));
    CHECK(!value.alive);
    CHECK(!value.next_90_days);
    CHECK(!value.expected_value);
    CHECK(value.stage == "at risk");
    CHECK(value.explanation ==
          "Bought on 3 days from 2026-01-10 to 2026-03-11, every 30 days on average. No forecast of purchases: too few customers to say anything.");
    CHECK(base.count("SELECT count(*) FROM crm_model_fit WHERE state = 'too_few_customers' AND parameters IS NULL") == 2);
    CHECK(base.company.report_result("crm.retention").rows.empty());
}

TEST_CASE("customer base: a customer who has bought nothing is a prospect, other parties are none") {
    Base       base;
    const auto prospect = base.customer("Dairy");
    base.company.insert(Party{.name = "Supplier", .supplier = true});
    base.value();
    CHECK(base.value_of(prospect).stage == "prospect");
    CHECK(base.value_of(prospect).explanation == "Has not bought yet.");
    CHECK(base.count("SELECT count(*) FROM crm_customer_value") == 1);
}

TEST_CASE("customer base: the CDNOW log is valued as published") {
    Base       base("1997-09-30"_date);
    const auto first = insert_cdnow(base, 2357);
    if (!first) return;
    base.company.insert(ValueTier{.name = "Standard"});
    base.company.insert(ValueTier{.name = "Gold", .from_value = base.company.money("100"), .discount = Percent::of(5)});
    base.value();

    const auto fit = base.company.value<std::string>("SELECT parameters FROM crm_model_fit WHERE model = 'bg_nbd' AND state = 'fitted'");
    REQUIRE(fit);
    CHECK(fit->starts_with("r 0.24259"));
    CHECK(base.count("SELECT log_likelihood FROM crm_model_fit WHERE model = 'bg_nbd'") / 10'000'000 == -9582429);   // three decimals
    CHECK(base.count("SELECT customers FROM crm_model_fit WHERE model = 'bg_nbd'") == 2357);
    CHECK(base.count("SELECT customers FROM crm_model_fit WHERE model = 'gamma_gamma'") > 940);
    const auto value = base.value_of(first);
    CHECK(value.frequency == 2);
    CHECK(value.recency_days == 213);
    CHECK(value.alive == Percent::parse("72.7"));
    CHECK(value.next_365_days.value() > Quantity::parse("1.3"));
    CHECK(value.expected_spend == base.company.money("25"));
    CHECK(value.score.size() == 3);
    CHECK(value.explanation.find("Tier: an expected value of ") != std::string::npos);
    CHECK(base.count("SELECT count(*) FROM crm_customer_value WHERE alive < 0 OR alive > 100000000") == 0);
    CHECK(base.count("SELECT count(*) FROM crm_customer_value WHERE expected_value IS NULL") == 0);
    CHECK(base.count("SELECT count(*) FROM crm_valuation WHERE state = 'done' AND customers = 2357 AND changed = customers") == 1);
    CHECK(base.count("SELECT count(*) FROM crm_customer_move WHERE kind = 'tier' AND after = 'Gold'") ==
          base.count("SELECT count(*) FROM crm_customer_value v JOIN crm_value_tier t ON t.id = v.tier WHERE t.name = 'Gold'"));

    base.value();   // the same day again: other fits, and no customer is written anew
    CHECK(base.count("SELECT max(fit_number) FROM crm_model_fit") == 2);
    CHECK(base.count("SELECT changed FROM crm_valuation ORDER BY id DESC LIMIT 1") == 0);

    const auto path = base.company.report_result("crm.alive_path", {{"party", "Customer 1"}, {"as_of", "1997-09-30"}});
    REQUIRE(path.rows.size() == 9);                       // the ends of January to August, and the day itself
    CHECK(std::get<Date>(path.rows[0][0]) == "1997-01-31"_date);
    CHECK(std::get<std::int64_t>(path.rows[0][1]) == 2);
    CHECK(std::get<Decimal>(path.rows[8][2]).units == value.alive->raw());
    CHECK(std::get<Decimal>(path.rows[6][2]).units < std::get<Decimal>(path.rows[0][2]).units);   // silent from January to August
    CHECK(base.company.report_result("crm.alive_path", {{"party", "Customer 1"}, {"as_of", "1996-12-31"}}).rows.empty());

    const auto keep = base.company.report_result("crm.retention", {{"most", "5"}});
    REQUIRE(keep.rows.size() == 5);
    for (const auto& row : keep.rows) {
        const auto expected = std::get<Decimal>(row[3]).units, at_risk = std::get<Decimal>(row[4]).units, alive = std::get<Decimal>(row[5]).units;
        CHECK(at_risk == divide(Wide{expected} * (100'000'000 - alive), 100'000'000));
    }
}

TEST_CASE("customer base: somebody may ask for a valuation, and finds in it what came of it") {
    Base base;
    base.customer("Bakery");
    const auto id = base.company.insert(Valuation{.day = base.today, .note = "After the import"});
    base.company.transition(id, "run");
    CHECK(base.company.load(id).state == ValuationState::asked);
    base.company.suite().run_job("crm.customer_base");
    const auto valuation = base.company.load(id);
    CHECK(valuation.state == ValuationState::done);
    CHECK(valuation.customers == 1);
    CHECK(valuation.day == "2026-06-15"_date);
    CHECK(valuation.note == "After the import");
}

TEST_CASE("customer base: a contract promises a tier for its days") {
    Base       base;
    const auto party = base.customer("Bakery");
    const auto gold  = base.company.insert(ValueTier{.name = "Gold", .from_value = base.company.money("1000"), .first_response_days = 1});
    base.company.insert(ValueTier{.name = "Silver", .from_value = base.company.money("100")});
    base.company.insert(TierFloor{.party = party, .tier = gold, .valid_from = "2026-01-01"_date, .valid_to = "2026-06-30"_date, .contract = "C-17"});
    base.value();
    CHECK(base.value_of(party).tier == gold);
    CHECK(base.value_of(party).explanation == "Has not bought yet. Tier: contract C-17 promises Gold; without it, there is no expected value.");
    base.company.read([&](const Snapshot& tx) {
        CHECK(tx.service<ValueTiers>().of(tx, party, "2026-06-30"_date)->name == "Gold");
        CHECK(!tx.service<ValueTiers>().of(tx, Id<Party>{party.value + 1000}, "2026-06-30"_date));
    });
}

TEST_CASE("customer base: rules that cannot hold are refused when they are saved") {
    Base       base;
    const auto refused = [&](auto record) { return base.company.refusal([&](Transaction& tx) { tx.insert(record); }); };
    CHECK(refused(LifecycleRule{.rank = 1, .stage = "odd", .purchases_from = 3, .purchases_to = 2}) == "crm.rule_never_holds");
    CHECK(refused(RfmSegment{.rank = 1, .name = "Odd", .recency_low = 4, .recency_high = 3}) == "crm.not_a_score");
    CHECK(refused(RfmSegment{.rank = 1, .name = "Odd", .recency_high = 6}) == "crm.not_a_score");
    CHECK(refused(ValueTier{.name = "Odd", .discount = Percent::of(101)}) == "crm.discount_too_high");
    CHECK(refused(ValueTier{.name = "Odd", .first_response_days = 3, .resolution_days = 2}) == "crm.resolved_before_answered");
    CHECK(refused(ValueBasis{.horizon_months = 121}) == "crm.horizon_too_long");
    CHECK(refused(ValueBasis{.margin = Percent::of(101)}) == "crm.margin_too_high");
    const auto party = base.customer("Bakery");
    const auto tier  = base.company.insert(ValueTier{.name = "Gold"});
    CHECK(refused(TierFloor{.party = party, .tier = tier, .valid_from = "2026-02-01"_date, .valid_to = "2026-01-31"_date, .contract = "C-1"}) ==
          "crm.ends_before_it_begins");
}

TEST_CASE("lifecycle: the first rule whose conditions all hold names the stage") {
    const auto rules = standard_lifecycle();
    const auto stage = [&](std::int64_t purchases, std::optional<std::int64_t> silent, std::optional<std::int64_t> interval, std::optional<std::int64_t> alive) {
        return stage_of({purchases, silent, interval, alive ? std::optional(Percent::of(*alive)) : std::nullopt}, rules);
    };
    CHECK(stage(0, {}, {}, {}) == "prospect");
    CHECK(stage(1, 10, {}, 100) == "new");
    CHECK(stage(1, 90, {}, {}) == "new");
    CHECK(stage(1, 91, {}, 100) == "bought once");
    CHECK(stage(1, 730, {}, 100) == "lost");       // whatever the model says of who bought once
    CHECK(stage(5, 59, 30, 80) == "active");
    CHECK(stage(5, 60, 30, 80) == "at risk");
    CHECK(stage(5, 1, 0, 80) == "active");         // several days in a row: measured by a day
    CHECK(stage(2, 20, 30, 49) == "at risk");
    CHECK(stage(2, 20, 30, 9) == "lost");
    CHECK(stage(2, 20, 30, {}) == "active");
    CHECK(stage_of({}, {}) == "");
}

TEST_CASE("value tier: the highest that is reached, never below what a contract promises") {
    const auto usd   = Currency::of("USD");
    const auto money = [&](std::int64_t whole) { return Money{whole * 100, usd}; };
    const std::vector<ValueTier> tiers = {{.id = Id<ValueTier>{1}, .name = "Bronze", .from_value = money(10)},
                                          {.id = Id<ValueTier>{2}, .name = "Silver", .from_value = money(100)},
                                          {.id = Id<ValueTier>{3}, .name = "Gold", .from_value = money(1000)}};
    const auto name = [&](std::optional<Money> value, std::int64_t floor) {
        const auto decision = decide_tier(value, tiers, Id<ValueTier>{floor}, "C-1");
        return decision.tier ? decision.tier->name : std::string("none");
    };
    CHECK(name(money(9), 0) == "none");
    CHECK(name(money(10), 0) == "Bronze");
    CHECK(name(money(999), 0) == "Silver");
    CHECK(name(money(1000), 0) == "Gold");
    CHECK(name(std::nullopt, 0) == "none");
    CHECK(name(std::nullopt, 2) == "Silver");
    CHECK(name(money(50), 2) == "Silver");
    CHECK(name(money(5000), 2) == "Gold");
    CHECK(decide_tier(money(50), tiers, Id<ValueTier>{2}, "C-1").reason == "contract C-1 promises Silver; without it, an expected value of 50.00 reaches Bronze (from 10.00)");
}
