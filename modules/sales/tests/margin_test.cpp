#include "selling.h"

#include "services/margin.h"

#include <inventory/documents.h>

using namespace sales;
using namespace sales::tests;

namespace {

std::string margin_of(Selling& here, const tessera::Suite::ParameterTexts& parameters) { return here.company.report("sales.margin", parameters); }

// A line of a report whose first cell is `name`, without it.
std::string row(const std::string& report, const std::string& name) {
    const auto at = ("\n" + report).find("\n" + name + " | ");
    if (at == std::string::npos) return "not there";
    const auto from = at + name.size() + 3;
    return report.substr(from, report.find('\n', from) - from);
}

}  // namespace

// Tryton, modules/stock_reporting_margin, scenario_stock_reporting_margin.rst
TEST_CASE("margin: by product, day and category, with returns, and with what was lost") {
    Selling    here;
    const auto root  = here.company.insert(catalog::Category{.name = "Root"});
    const auto child = here.company.insert(catalog::Category{.name = "Child", .parent = root});
    const auto first = here.product("P1", "40"), second = here.product("P2", "50");
    here.company.run([&](Transaction& tx) {
        for (const auto& [id, category] : {std::pair(first, root), std::pair(second, child)}) {
            auto product     = tx.load(id);
            product.category = category;
            tx.save(product);
        }
    });
    const auto yesterday = Selling::day, today = Selling::day.plus_days(1);
    here.stock(first, "20", "20");
    here.stock(second, "20", "20");
    const auto sell = [&](const std::vector<Wanted>& lines, const std::vector<std::string>& quantities, Date on) {
        const auto order    = here.order(lines, on);
        const auto shipment = here.ship(order, quantities, on);
        here.invoice(order, on);
        return std::pair(order, shipment);
    };
    sell({{first, "2"}}, {"2"}, yesterday);
    const auto [order, shipment] = sell({{first, "4", "30"}, {second, "2"}}, {"4", "2"}, today);
    here.give_back(shipment, {"1", "-"}, today);
    here.credit(order, today);

    const auto whole = margin_of(here, {});
    CHECK(row(whole, "P1") == "5 | 170.00 | 100.00 | 70.00 | 41.18");
    CHECK(row(whole, "P2") == "2 | 100.00 | 40.00 | 60.00 | 60");
    CHECK(row(margin_of(here, {{"to", yesterday.str()}}), "P1") == "2 | 80.00 | 40.00 | 40.00 | 50");
    CHECK(row(margin_of(here, {{"from", today.str()}}), "P1") == "3 | 90.00 | 60.00 | 30.00 | 33.33");
    CHECK(row(margin_of(here, {{"by", "top_category"}}), "Root") == "7 | 270.00 | 140.00 | 130.00 | 48.15");
    CHECK(row(margin_of(here, {{"by", "category"}}), "Child") == "2 | 100.00 | 40.00 | 60.00 | 60");
    CHECK(row(margin_of(here, {{"by", "customer"}, {"category", "Root"}}), "Corner Shop") == "7 | 270.00 | 140.00 | 130.00 | 48.15");
    CHECK(row(margin_of(here, {{"by", "customer"}, {"in_category", "Root"}}), "Corner Shop") == "5 | 170.00 | 100.00 | 70.00 | 41.18");
    CHECK(row(margin_of(here, {{"by", "month"}}), "2026-03") == "7 | 270.00 | 140.00 | 130.00 | 48.15");
    CHECK(row(margin_of(here, {{"by", "order"}}), "SO-2026-00001") == "2 | 80.00 | 40.00 | 40.00 | 50");
    CHECK(row(margin_of(here, {{"by", "line"}}), "SO-2026-00002 P1") == "3 | 90.00 | 60.00 | 30.00 | 33.33");
    CHECK(row(margin_of(here, {{"by", "territory"}}), "-") == "7 | 270.00 | 140.00 | 130.00 | 48.15");

    const auto shelf = *here.company.value<Id<inventory::Location>>("SELECT id FROM inventory_location WHERE code = 'STOCK'");
    here.done(inventory::StockCount{.date = today, .reason = "one is missing", .lines = {{.product = first, .location = shelf, .counted = Quantity::of(14)}}}, "post", today);
    const auto with_lost = margin_of(here, {{"losses", "true"}});
    CHECK(row(with_lost, "P1") == "6 | 170.00 | 120.00 | 50.00 | 29.41");
    CHECK(row(with_lost, "P2") == "2 | 100.00 | 40.00 | 60.00 | 60");
    CHECK(row(margin_of(here, {}), "P1") == "5 | 170.00 | 100.00 | 70.00 | 41.18");
    CHECK(here.balance("sales.cost_of_sales") == "140.00");
    here.check_sound();
}

TEST_CASE("margin: by special offer, what each cost and what was sold under none, down to what it is made of") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "40", "60");
    const auto eleven = here.company.insert(SpecialOffer{.name = "Eleven", .discount = Percent::parse("30"), .product = bicycle, .minimum_quantity = Quantity::of(11)});
    for (const auto* quantity : {"11", "2"}) {
        const auto order = here.order({{bicycle, quantity}});
        here.ship(order, {quantity});
        here.invoice(order);
    }
    const auto by_offer = margin_of(here, {{"by", "special_offer"}});
    CHECK(row(by_offer, "Eleven") == "11 | 770.00 | 660.00 | 110.00 | 14.29");
    CHECK(row(by_offer, "-") == "2 | 200.00 | 120.00 | 80.00 | 40");
    CHECK(row(margin_of(here, {{"by", "product"}, {"special_offer", "Eleven"}}), "BIKE") == "11 | 770.00 | 660.00 | 110.00 | 14.29");
    const auto entries = here.company.report("sales.margin_entries", {{"special_offer", std::to_string(eleven.value)}});
    CHECK(entries.find("770.00") != std::string::npos);
    CHECK(entries.find("200.00") == std::string::npos);
}

TEST_CASE("margin: late cost restates it, and what was known then still stands") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto receipt = here.stock(bicycle, "10", "60");
    const auto order   = here.order({{bicycle, "4"}});
    here.ship(order, {"4"});
    here.invoice(order);
    std::string then;
    here.company.run([&](Transaction& tx) { then = tx.now().str(); });
    here.late_cost(receipt, "50.00", "2026-03-05"_date);
    CHECK(row(margin_of(here, {}), "BIKE") == "4 | 400.00 | 260.00 | 140.00 | 35");
    CHECK(row(margin_of(here, {{"known_at", then}}), "BIKE") == "4 | 400.00 | 240.00 | 160.00 | 40");
    CHECK(here.balance("sales.cost_of_sales") == "260.00");
    CHECK(here.company.report("sales.margin_entries", {{"product", "BIKE"}, {"from", "2026-03-03"}}).find("| 20.00") != std::string::npos);
}

TEST_CASE("margin: what is undone counts for nothing, services earn without goods, and charges belong to nobody's order") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100"), service = here.product("TUNING", "30", false);
    here.stock(bicycle, "10", "60");
    const auto order    = here.order({{bicycle, "1"}, {service, "2"}});
    const auto shipment = here.ship(order, {"1", "2"});
    const auto invoice  = here.invoice(order);
    CHECK(row(margin_of(here, {}), "TUNING") == "2 | 60.00 | 0.00 | 60.00 | 100");
    here.move(invoice, "reverse", R"({"reason":"wrong"})");
    here.move(shipment, "reverse", R"({"reason":"wrong"})");
    CHECK(margin_of(here, {}) == "=  | 0 | 0.00 | 0.00 | 0.00 | \n");
    here.done(Invoice{.customer = here.shop, .lines = {{.description = "Postage", .price = UnitPrice::parse("7.5")}}}, "post");
    CHECK(row(margin_of(here, {{"by", "customer"}}), "Corner Shop") == "1 | 7.50 | 0.00 | 7.50 | 100");
    CHECK(row(margin_of(here, {}), "-") == "1 | 7.50 | 0.00 | 7.50 | 100");
}

TEST_CASE("margin: percent of revenue, rounded to two decimals") {
    const auto usd = Currency::of("USD");
    CHECK(margin_percent({7000, usd}, {17000, usd}).str() == "41.18");
    CHECK(margin_percent({-5000, usd}, {10000, usd}).str() == "-50");
    CHECK(margin_percent({5000, usd}, {0, usd}).is_zero());
}
