#include "selling.h"

#include "services/price_choice.h"
#include "services/tax_choice.h"

using namespace sales;
using namespace sales::tests;

TEST_CASE("prices: the most specific source that fits, its largest quantity, its latest beginning") {
    const auto usd = Currency::of("USD"), eur = Currency::of("EUR");
    const std::vector<PriceCandidate> candidates = {
        {PriceSource::product, "list", {}, UnitPrice::parse("100"), usd, {}, {}},
        {PriceSource::general_list, "general", Quantity::of(1), UnitPrice::parse("95"), usd, {}, {}},
        {PriceSource::general_list, "general, ten", Quantity::of(10), UnitPrice::parse("90"), usd, {}, {}},
        {PriceSource::customer_list, "dealers", Quantity::of(50), UnitPrice::parse("80"), usd, {}, {}},
        {PriceSource::customer, "own, past", {}, UnitPrice::parse("70"), usd, {}, "2025-12-31"_date},
        {PriceSource::customer, "own, euro", {}, UnitPrice::parse("60"), eur, {}, {}},
        {PriceSource::customer_list, "dealers, spring", Quantity::of(50), UnitPrice::parse("82"), usd, "2026-03-01"_date, {}},
    };
    struct Case {
        const char* quantity;
        Date        on;
        const char* taken;
    };
    for (const auto& [quantity, on, taken] : std::initializer_list<Case>{{"0.5", "2026-02-01"_date, "list"},
                                                                         {"1", "2026-02-01"_date, "general"},
                                                                         {"9.999999", "2026-02-01"_date, "general"},
                                                                         {"10", "2026-02-01"_date, "general, ten"},
                                                                         {"50", "2026-02-01"_date, "dealers"},
                                                                         {"50", "2026-03-01"_date, "dealers, spring"},
                                                                         {"50", "2025-12-31"_date, "own, past"}}) {
        CAPTURE(quantity);
        const auto  verdicts = choose_price(candidates, {.quantity = Quantity::parse(quantity), .on = on, .currency = usd});
        std::string chosen;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (verdicts[i].taken) chosen += candidates[i].name;
        CHECK(chosen == taken);
    }
    const auto verdicts = choose_price(candidates, {.quantity = Quantity::of(1), .on = "2026-02-01"_date, .currency = usd});
    CHECK(verdicts[0].why == "gives way to a better one");
    CHECK(verdicts[2].why == "from 10 on");
    CHECK(verdicts[4].why == "ended on 2025-12-31");
    CHECK(verdicts[5].why == "is in EUR");
}

TEST_CASE("prices: a line follows the lists while nobody said otherwise, and another price wants a reason") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto dealers = here.company.insert(PriceList{.name = "Dealers"});
    here.company.insert(Price{.price_list = dealers, .product = bicycle, .price = UnitPrice::parse("80")});
    here.company.insert(Price{.price_list = dealers, .product = bicycle, .minimum_quantity = Quantity::of(10), .price = UnitPrice::parse("75")});
    CHECK(here.line(here.draft({{bicycle, "1"}})).price.str() == "100");
    here.terms({.price_list = dealers});
    const auto order = here.draft({{bicycle, "9"}});
    CHECK(here.line(order).price.str() == "80");
    here.company.run([&](Transaction& tx) {
        auto changed                   = tx.load(order);
        changed.lines.front().quantity = Quantity::of(10);
        tx.save(changed);
    });
    CHECK(here.line(order).price.str() == "75");
    CHECK(here.line(order).price_trace.find(R"("name":"Dealers","minimum_quantity":"10","price":"75.00","taken":true)") != std::string::npos);

    const auto refused = here.company.refusal([&](Transaction& tx) {
        auto changed                = tx.load(order);
        changed.lines.front().price = UnitPrice::parse("70");
        tx.save(changed);
    });
    CHECK(refused == "sales.price_reason_missing");
    CHECK(here.line(here.draft({{bicycle, "1", "70"}})).price_reason == "agreed");
}

TEST_CASE("prices: the largest offer that fits is given, on its days, for its quantities and customers") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.company.insert(SpecialOffer{.name = "Spring", .discount = Percent::parse("5"), .valid_from = "2026-03-01"_date, .valid_to = "2026-03-31"_date});
    here.company.insert(SpecialOffer{.name = "Eleven", .discount = Percent::parse("12.5"), .product = bicycle, .minimum_quantity = Quantity::of(11), .maximum_quantity = Quantity::of(14)});
    const auto other = here.company.insert(Party{.name = "Other", .customer = true});
    here.company.insert(SpecialOffer{.name = "Friends", .discount = Percent::parse("50"), .customer = other});
    const auto amount = [&](const char* quantity, Date on) { return here.line(here.draft({{bicycle, quantity}}, on)).amount.str(); };
    CHECK(amount("1", "2026-02-28"_date) == "100.00");
    CHECK(amount("1", "2026-03-01"_date) == "95.00");
    CHECK(amount("11", "2026-03-01"_date) == "962.50");
    CHECK(amount("15", "2026-04-01"_date) == "1500.00");
}

TEST_CASE("prices: quantity times price less discount is rounded once") {
    const auto two = Currency::of("USD"), six = Currency::of("USD", 6);
    CHECK(discounted(Quantity::of(13), UnitPrice::parse("5.0136"), Percent::parse("2"), six).str() == "63.873264");
    CHECK(discounted(Quantity::of(12), UnitPrice::parse("1971.9942"), Percent::parse("2"), six).str() == "23190.651792");
    CHECK(discounted(Quantity::of(13), UnitPrice::parse("5.0136"), Percent::parse("2"), two).str() == "63.87");
    CHECK(discounted(Quantity::of(-1), UnitPrice::parse("0.005"), {}, two).str() == "-0.01");
    CHECK(discounted(Quantity::of(1), UnitPrice::parse("19.99"), Percent::of(100), two).is_zero());
}

TEST_CASE("tax: the most specific rule that is valid where the goods go") {
    const auto code = [](std::int64_t id) { return Id<financials::TaxCode>{id}; };
    const Id<catalog::Category> food{7};
    const std::vector<TaxRule> rules = {{.id = Id<TaxRule>{1}, .tax_code = code(1)},
                                        {.id = Id<TaxRule>{2}, .country = "US", .tax_code = code(2)},
                                        {.id = Id<TaxRule>{3}, .country = "US", .region = "California", .tax_code = code(3)},
                                        {.id = Id<TaxRule>{4}, .country = "US", .category = food, .tax_code = code(4)},
                                        {.id = Id<TaxRule>{5}, .country = "US", .region = "California", .tax_code = code(5), .valid_from = "2027-01-01"_date}};
    const auto tax = [&](const char* country, const char* region, std::vector<Id<catalog::Category>> categories, Date on) {
        return choose_tax(rules, {country, region, std::move(categories), on});
    };
    CHECK(tax("DE", "", {}, "2026-03-01"_date).code == code(1));
    CHECK(tax("US", "Texas", {}, "2026-03-01"_date).code == code(2));
    CHECK(tax("US", "California", {}, "2026-03-01"_date).code == code(3));
    CHECK(tax("US", "Texas", {food}, "2026-03-01"_date).code == code(4));
    CHECK(tax("US", "California", {}, "2027-01-01"_date).code == code(5));
    CHECK(tax("US", "California", {}, "2027-01-01"_date).reason == "Rule 5: US, California");
}
