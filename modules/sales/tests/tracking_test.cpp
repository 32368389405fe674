#include "selling.h"

#include "services/tracking.h"
#include "views/tracking_schema.h"

#include <boost/json.hpp>

#include <tessera/kernel.h>

using namespace sales;
using namespace sales::tests;

namespace {

Supply comes(const char* quantity, Date on, const char* document = "PO") { return {Quantity::parse(quantity), on, document, "purchasing.order", 1, "purchasing.receive"}; }

std::string text_of(const Cover& cover) {
    std::string text = fmt::format("{} here", cover.on_hand);
    for (const auto& supply : cover.expected) text += fmt::format(", {} on {}", supply.quantity, supply.on);
    return cover.missing.is_zero() ? text : text + fmt::format(", {} missing", cover.missing);
}

std::string obstacle_of(Selling& here, Id<Order> order) {
    std::string text;
    here.company.read([&](const Snapshot& tx) {
        const auto facts    = facts_of_orders(tx, Selling::day, order);
        const auto standing = standing_of(facts.at(0), coverage_of_open_lines(tx, order), Selling::day);
        text                = fmt::format("{}: {} -> {}", tessera::name_of(standing.reached), standing.obstacle.text, standing.obstacle.permission);
    });
    return text;
}

}  // namespace

TEST_CASE("coverage: who was promised first gets what is here, the next what comes, and the rest is missing") {
    struct Case {
        const char*              here;
        std::vector<Supply>      supplies;
        std::vector<const char*> demands;
        const char*              expected;
    };
    const auto third = "2026-03-03"_date, seventh = "2026-03-07"_date;
    for (const auto& [here, supplies, demands, expected] : std::initializer_list<Case>{
             {"5", {}, {"4"}, "4 here"},
             {"5", {}, {"4", "3"}, "4 here; 1 here, 2 missing"},
             {"5", {comes("10", seventh)}, {"4", "3", "9"}, "4 here; 1 here, 2 on 2026-03-07; 0 here, 8 on 2026-03-07, 1 missing"},
             {"0", {comes("1", third), comes("2", seventh)}, {"3"}, "0 here, 1 on 2026-03-03, 2 on 2026-03-07"},
             {"-4", {comes("1", third)}, {"1"}, "0 here, 1 on 2026-03-03"},
         }) {
        std::vector<Demand> wanted;
        for (const auto* quantity : demands) wanted.push_back({1, Quantity::parse(quantity)});
        std::string text;
        for (const auto& one : cover(Quantity::parse(here), supplies, wanted)) text += (text.empty() ? "" : "; ") + text_of(one);
        CHECK(text == expected);
    }
}

TEST_CASE("tracking: what blocks an order and who acts next, from the draft to the money") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto order   = here.draft({{bicycle, "4"}});
    CHECK(obstacle_of(here, order) == "ordered: Not confirmed -> sales.confirm");
    here.company.transition(order, "confirm", Selling::day);
    CHECK(obstacle_of(here, order) == "released: 4 not on hand, and nothing is expected -> ");
    here.stock(bicycle, "3", "60");
    CHECK(obstacle_of(here, order) == "released: 1 not on hand, and nothing is expected -> ");
    here.stock(bicycle, "3", "60");
    CHECK(obstacle_of(here, order) == "reserved:  -> sales.ship");

    const auto shipment = here.company.insert(Shipment{.lines = {{.order_line = here.line(order).id, .quantity = Quantity::of(4)}}}, Selling::day);
    here.company.transition(shipment, "pick", Selling::day);
    CHECK(obstacle_of(here, order) == "picked:  -> sales.ship");
    here.move(shipment, "pack", R"({"packages":2})");
    CHECK(obstacle_of(here, order) == "packed:  -> sales.ship");
    here.company.transition(shipment, "ship", Selling::day);
    CHECK(obstacle_of(here, order) == "shipped: Not invoiced -> sales.invoice");
    here.invoice(order, "2026-01-05"_date);
    CHECK(obstacle_of(here, order) == "invoiced: SI-2026-00001 is overdue since 2026-02-04 -> financials.collect");
    here.check_sound();
}

TEST_CASE("tracking: who was promised first is served first, and a customer who takes all at once waits for the last") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    const auto bell    = here.product("BELL", "5");
    here.stock(bicycle, "5", "60");
    const auto first = here.order({{bicycle, "4"}});
    here.terms({.ships_complete = true});
    here.stock(bell, "1", "2");
    const auto second = here.order({{bell, "1"}, {bicycle, "3"}});
    CHECK(obstacle_of(here, first) == "reserved:  -> sales.ship");
    CHECK(obstacle_of(here, second) == "released: Ships complete: waits for BIKE -> ");
    CHECK(here.company.report("sales.order_lines", {{"order", "SO-2026-00002"}}) ==
          "BELL | 1 | 2026-03-02 | 1 | 0 |  |  | 0 | Ships complete: waits for BIKE | \n"
          "BIKE | 3 |  | 1 | 0 |  |  | 2 | 2 not on hand, and nothing is expected | \n");
    CHECK(here.company.report("sales.order_tracking", {{"blocked", "true"}, {"on", "2026-03-05"}}) ==
          "SO-2026-00002 | Corner Shop | 2026-03-02 | released | 2026-03-02 | 3 | USD | 305.00 | Ships complete: waits for BIKE | \n"
          "=  |  |  |  |  |  |  | 305.00 |  | \n");
}

TEST_CASE("tracking: a held order says why and who lets it go") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.terms({.credit_limit = here.usd("100.00")});
    const auto order = here.order({{bicycle, "4"}});
    CHECK(obstacle_of(here, order) == "ordered: Credit limit 100.00: 0.00 owed, 0.00 on order, 400.00 with this order -> sales.release_credit");
    CHECK(here.company.report("sales.order_stages", {{"order", here.company.load(order).number}, {"on", "2026-03-04"}}) ==
          "ordered |  | 2026-03-02 | 0 | 400.00 | 400.00\n"
          "released | 2026-03-02 |  | 2 | 0.00 | 400.00\n"
          "reserved |  |  | 0 | 0 | 4\n"
          "picked |  |  | 0 | 0 | 4\n"
          "packed |  |  | 0 | 0 | 4\n"
          "shipped |  |  | 0 | 0 | 4\n"
          "invoiced |  |  | 0 | 0.00 | 400.00\n"
          "paid |  |  | 0 | 0.00 | 400.00\n");
}

TEST_CASE("tracking: the view says what its schema names") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "1", "60");
    const auto  order = here.order({{bicycle, "4"}});
    std::string text;
    here.company.read([&](const Snapshot& tx) {
        tessera::JsonWriter json(text);
        tx.kernel().find_record_view("sales.order", "tracking")->write(tx, order.value, json);
    });
    const auto view   = tessera::parse_json(text);
    const auto schema = tessera::parse_json(schema_of_tracking());
    const auto same   = [](const boost::json::object& object, const boost::json::value& described) {
        for (const auto& [name, value] : object) CHECK_MESSAGE(described.at("properties").as_object().contains(name), std::string(name));
        for (const auto& name : described.at("required").as_array()) CHECK_MESSAGE(object.contains(name.as_string()), std::string(name.as_string()));
    };
    same(view.as_object(), schema);
    const auto& line = view.at("lines").at(0);
    same(view.at("stages").at(0).as_object(), schema.at("properties").at("stages").at("items"));
    same(line.as_object(), schema.at("properties").at("lines").at("items"));
    same(line.at("covered_by").at(0).as_object(), schema.at("properties").at("lines").at("items").at("properties").at("covered_by").at("items"));
    CHECK(line.at("covered_by").at(0).at("quantity") == "1");
    CHECK(line.at("missing") == "3");
    CHECK(view.at("acts_next").is_null());
}

TEST_CASE("available to promise: what is promised already is not free, and what comes is from its day on") {
    Selling    here;
    const auto bicycle = here.product("BIKE", "100");
    here.stock(bicycle, "5", "60");
    here.order({{bicycle, "4"}});
    CHECK(here.company.report("sales.available_to_promise", {{"product", "BIKE"}, {"from", "2026-03-02"}}) ==
          "2026-03-02 | On hand | 5 | 5 | 1\n"
          "2026-03-02 | SO-2026-00001 | -4 | 1 | 1\n");
}

TEST_CASE("tracking: every one of a thousand open orders is answered") {
    Selling                  here;
    std::vector<Id<Product>> products;
    for (int i = 0; i < 20; ++i) products.push_back(here.product(fmt::format("P{}", i).c_str(), "10"));
    here.company.run(
        [&](Transaction& tx) {
            for (int i = 0; i < 1000; ++i) {
                Order order{.customer = here.shop, .date = Selling::day};
                for (int line = 0; line < 3; ++line)
                    order.lines.push_back({.product = products[static_cast<std::size_t>(i + line) % products.size()], .quantity = Quantity::of(2), .promised_on = Selling::day});
                tx.transition(tx.insert(order), "confirm");
            }
        },
        Selling::day);
    CHECK(here.company.report_result("sales.order_tracking").rows.size() == 1000);
}
