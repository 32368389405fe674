// Tests read like the business: a whole company with real modules and a database of its own, gone with the object.

#include <warranty/claim.h>

#include <tessera/testing/company.h>

#include <doctest/doctest.h>

using namespace warranty;
using tessera::Transaction;

namespace {

class Shop {
public:
    Claim kettle() {
        return {.customer       = customer,
                .product        = product,
                .bought_on      = today.plus_months(-6),
                .claimed_on     = today,
                .fault          = "Does not switch off",
                .estimated_cost = company.money("42.00")};
    }
    // A step with its input, as the API and the command line take it.
    void move(Id<Claim> claim, const char* step, const char* input) {
        company.suite().run({.verb       = tessera::RecordCommand::Verb::transition,
                             .entity     = "warranty.claim",
                             .id         = claim.value,
                             .body       = input,
                             .transition = step});
    }
    // What the ledger holds on the accounts that this plugin posts to, debit positive.
    std::string ledger() {
        std::string text;
        struct Row {
            std::string role{};
            Money       balance{};
        };
        company.read([&](const tessera::Snapshot& tx) {
            tx.each<Row>(R"sql(SELECT m.role, sum(l.amount)
                                 FROM financials_journal_line l JOIN financials_account_role_mapping m ON m.account = l.account
                                WHERE m.role LIKE 'warranty.%' GROUP BY m.role ORDER BY m.role)sql",
                         [&](const Row& row) { text += fmt::format("{} {}\n", row.role, row.balance); });
        });
        return text;
    }
    std::int64_t letters() { return *company.value<std::int64_t>("SELECT count(*) FROM mail_message"); }

    const Date                today = Date::today();
    tessera::testing::Company company{tessera::testing::CompanyOptions{.modules = {"warranty"}, .today = today}};
    Id<directory::Party>      customer = company.insert(directory::Party{.name = "Ann Archer", .customer = true, .email = "ann@archer.example"});
    Id<catalog::Product>      product  = company.insert(catalog::Product{
             .number = "KETTLE", .name = "Kettle", .unit = *company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'")});
};

}  // namespace

TEST_CASE("warranty: an accepted claim is provided for in the same transaction") {
    Shop       shop;
    const auto claim = shop.company.insert(shop.kettle());
    CHECK(shop.ledger() == "");
    shop.company.transition(claim, "accept");
    CHECK(shop.company.load(claim).state == ClaimState::accepted);
    CHECK(shop.ledger() == "warranty.expense 42.00\n"
                           "warranty.provision -42.00\n");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("warranty: settling uses the provision, and what the estimate missed is expense") {
    Shop       shop;
    const auto claim = shop.company.insert(shop.kettle());
    shop.company.transition(claim, "accept");
    shop.move(claim, "settle", R"({"cost": "45.00"})");
    CHECK(shop.ledger() == "warranty.expense 45.00\n"
                           "warranty.provision 0.00\n"
                           "warranty.repairs_owed -45.00\n");
    CHECK(shop.company.verify() == "");
}

TEST_CASE("warranty: a claim that cannot be accepted stays open and posts nothing") {
    Shop shop;
    struct Row {
        Date        bought_on{};
        const char* estimate{};
        const char* refusal{};
    };
    const Row rows[] = {
        {shop.today.plus_months(-24), "42.00", ""},   // the last day of two years
        {shop.today.plus_months(-24).plus_days(-1), "42.00", "warranty.expired"},
        {shop.today, "0.00", "warranty.no_estimate"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.refusal);
        auto claim           = shop.kettle();
        claim.bought_on      = row.bought_on;
        claim.estimated_cost = shop.company.money(row.estimate);
        const auto id        = shop.company.insert(claim);
        const auto before    = shop.ledger();
        CHECK(shop.company.refusal([&](Transaction& tx) { tx.transition(id, "accept"); }) == row.refusal);
        if (*row.refusal == '\0') continue;
        CHECK(shop.company.load(id).state == ClaimState::open);
        CHECK(shop.ledger() == before);
    }
    auto early      = shop.kettle();
    early.bought_on = shop.today.plus_days(1);
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.insert(early); }) == "warranty.claimed_before_bought");
}

TEST_CASE("warranty: a product may be covered for longer or shorter than two years") {
    Shop shop;
    auto claim         = shop.kettle();
    claim.bought_on    = shop.today.plus_months(-30);
    const auto expired = shop.company.insert(claim);
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.transition(expired, "accept"); }) == "warranty.expired");
    shop.company.run([&](Transaction& tx) { tx.save_extension(shop.product, ProductTerms{.months = 36}); });
    shop.company.transition(expired, "accept");
    shop.company.run([&](Transaction& tx) { tx.save_extension(shop.product, ProductTerms{.months = 3}); });
    const auto recent = shop.company.insert(shop.kettle());      // bought six months ago
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.transition(recent, "accept"); }) == "warranty.expired");
}

TEST_CASE("warranty: a refused claim keeps its reason and is decided for good") {
    Shop       shop;
    const auto claim = shop.company.insert(shop.kettle());
    shop.move(claim, "refuse", R"({"reason": "Dropped down the stairs"})");
    CHECK(shop.company.load(claim).refused_because == "Dropped down the stairs");
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.transition(claim, "accept"); }) == "kernel.wrong_state");
    CHECK(shop.ledger() == "");
}

TEST_CASE("warranty: the customer gets a letter once the acceptance is true, and a bad address undoes nothing") {
    Shop       shop;
    const auto claim = shop.company.insert(shop.kettle());
    shop.company.transition(claim, "accept");
    CHECK(shop.letters() == 0);
    shop.company.suite().run_outbox();
    CHECK(shop.letters() == 1);

    const auto mistyped = shop.company.insert(directory::Party{.name = "Bo Baker", .customer = true, .email = "nowhere"});
    auto       second   = shop.kettle();
    second.customer     = mistyped;
    const auto other    = shop.company.insert(second);
    shop.company.transition(other, "accept");
    shop.company.suite().run_outbox();
    CHECK(shop.letters() == 1);
    CHECK(shop.company.load(other).state == ClaimState::accepted);
}

TEST_CASE("warranty: a claim that has waited for two weeks is escalated, once") {
    Shop shop;
    auto late       = shop.kettle();
    late.claimed_on = shop.today.plus_days(-14);
    auto fresh      = shop.kettle();
    fresh.claimed_on = shop.today.plus_days(-13);
    const auto waits = shop.company.insert(late), new_one = shop.company.insert(fresh);
    shop.company.suite().run_job("warranty.waiting_claims");
    shop.company.suite().run_job("warranty.waiting_claims");
    CHECK(shop.company.load(waits).escalated_on == Date::today());
    CHECK(shop.company.load(new_one).escalated_on.empty());
    CHECK(shop.company.value<std::int64_t>("SELECT version FROM warranty_claim WHERE id = :claim", waits) == 2);
}

TEST_CASE("warranty: the report has the cost of each product, the check finds what the ledger lacks") {
    Shop       shop;
    const auto settled = shop.company.insert(shop.kettle()), accepted = shop.company.insert(shop.kettle());
    shop.company.insert(shop.kettle());   // open: costs nothing yet
    shop.company.transition(settled, "accept");
    shop.company.transition(accepted, "accept");
    shop.move(settled, "settle", R"({"cost": "40.00"})");
    CHECK(shop.company.report("warranty.cost_by_product", {{"from", shop.today.str()}, {"to", shop.today.str()}}) ==
          "KETTLE | Kettle | 2 | 82.00\n"
          "=  |  | 2 | 82.00\n");
    shop.company.run([](Transaction& tx) {
        tessera::testing::damage(tx, "UPDATE warranty_claim SET estimated_cost = estimated_cost + 1 WHERE state = 'accepted'");
    });
    CHECK(shop.company.verify() == "warranty.provision: account of warranty.provision: expected 42.01, found 42.00\n");
}
