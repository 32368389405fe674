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

TEST_CASE("written once: what is asked of the others does not write the record at work") {
    WorkshopCompany shop;
    Id<Order>       id{};
    shop.run([&](Transaction& tx) {
        auto other = shop.order("other");
        tx.insert(other);
        auto order = shop.order("at work");
        id         = tx.insert(order);
        const auto notes = [&] { return tx.rows<std::string>("SELECT note FROM workshop_order WHERE id <> :id", order.id); };
        const auto all   = [&] { return tx.value<std::int64_t>("SELECT count(*) FROM workshop_order"); };
        tx.without(order, [&] {
            CHECK(tx.without(other, all) == 0);
            CHECK(notes() == std::vector<std::string>{"other"});
            CHECK(all() == 1);                                         // it is not there yet
        });
        order.note = "written";
        tx.save(order);
        CHECK(all() == 2);                                             // and from here on it is
        tx.without(order, [&] { CHECK(all() == 2); });
    });
    CHECK(shop.load(id).note == "written");
    CHECK(shop.number("SELECT version FROM workshop_order WHERE note = 'written'") == 1);
    CHECK(entries_of(shop, id) == 1);
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

TEST_CASE("written once: what the database refused can be corrected and is then saved") {
    WorkshopCompany shop;
    shop.insert(Tool{.code = "T1"});
    shop.run([&](Transaction& tx) {
        Tool tool{.code = "T1"};
        tx.insert(tool);
        try {
            tx.write_out();
            FAIL("unreachable");
        } catch (const Refused&) {
        }
        tool.code = "T2";
        tx.save(tool);
    });
    CHECK(shop.number("SELECT count(*) FROM workshop_tool") == 2);
}

TEST_CASE("written once: a refusal that is caught loses nothing of the others without a word") {
    WorkshopCompany shop;
    shop.insert(Tool{.code = "T1"});
    const auto refused = shop.refusal([&](Transaction& tx) {
        tx.insert(Tool{.code = "T1"});
        tx.insert(Tool{.code = "T3"});
        try {
            (void)tx.value<std::int64_t>("SELECT count(*) FROM workshop_tool");
        } catch (const Refused&) {
        }
    });
    const bool told_or_kept = !refused.empty() || shop.number("SELECT count(*) FROM workshop_tool WHERE code = 'T3'") == 1;
    CHECK(told_or_kept);
}

TEST_CASE("written once: what was refused and caught is not what later commands are given") {
    WorkshopCompany shop;
    shop.insert(Tool{.code = "T1"});
    const auto id = shop.insert(Tool{.code = "T2"});
    CHECK(shop.refusal([&](Transaction& tx) {
        auto tool = tx.load(id);
        tool.code = "T1";
        tx.save(tool);
        try { tx.write_out(); } catch (const Refused&) {}
    }).starts_with("kernel.duplicate: "));
    shop.run([&](Transaction& tx) { CHECK(tx.load(id).code == "T2"); });
    CHECK(shop.load(id).code == "T2");
}

TEST_CASE("written once: a line removed by itself is gone from its document, for those who follow too") {
    WorkshopCompany shop;
    const auto id = shop.insert(shop.order("x"));
    shop.run([&](Transaction& tx) {
        const auto order = tx.load(id);
        tx.remove(order.lines.front().id);
        CHECK(tx.load(id).lines.size() == 0);
    });
    CHECK(shop.load(id).lines.size() == 0);
    shop.run([&](Transaction& tx) { CHECK(tx.load(id).lines.size() == 0); });
}

TEST_CASE("written once: a line inserted by itself joins its document while that is held") {
    WorkshopCompany shop;
    const auto id = shop.insert(shop.order("x"));
    shop.run([&](Transaction& tx) {
        auto order = tx.load(id);
        order.note = "changed";
        tx.save(order);
        tx.insert(OrderLine{.document = id, .article = "extra", .quantity = Quantity::of(1), .price = UnitPrice::of(1)});
        CHECK(tx.load(id).lines.size() == 2);
        CHECK(tx.load(id).note == "changed");
        order.remark = "again";
        tx.save(order);
        CHECK(tx.load(id).lines.size() == 2);
        CHECK(tx.load(id).remark == "again");
    });
    CHECK(shop.load(id).lines.size() == 2);
    CHECK(shop.load(id).note == "changed");
}

TEST_CASE("written once: a unique value is passed on from one record to another") {
    WorkshopCompany shop;
    const auto a = shop.insert(Tool{.code = "X"}), b = shop.insert(Tool{.code = "Y"});
    CHECK(shop.refusal([&](Transaction& tx) {
        auto first = tx.load(a), second = tx.load(b);
        second.description = "first a note";
        tx.save(second);
        first.code = "Z";
        tx.save(first);
        second.code = "X";
        tx.save(second);
    }) == "");
}

TEST_CASE("written once: unique values are exchanged by way of a third") {
    WorkshopCompany shop;
    const auto a = shop.insert(Tool{.code = "X"}), b = shop.insert(Tool{.code = "Y"});
    CHECK(shop.refusal([&](Transaction& tx) {
        auto first = tx.load(a), second = tx.load(b);
        first.code = "Z";
        tx.save(first);
        second.code = "X";
        tx.save(second);
        first.code = "Y";
        tx.save(first);
    }) == "");
}

TEST_CASE("written once: what is unique of a record made in this command may change before it is written") {
    WorkshopCompany shop;
    const auto b = shop.insert(Tool{.code = "Y"});
    Id<Tool> id{};
    shop.run([&](Transaction& tx) {
        (void)tx.load(b);
        Tool tool{.code = "A"};
        id = tx.insert(tool);
        tool.code = "B";
        tx.save(tool);
    });
    CHECK(shop.number("SELECT version FROM workshop_tool WHERE code = 'B'") == 1);
}

TEST_CASE("written once: the lines of a document that is only ever added") {
    WorkshopCompany shop;
    shop.insert(Sheet{.title = "a", .lines = {{.text = "one"}, {.text = "two"}}});
    CHECK(shop.number("SELECT count(*) FROM workshop_sheet") == 1);
    CHECK(shop.number("SELECT count(*) FROM workshop_sheet_line") == 2);
}
