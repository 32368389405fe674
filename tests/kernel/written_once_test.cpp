#include "workshop_company.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

namespace {

std::int64_t entries_of(WorkshopCompany& shop, Id<Order> order) {
    return static_cast<std::int64_t>(parse_json(shop.suite().history({}, "workshop.order", order.value)).at("entries").as_array().size());
}

}  // namespace

TEST_CASE("written once: a record made, changed and moved in one command is one row and one entry of its history") {
    WorkshopCompany shop;
    Id<Order>       id{};
    shop.run([&](Transaction& tx) {
        auto order = shop.order("first");
        id         = tx.insert(order);
        order.note = "second";
        tx.save(order);
        tx.transition(id, "confirm");
        CHECK(tx.load(id).state == State::confirmed);
    });
    CHECK(shop.load(id).note == "second");
    CHECK(shop.load(id).state == State::confirmed);
    CHECK(shop.number("SELECT version FROM workshop_order") == 1);
    CHECK(entries_of(shop, id) == 1);
    shop.run([&](Transaction& tx) {
        auto order = tx.load(id);
        for (const char* note : {"third", "fourth"}) {
            order.note = note;
            tx.save(order);
        }
    });
    CHECK(shop.number("SELECT version FROM workshop_order") == 2);
    CHECK(entries_of(shop, id) == 2);
    shop.run([&](Transaction& tx) {
        auto order = tx.load(id);
        order.note = "for a moment";
        tx.save(order);
        order.note = "fourth";
        tx.save(order);
    });
    CHECK(shop.number("SELECT version FROM workshop_order") == 2);                     // nothing changed after all
}

TEST_CASE("written once: SQL sees what was inserted and saved before it, by table, by line and by view") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) {
        auto order = shop.order("made");
        tx.insert(order);
        CHECK(tx.value<std::int64_t>("SELECT count(*) FROM workshop_order_line WHERE document = :order", order.id) == 1);
        order.lines.front().article = "roller";
        tx.save(order);
        CHECK(tx.value<std::string>("SELECT article FROM workshop_order_line") == "roller");
        order.note = "changed";
        tx.save(order);
        CHECK(tx.value<std::string>("SELECT note FROM workshop_note") == "changed");
        order.note = "again";
        tx.save(order);
        CHECK(tx.value<std::string>("SELECT note FROM WORKSHOP_ORDER") == "again");
        tx.execute("UPDATE workshop_order SET remark = 'by SQL'");
        CHECK(tx.load(order.id).remark == "by SQL");
        CHECK(tx.load(order.id).note == "again");
    });
    CHECK(shop.number("SELECT count(*) FROM workshop_order WHERE note = 'again' AND remark = 'by SQL'") == 1);
}

TEST_CASE("written once: a record in memory is what reading it would give") {
    WorkshopCompany shop;
    Id<Order>       id{};
    std::string     in_memory;
    const auto      text_of = [](const Order& order) {
        std::string text = fmt::format("{} {} {}:", order.currency.code(), order.total, order.number);
        for (const auto& line : order.lines) text += fmt::format(" {}/{} {}", line.id, line.document, line.amount);
        return text;
    };
    shop.run([&](Transaction& tx) {
        auto order = shop.order();
        order.lines.push_back({.article = "grease", .quantity = Quantity::of(1), .price = UnitPrice::of(3)});
        id = tx.insert(order);
        order.lines.insert(order.lines.begin(), {.article = "paint", .quantity = Quantity::of(1), .price = UnitPrice::of(5)});
        tx.save(order);                                                                // the newest line stands first
        in_memory = text_of(tx.load(id));
    });
    CHECK(in_memory == text_of(shop.load(id)));
    CHECK(in_memory == "USD 28.00 : 1/1 20.00 2/1 3.00 3/1 5.00");
}

TEST_CASE("written once: what one record says of another that is as new is written after it") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) {
        auto order     = shop.order();
        order.customer = tx.insert(Customer{.name = "Grace"});
        const auto id  = tx.insert(order);
        tx.insert(Booking{.order_booked = id, .hours = Quantity::of(1), .recorded_at = tx.now()});
        CHECK(tx.value<std::int64_t>("SELECT count(*) FROM workshop_booking") == 1);    // and all that it stands on
    });
    CHECK(shop.number("SELECT count(*) FROM workshop_booking b JOIN workshop_order o ON o.id = b.order_booked JOIN workshop_customer c ON c.id = o.customer "
                      "WHERE c.name = 'Grace'") == 1);
}

TEST_CASE("written once: what the database refuses is told at the end, or when it is asked for") {
    WorkshopCompany shop;
    bool            got_to_the_end = false;
    CHECK(shop.refusal([&](Transaction& tx) {
              tx.insert(Tool{.code = "T1"});
              tx.insert(Tool{.code = "T1"});
              got_to_the_end = true;
          }).starts_with("kernel.duplicate: "));
    CHECK(got_to_the_end);
    CHECK(shop.refusal([&](Transaction& tx) {
              tx.insert(Tool{.code = "T1"});
              tx.write_out();
              tx.insert(Tool{.code = "T1"});
              tx.write_out();
              FAIL("unreachable");
          }).starts_with("kernel.duplicate: "));
    CHECK(shop.number("SELECT count(*) FROM workshop_tool") == 0);
}

TEST_CASE("written once: a record made and removed in one command leaves nothing but its history") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) {
        const auto id = tx.insert(shop.order());
        tx.remove(id);
        CHECK(tx.find(id) == std::nullopt);
    });
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 0);
    CHECK(shop.number("SELECT count(*) FROM workshop_order_line") == 0);
}
