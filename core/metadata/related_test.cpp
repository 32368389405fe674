#include <doctest/doctest.h>

#include "metadata/record_views.h"
#include "metadata/workshop_fixture.h"

#include <boost/json.hpp>

using namespace tessera;
using namespace tessera::metadata::workshop;

namespace related_test {

// "entity id label" of each link, separated by "; ".
std::string links(Workshop& workshop, const char* entity, std::int64_t id) {
    std::string text;
    workshop.read([&](const Snapshot& tx) {
        const auto answer = boost::json::parse(metadata::related(tx, workshop.entity(entity), id));
        for (const auto& link : answer.at("links").as_array())
            text += (text.empty() ? "" : "; ") + std::string(link.at("title").as_string()) + " " +
                    std::to_string(link.at("id").as_int64()) + " " + std::string(link.at("label").as_string());
    });
    return text;
}

}  // namespace related_test

using namespace related_test;

TEST_CASE("related: a record shows what refers to it, what it caused and what it refers to") {
    Workshop   workshop;
    const auto acme  = workshop.insert(Supplier{.number = "S1", .name = "Acme"});
    const auto chain = workshop.insert(Product{.code = "1001", .name = "Chain"});
    workshop.insert(Price{.product = chain, .since = Date(2026, 1, 1)});
    const OrderLine line{.product = chain, .quantity = Quantity::parse("1")};
    const auto      order = workshop.insert(Order{.supplier = acme, .date = Date(2026, 1, 5), .lines = {line, line}});
    workshop.insert(
        Movement{.source_entity = "shop.order", .source_id = order.value, .quantity = Quantity::parse("2")});
    workshop.insert(Movement{.source_entity = "shop.supplier", .source_id = order.value});

    CHECK(links(workshop, "shop.order", 1) == "Movement 1 Movement 1; Supplier 1 Acme");
    CHECK(links(workshop, "shop.movement", 1) == "Order 1 PO-2026-00001");
    CHECK(links(workshop, "shop.product", 1) ==
          "Order 1 PO-2026-00001");  // once, though two lines name it; no prices, which are setup
    CHECK(links(workshop, "shop.supplier", 1) == "Order 1 PO-2026-00001; Movement 2 Movement 2");
    CHECK(links(workshop, "shop.price", 1) == "Product 1 1001");
    CHECK(refused_with([&] { links(workshop, "shop.order", 9); }).starts_with("kernel.not_found"));
}

TEST_CASE("related: of many records that refer to one, the newest twenty are shown") {
    Workshop   workshop;
    const auto acme = workshop.insert(Supplier{.name = "Acme"});
    workshop.write([&](Transaction& tx) {
        for (int i = 0; i < 30; ++i) tx.insert(Order{.supplier = acme, .date = Date(2026, 1, 5)});
    });
    const auto text = links(workshop, "shop.supplier", 1);
    CHECK(text.starts_with("Order 30 PO-2026-00030; Order 29"));
    CHECK(text.ends_with("Order 11 PO-2026-00011"));
}
