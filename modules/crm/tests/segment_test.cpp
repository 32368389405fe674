// Who belongs to a segment by its rule, from when to when, and who is held out.
#include <crm/purchases.h>

#include "services/segment_rule.h"
#include "tests/selling.h"

namespace crm::tests {

namespace {

struct Segmenting : Selling {
    Id<Party> party(const char* name, const char* country, bool customer = true) {
        const auto id = company.insert(Party{.name = name, .customer = customer});
        company.insert(directory::Address{.party = id, .country = country});
        return id;
    }
    Id<Segment> segment(std::vector<SegmentCondition> conditions, Percent hold_out = {}) {
        return company.insert(Segment{.name = "S" + std::to_string(++numbers_), .hold_out = hold_out, .conditions = std::move(conditions)});
    }
    std::string members(Id<Segment> segment, const char* as_of = "2026-06-15") {
        std::string text;
        for (const auto& row : company.report_result("crm.segment_members", {{"segment", std::to_string(segment.value)}, {"as_of", as_of}}).rows)
            text += (text.empty() ? "" : " ") + std::get<std::string>(row[0]);
        return text;
    }
    std::string who(std::vector<SegmentCondition> conditions) {
        const auto id = segment(std::move(conditions));
        company.transition(id, "refresh");
        return members(id);
    }

    int numbers_ = 0;
};

}  // namespace

TEST_CASE("segments: each comparison, on each kind of fact it fits") {
    struct Case { FactKind kind; Comparison comparison; const char* wanted; FactValue value; bool holds; };
    const auto on = "2026-06-15"_date;
    using enum Comparison;
    using enum FactKind;
    for (const auto& c : {Case{text, is, "de", {.text = "DE"}, true},
                          {text, is, "DE", {.text = "AT"}, false},
                          {text, one_of, "AT, DE ,CH", {.text = "de"}, true},
                          {text, one_of, "AT,CH", {.text = "DE"}, false},
                          {text, contains, "Bike", {.text = "Superior bikes"}, true},
                          {text, contains, "boat", {.text = "Bikes"}, false},
                          {number, at_least, "10", {.number = Quantity::of(10)}, true},
                          {number, at_least, "10", {.number = Quantity::parse("9.99")}, false},
                          {number, at_most, "10", {.number = Quantity::of(10)}, true},
                          {number, at_most, "10", {.number = Quantity::of(11)}, false},
                          {number, is, "3", {.number = Quantity::of(3)}, true},
                          {day, before, "2026-01-02", {.day = "2026-01-01"_date}, true},
                          {day, before, "2026-01-01", {.day = "2026-01-01"_date}, false},
                          {day, after, "2026-01-01", {.day = "2026-01-02"_date}, true},
                          {day, days_ago_at_least, "14", {.day = "2026-06-01"_date}, true},
                          {day, days_ago_at_least, "15", {.day = "2026-06-01"_date}, false},
                          {day, days_ago_at_most, "14", {.day = "2026-06-01"_date}, true},
                          {day, days_ago_at_most, "13", {.day = "2026-06-01"_date}, false},
                          {flag, is, "yes", {.number = Quantity::of(1)}, true},
                          {flag, is, "no", {.number = Quantity::of(1)}, false}}) {
        CHECK(is_satisfied({.comparison = c.comparison, .value = c.wanted}, c.kind, c.value, on) == c.holds);
        CHECK(compares(c.kind, c.comparison));
    }
    CHECK(!compares(text, at_least));
    CHECK(!compares(number, contains));
    CHECK(!compares(day, at_most));
    CHECK(!compares(flag, one_of));
}

TEST_CASE("segments: all conditions of an alternative must hold, of one alternative or another; is_not and unknown look at all that is known") {
    Segmenting shop;
    const auto swiss = shop.party("Swiss", "CH"), german = shop.party("German", "DE");
    shop.party("Supplier", "CH", false);
    shop.company.insert(directory::Address{.party = german, .kind = directory::AddressKind::office, .country = "AT"});
    const auto won = shop.company.insert(Opportunity{.title = "x", .party = swiss, .amount = shop.company.money("500")});
    shop.company.transition(won, "win");
    using enum Comparison;
    CHECK(shop.who({{.fact = "country", .value = "CH"}}) == "Supplier Swiss");
    CHECK(shop.who({{.fact = "country", .value = "CH"}, {.fact = "customer", .value = "yes"}}) == "Swiss");
    CHECK(shop.who({{.fact = "country", .value = "CH"}, {.fact = "customer", .value = "yes"}, {.alternative = 2, .fact = "country", .value = "AT"}}) == "German Swiss");
    CHECK(shop.who({{.fact = "country", .comparison = is_not, .value = "AT"}}) == "Acme Supplier Swiss");
    CHECK(shop.who({{.fact = "country", .comparison = unknown}}) == "Acme");
    CHECK(shop.who({{.fact = "won_amount", .comparison = at_least, .value = "500"}}) == "Swiss");
    CHECK(shop.who({{.fact = "won_amount", .comparison = at_least, .value = "500.01"}}) == "");
    CHECK(shop.who({}) == "");
    shop.company.insert(PastPurchase{.party = german, .day = "2026-06-01"_date, .amount = shop.company.money("200")});
    shop.company.insert(PastPurchase{.party = german, .day = "2026-01-01"_date, .amount = shop.company.money("50.50")});
    shop.company.insert(PastPurchase{.party = swiss, .day = "2025-06-15"_date, .amount = shop.company.money("900")});
    CHECK(shop.who({{.fact = "bought_a_year", .comparison = at_least, .value = "250.50"}}) == "German");
    CHECK(shop.who({{.fact = "purchases_a_year", .comparison = at_least, .value = "1"}}) == "German");
    CHECK(shop.who({{.fact = "last_purchase", .comparison = days_ago_at_least, .value = "365"}}) == "Swiss");
}

TEST_CASE("segments: how many would belong to one is said before it is made, and what cannot be counted is refused") {
    Segmenting shop;
    shop.party("Swiss", "CH");
    shop.party("German", "DE");
    shop.party("Supplier", "CH", false);
    const auto count = [&](const char* conditions) { return shop.company.report("crm.segment_count", {{"conditions", conditions}}); };
    CHECK(count(R"([{"fact":"country","comparison":"is","value":"CH"}])") == "2 | 4 | Supplier, Swiss\n");
    CHECK(count(R"([{"fact":"country","value":"CH"},{"fact":"customer","value":"yes"},{"alternative":2,"fact":"country","value":"DE"}])") == "2 | 4 | German, Swiss\n");
    CHECK(count("[]") == "0 | 4 | \n");
    for (const char* wrong : {"", "{", "{}", "[1]", R"([{"fact":["a"]}])", R"([{"fact":"country","comparison":"like"}])", R"([{"alternative":"x","fact":"country"}])"})
        CHECK_MESSAGE(shop.refusal([&] { count(wrong); }) != "", wrong);
    CHECK(shop.refusal([&] { count(R"([{"fact":"colour","value":"red"}])"); }) == "crm.unknown_fact");
    CHECK(shop.refusal([&] { count(R"([{"fact":"country","comparison":"at_least","value":"CH"}])"); }) == "crm.condition_does_not_fit");
    const auto facts = shop.company.report("crm.segment_facts");
    CHECK_MESSAGE(facts.find("last_purchase | Last purchase | day\n") != std::string::npos, facts);
}

TEST_CASE("segments: who joined and left when is kept, and the job works it out by itself") {
    Segmenting shop;
    const auto swiss   = shop.party("Swiss", "CH");
    const auto segment = shop.segment({{.fact = "last_contact", .comparison = Comparison::days_ago_at_most, .value = "30"}});
    shop.company.run([&](Transaction& tx) { tx.service<Timeline>().add(tx, {.party = swiss, .kind = "call", .subject = "x"}); }, "2026-01-01"_date);
    const auto refresh = [&](Date on) { shop.company.transition(segment, "refresh", on); };
    refresh("2026-01-10"_date);
    refresh("2026-01-20"_date);
    refresh("2026-02-01"_date);
    CHECK(shop.members(segment, "2026-01-09") == "");
    CHECK(shop.members(segment, "2026-01-10") == "Swiss");
    CHECK(shop.members(segment, "2026-01-31") == "Swiss");
    CHECK(shop.members(segment, "2026-02-01") == "");
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_segment_member") == 1);
    const auto all = shop.segment({{.fact = "customer", .value = "yes"}});
    shop.company.suite().run_job("crm.segments");
    CHECK(shop.company.load(all).members == 2);
}

TEST_CASE("segments: held out is a fixed part, the same whenever it is asked, and whoever is at a smaller percentage is at a larger") {
    const SegmentService service;
    int ten = 0, fifty = 0;
    for (std::int64_t party = 1; party <= 20'000; ++party) {
        const bool at_ten   = service.is_held_out(Id<Segment>{7}, Id<Party>{party}, Percent::of(10)),
                   at_fifty = service.is_held_out(Id<Segment>{7}, Id<Party>{party}, Percent::of(50));
        CHECK((!at_ten || at_fifty));
        ten += at_ten;
        fifty += at_fifty;
        CHECK(!service.is_held_out(Id<Segment>{7}, Id<Party>{party}, Percent{}));
    }
    CHECK(ten == doctest::Approx(2000).epsilon(0.06));
    CHECK(fifty == doctest::Approx(10'000).epsilon(0.03));
}

TEST_CASE("segments: a rule that cannot be worked out is refused when it is saved") {
    Segmenting shop;
    const auto refused = [&](SegmentCondition condition) { return shop.refusal([&] { shop.segment({condition}); }); };
    using enum Comparison;
    CHECK(refused({.fact = "shoe_size", .value = "44"}) == "crm.unknown_fact");
    CHECK(refused({.fact = "country", .comparison = at_least, .value = "DE"}) == "crm.condition_does_not_fit");
    CHECK(refused({.fact = "won_amount", .comparison = at_least, .value = "much"}) == "crm.condition_does_not_fit");
    CHECK(refused({.fact = "last_contact", .comparison = before, .value = "2026-02-30"}) == "crm.condition_does_not_fit");
    CHECK(refused({.fact = "customer", .comparison = is, .value = "perhaps"}) == "crm.condition_does_not_fit");
    CHECK(refused({.fact = "country", .comparison = is}) == "crm.condition_does_not_fit");
    CHECK(shop.refusal([&] { shop.segment({}, Percent::of(91)); }) == "crm.hold_out_out_of_range");
}

}  // namespace crm::tests
