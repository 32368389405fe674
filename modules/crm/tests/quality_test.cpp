// Whether deliveries are what each customer calls quality.
#include <crm/quality.h>
#include <sales/records.h>

#include "services/customer_quality.h"
#include "tests/customers.h"

namespace crm::tests {

TEST_CASE("quality: at most, at least and exactly include the target") {
    using enum QualityComparison;
    struct Case { QualityComparison comparison; const char* measured; bool met; };
    for (const auto& c :
         {Case{at_most, "2", true}, {at_most, "2.000001", false}, {at_least, "2", true}, {at_least, "1.999999", false}, {equals, "2", true}, {equals, "2.000001", false}})
        CHECK(meets(c.comparison, Quantity::parse(c.measured), Quantity::of(2)) == c.met);
}

TEST_CASE("quality: a delivery is compared with what held on its day, once, and stays as it was judged") {
    Customers  shop;
    const auto late = shop.company.insert(QualityCriterion{.party = shop.acme, .measure = "days_late", .target = Quantity::of(1), .valid_to = "2026-06-30"_date});
    shop.company.insert(QualityCriterion{.party = shop.acme, .measure = "defects_per_million", .target = Quantity::of(100)});
    const auto deliver = [&](std::int64_t number, Date on, const char* days_late) {
        std::size_t checks = 0;
        shop.company.run([&](Transaction& tx) {
            checks = tx.service<CustomerQuality>()
                         .check(tx, {.party = shop.acme, .day = on, .source = {"directory.party", number, 0}, .measured = {{"days_late", Quantity::parse(days_late)}}})
                         .size();
        });
        return checks;
    };
    CHECK(deliver(1, "2026-06-01"_date, "1") == 1);
    CHECK(deliver(2, "2026-06-30"_date, "2") == 1);
    CHECK(deliver(2, "2026-06-30"_date, "0") == 0);
    CHECK(deliver(3, "2026-07-01"_date, "5") == 0);
    shop.company.run([&](Transaction& tx) {
        auto changed   = tx.load(late);
        changed.target = Quantity::of(9);
        tx.save(changed);
    });
    CHECK(shop.company.report("crm.quality", {{"party", "Acme"}}) ==
          "Acme | days_late | at_most | 9 | 2 | 1 | 50 | 2026-06-30\nAcme | defects_per_million | at_most | 100 | 0 | 0 | 0 | \n=  |  |  |  | 2 | 1 |  | \n");
    CHECK(shop.company.value<std::int64_t>("SELECT count(*) FROM crm_quality_check WHERE target = 1000000") == 2);
}

TEST_CASE("quality: what is not measured cannot be asked for") {
    Customers  shop;
    CHECK(shop.company.refusal([&](Transaction& tx) { tx.insert(QualityCriterion{.party = shop.acme, .measure = "love"}); }) == "crm.unknown_measure");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        tx.service<CustomerQuality>().check(tx, {.party = shop.acme, .day = "2026-06-01"_date, .measured = {{"love", Quantity::of(1)}}});
    }) == "crm.unknown_measure");
    CHECK(shop.company.refusal([&](Transaction& tx) {
        tx.insert(QualityCriterion{.party = shop.acme, .measure = "days_late", .valid_from = "2026-02-01"_date, .valid_to = "2026-01-01"_date});
    }) == "crm.ends_before_it_begins");
}

TEST_CASE("quality: every shipment is compared by itself: how late it left, and how much was short") {
    Customers  shop;
    const auto unit    = *shop.company.value<Id<catalog::Unit>>("SELECT id FROM catalog_unit WHERE code = 'EA'");
    const auto tuning  = shop.company.insert(
         catalog::Product{.number = "TUNE", .name = "Tuning", .unit = unit, .stocked = false, .saleable = true, .list_price = tessera::UnitPrice::parse("40")});
    const auto order = shop.company.insert(
        sales::Order{.customer = shop.acme, .lines = {{.product = tuning, .quantity = Quantity::of(4), .promised_on = "2026-03-04"_date}}}, "2026-03-02"_date);
    shop.company.transition(order, "confirm", "2026-03-02"_date);
    for (const auto& [measure, target] : {std::pair{"days_late", 1}, {"quantity_short", 0}})
        shop.company.insert(QualityCriterion{.party = shop.acme, .measure = measure, .target = Quantity::of(target)});
    sales::Shipment shipment{.customer = shop.acme, .date = "2026-03-06"_date};
    shipment.lines.push_back({.order_line = shop.company.load(order).lines.front().id, .quantity = Quantity::of(3)});
    shop.company.transition(shop.company.insert(shipment, "2026-03-06"_date), "ship", "2026-03-06"_date);
    shop.company.transition(order, "ship_all", "2026-03-09"_date);
    std::string text;
    shop.company.read([&](const Snapshot& tx) {
        for (const auto& check : tx.select<QualityCheck>("id > 0 ORDER BY id")) text += fmt::format("{} {} {}; ", check.date, check.measured, check.met);
    });
    CHECK(text == "2026-03-06 2 false; 2026-03-06 25 false; 2026-03-09 5 false; 2026-03-09 0 true; ");
}

}  // namespace crm::tests
