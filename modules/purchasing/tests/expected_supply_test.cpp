#include "tests/buying.h"

#include <inventory/availability.h>

namespace purchasing::tests {

namespace {

std::string expected(Buying& buying, Id<Product> product) {
    std::string text;
    buying.company.read([&](const Snapshot& tx) {
        for (const auto& one : tx.service<inventory::Availability>().expected(tx, product, Buying::day))
            text += fmt::format("{} on {} ({}); ", one.quantity, one.on, one.document);
    });
    return text;
}

}  // namespace

TEST_CASE("supply: what is on order counts on its day until it has come, what was rejected still does, drafts do not") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    Order      order{.supplier = buying.acme, .date = Buying::day, .expected_on = Buying::day.plus_days(9)};
    order.lines = {{.product = chain, .quantity = Quantity::of(10), .price = UnitPrice::parse("2"), .due_on = Buying::day.plus_days(4)},
                   {.product = chain, .quantity = Quantity::of(3), .price = UnitPrice::parse("2")}};
    const auto id = buying.company.insert(order, Buying::day);
    CHECK(expected(buying, chain) == "");
    buying.company.transition(id, "approve", Buying::day);
    CHECK(expected(buying, chain) == "10 on 2026-03-06 (PO-2026-00001); 3 on 2026-03-11 (PO-2026-00001); ");
    buying.receive(id, {"6/1", "3"});
    CHECK(expected(buying, chain) == "5 on 2026-03-06 (PO-2026-00001); ");
    buying.order({{chain, "7", "2"}});
    CHECK(expected(buying, chain) == "5 on 2026-03-06 (PO-2026-00001); ");   // nobody has said when the seven come
}

}  // namespace purchasing::tests
