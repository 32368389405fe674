// Who decides on a purchase, by which criteria, and how far they are apart.
#include <crm/buying_centre.h>

#include "tests/selling.h"

#include <random>

namespace crm::tests {

TEST_CASE("buying centre: the conflict on a criterion is the spread of weighted positions") {
    struct Example { std::vector<Judgement> judgements; const char* mean; const char* conflict; };
    for (const auto& e : {Example{{}, "0", "0"},
                          {{{3, 0, 2}, {5, 0, -2}}, "0", "0"},                       // nobody cares
                          {{{1, 5, 1}, {5, 10, 1}}, "1", "0"},                       // all agree
                          {{{2, 5, 2}, {1, 10, -2}}, "0", "2"},                      // half at each end
                          {{{5, 8, 1}, {2, 5, -2}}, "0.4", "1.2"},                   // w 40, 10: 0.8·0.36 + 0.2·5.76 = 1.44
                          {{{1, 1, 0}, {1, 1, 1}, {1, 1, 2}}, "1", "0.8165"}}) {     // √(2/3)
        const auto agreement = agreement_of(e.judgements);
        CHECK(agreement.mean == Quantity::parse(e.mean));
        CHECK(agreement.conflict == Quantity::parse(e.conflict));
    }
}

TEST_CASE("buying centre: a conflict is between 0 and 2, whoever is asked first, and more weight on the mean lowers it") {
    std::mt19937 random(5);
    for (int round = 0; round < 500; ++round) {
        std::vector<Judgement> all;
        for (auto n = 1 + random() % 6; n > 0; --n)
            all.push_back({1 + static_cast<std::int64_t>(random() % 5), static_cast<std::int64_t>(random() % 11), static_cast<std::int64_t>(random() % 5) - 2});
        const auto agreement = agreement_of(all);
        CHECK((agreement.conflict >= Quantity{} && agreement.conflict <= Quantity::of(2)));
        std::ranges::reverse(all);
        CHECK(agreement_of(all).conflict == agreement.conflict);
        if (agreement.mean.raw() % 1'000'000 != 0) continue;
        all.push_back({5, 10, agreement.mean.raw() / 1'000'000});
        CHECK(agreement_of(all).conflict <= agreement.conflict);
    }
}

TEST_CASE("buying centre: the matrix of a day is what counted then, and the plan says what is to be said to whom") {
    Selling    shop;
    const auto deal  = shop.deal("Bikes", "100", "2026-01-01"_date);
    const auto ben   = shop.company.insert(Contact{.party = shop.acme, .name = "Ben"});
    const auto eva   = shop.company.insert(Contact{.party = shop.acme, .name = "Eva"});
    const auto buyer = shop.company.insert(BuyingMember{.opportunity = deal, .contact = ben, .role = BuyingRole::buyer, .influence = 2, .stance = -1});
    const auto boss  = shop.company.insert(BuyingMember{.opportunity = deal, .contact = eva, .role = BuyingRole::decider, .influence = 5, .stance = 1});
    const auto price = shop.company.insert(Criterion{.opportunity = deal, .name = "Price"});
    const auto time  = shop.company.insert(Criterion{.opportunity = deal, .name = "Delivery time"});
    const auto weigh = [&](Id<BuyingMember> member, Id<Criterion> criterion, std::int64_t weight, std::int64_t position, Date on) {
        return shop.company.insert(CriterionWeight{.member = member, .criterion = criterion, .weight = weight, .position = position}, on);
    };
    const auto of_ben = weigh(buyer, price, 5, 2, "2026-02-01"_date);
    weigh(boss, price, 8, 1, "2026-02-01"_date);
    weigh(boss, time, 3, 0, "2026-02-03"_date);
    shop.company.run([&](Transaction& tx) {
        auto changed     = tx.load(of_ben);
        changed.position = -2;
        tx.save(changed);
    }, "2026-03-01"_date);
    const auto argument = shop.company.insert(Argument{.member = buyer, .criterion = price, .text = "Costs less to run", .evidence = "Test report"});

    const auto conflicts = [&](const char* day) { return shop.company.report("crm.criteria_conflict", {{"opportunity", "Bikes"}, {"as_of", day}}); };
    CHECK(conflicts("2026-01-31") == "Price | 0 | 0 | 0\nDelivery time | 0 | 0 | 0\n");
    CHECK(conflicts("2026-02-28") == "Price | 50 | 1.2 | 0.4\nDelivery time | 15 | 0 | 0\n");
    CHECK(conflicts("2026-03-01") == "Price | 50 | 0.4 | 1.2\nDelivery time | 15 | 0 | 0\n");
    CHECK(shop.company.report("crm.buying_centre", {{"opportunity", "Bikes"}, {"as_of", "2026-03-01"}}) ==
          "Price | Ben | buyer | 2 | -1 | 5 | -2 | 2026-03-01 | 1\nPrice | Eva | decider | 5 | 1 | 8 | 1 | 2026-02-01 | 0\nDelivery time | Eva | decider | 5 | 1 | 3 | 0 "
          "| 2026-02-03 | 0\n");
    const auto view = shop.company.suite().record_view({}, "crm.opportunity", deal.value, "buying_centre");
    CHECK(view.find(R"("name":"Price","weight":50,"mean":"0.4","conflict":"1.2")") != std::string::npos);
    CHECK(view.find(R"("text":"Costs less to run","evidence":"Test report","done":false)") != std::string::npos);

    shop.company.run([&](Transaction& tx) {
        tx.remove(of_ben);
        auto said = tx.load(argument);
        said.done = true;
        tx.save(said);
    }, "2026-04-01"_date);
    CHECK(conflicts("2026-04-01") == "Price | 40 | 1 | 0\nDelivery time | 15 | 0 | 0\n");
    CHECK(conflicts("2026-03-01") == "Price | 50 | 0.4 | 1.2\nDelivery time | 15 | 0 | 0\n");
    CHECK(shop.company.load(argument).done_on == "2026-04-01"_date);
}

TEST_CASE("buying centre: figures outside their scale and criteria of another sale are refused") {
    Selling    shop;
    const auto deal = shop.deal("Bikes"), other = shop.deal("Wheels");
    const auto ben  = shop.company.insert(Contact{.party = shop.acme, .name = "Ben"});
    const auto refused = [&](auto record) { return shop.company.refusal([&](Transaction& tx) { tx.insert(record); }); };
    for (const std::int64_t influence : {0, 6}) CHECK(refused(BuyingMember{.opportunity = deal, .contact = ben, .influence = influence}) == "crm.out_of_range");
    for (const std::int64_t stance : {-3, 3}) CHECK(refused(BuyingMember{.opportunity = deal, .contact = ben, .stance = stance}) == "crm.out_of_range");
    const auto member  = shop.company.insert(BuyingMember{.opportunity = deal, .contact = ben});
    const auto foreign = shop.company.insert(Criterion{.opportunity = other, .name = "Price"});
    const auto price   = shop.company.insert(Criterion{.opportunity = deal, .name = "Price"});
    CHECK(refused(CriterionWeight{.member = member, .criterion = foreign}) == "crm.criterion_of_another");
    CHECK(refused(CriterionWeight{.member = member, .criterion = price, .weight = 11}) == "crm.out_of_range");
    CHECK(refused(CriterionWeight{.member = member, .criterion = price, .position = 3}) == "crm.out_of_range");
    CHECK(refused(BuyingMember{.opportunity = deal, .contact = ben}) == "kernel.duplicate");
}

}  // namespace crm::tests
