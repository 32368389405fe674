#include "workshop_company.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

namespace {

std::int64_t version_of(WorkshopCompany& shop, Id<Order> order) {
    std::int64_t version = 0;
    shop.read([&](const Snapshot& tx) { version = *tx.value<std::int64_t>("SELECT version FROM workshop_order WHERE id = :id", order); });
    return version;
}

OrderLine line(std::string article, std::int64_t quantity) {
    return {.article = std::move(article), .quantity = Quantity::of(quantity), .price = UnitPrice::of(1)};
}

std::string articles(const Order& order) {
    std::string text;
    for (const auto& l : order.lines) text += fmt::format("{}×{} ", l.article, l.quantity);
    return text;
}

}  // namespace

TEST_CASE("records: what is inserted is loaded again, field by field, with its lines") {
    WorkshopCompany shop;
    auto            order = shop.order("squeaks");
    order.hours           = Quantity::parse("1.5");
    order.lines.push_back(line("grease", 3));
    const auto id     = shop.insert(order);
    const auto loaded = shop.load(id);
    CHECK(loaded.id == id);
    CHECK(loaded.customer == shop.customer());
    CHECK(loaded.note == "squeaks");
    CHECK(loaded.remark == "");
    CHECK(loaded.wish == Wish::repair);
    CHECK(loaded.state == State::draft);
    CHECK(loaded.priority == std::nullopt);
    CHECK(loaded.hours == Quantity::parse("1.5"));
    CHECK(loaded.currency.code() == "USD");
    CHECK(loaded.total.str() == "23.00");                                 // added up by the order's own check
    CHECK(articles(loaded) == "bearing×2 grease×3 ");
    CHECK(loaded.lines[1].document == id);
    CHECK(loaded.lines[1].amount.str() == "3.00");
}

TEST_CASE("records: a save inserts new lines, changes changed ones and deletes what is gone") {
    WorkshopCompany shop;
    auto            order = shop.order();
    order.lines           = {line("a", 1), line("b", 2), line("c", 3)};
    const auto id         = shop.insert(order);
    const auto before     = shop.load(id);
    shop.run([&](Transaction& tx) {
        auto again              = tx.load(id);
        again.lines[1].quantity = Quantity::of(20);
        again.lines.erase(again.lines.begin());
        again.lines.push_back(line("d", 4));
        tx.save(again);
    });
    const auto after = shop.load(id);
    CHECK(articles(after) == "b×20 c×3 d×4 ");
    CHECK(after.lines[0].id == before.lines[1].id);
    CHECK(after.lines[1].id == before.lines[2].id);
    CHECK(after.lines[2].id > before.lines[2].id);
    CHECK(shop.number("SELECT version FROM workshop_order_line WHERE article = 'b'") == 2);
    CHECK(shop.number("SELECT version FROM workshop_order_line WHERE article = 'c'") == 1);      // untouched
}

TEST_CASE("records: removing a document removes its lines, and nothing else") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order()), other = shop.insert(shop.order());
    shop.run([&](Transaction& tx) { tx.remove(id); });
    CHECK(shop.refusal([&](Transaction& tx) { tx.load(id); }) == fmt::format("kernel.not_found: To use Work order {}, choose one that exists.", id));
    CHECK(shop.number("SELECT count(*) FROM workshop_order_line") == 1);
    CHECK(shop.load(other).lines.size() == 1);
}

TEST_CASE("records: an id is never given again, not even after the newest was deleted and the books were closed") {
    WorkshopCompany shop;
    const auto      first = shop.insert(shop.order());
    const auto      line  = shop.load(first).lines[0].id;
    shop.run([&](Transaction& tx) { tx.remove(first); });
    shop.open({"workshop"});
    const auto second = shop.insert(shop.order());
    CHECK(second.value > first.value);
    CHECK(shop.load(second).lines[0].id > line);

    // A command that fails uses up its ids; that is allowed, giving one twice is not.
    shop.refusal([&](Transaction& tx) {
        tx.insert(shop.order());
        throw Refused("test.no", "To go on, do not.");
    });
    CHECK(shop.insert(shop.order()).value > second.value);
}

TEST_CASE("records: the version counts the saves that changed something, lines included") {
    WorkshopCompany shop;
    const auto      id   = shop.insert(shop.order());
    const auto      save = [&](const std::function<void(Order&)>& change) {
        shop.run([&](Transaction& tx) {
            auto order = tx.load(id);
            change(order);
            tx.save(order);
        });
        return version_of(shop, id);
    };
    CHECK(version_of(shop, id) == 1);
    CHECK(save([](Order&) {}) == 1);
    CHECK(save([](Order& o) { o.note = "louder"; }) == 2);
    CHECK(save([](Order& o) { o.lines[0].article = "roller"; }) == 3);       // only a line
    CHECK(save([](Order& o) { o.lines.push_back(line("x", 1)); }) == 4);
    CHECK(save([](Order& o) { o.lines.clear(); }) == 5);
}

TEST_CASE("records: required and positive fields are refused by name, a line's with its place") {
    WorkshopCompany shop;
    const auto      with = [&](const std::function<void(Order&)>& change) {
        auto order = shop.order();
        order.lines.push_back(line("grease", 3));
        change(order);
        return shop.refusal([&](Transaction& tx) { tx.insert(order); });
    };
    CHECK(with([](Order& o) { o.customer = {}; }) == "kernel.required: To save Work order, give its customer.");
    CHECK(with([](Order& o) { o.lines[1].article = ""; }) == "kernel.required: Line 2: To save Order line, give its article.");
    CHECK(with([](Order& o) { o.lines[1].quantity = {}; }) == "kernel.not_positive: Line 2: To save Order line, give a quantity above zero.");
    CHECK(with([](Order& o) { o.lines[0].price = UnitPrice::of(-1); }) == "kernel.negative: Line 1: To save Order line, give a price of zero or more.");
    CHECK(with([](Order& o) { o.lines[0].price = {}; }) == "");
    CHECK(with([](Order& o) { o.hours = Quantity{}; }) == "kernel.not_positive: To save Work order, give a hours above zero.");
    CHECK(with([](Order& o) { o.hours.reset(); }) == "");                       // an optional number need not be there
    CHECK(with([](Order& o) { o.priority = -1; }) == "kernel.negative: To save Work order, give a priority of zero or more.");
    CHECK(with([](Order& o) { o.priority = 0; }) == "");
    CHECK(shop.refusal([&](Transaction& tx) { tx.insert(Booking{.hours = Quantity::of(1)}); }) == "kernel.required: To save Booking, give its order booked.");

    try {
        shop.run([&](Transaction& tx) {
            auto order              = shop.order();
            order.lines[0].quantity = {};
            tx.insert(order);
        });
        FAIL("inserted");
    } catch (const Refused& refused) {
        CHECK(refused.field() == "lines[0].quantity");
        CHECK(refused.status() == 422);
    }
}

TEST_CASE("records: checks run on every insert and save, those of the lines too, and may refuse") {
    WorkshopCompany shop;
    CHECK(shop.refusal([&](Transaction& tx) { tx.insert(shop.order("impossible")); }) == "workshop.impossible: To order this, describe something that can be done.");
    const auto id = shop.insert(shop.order());
    CHECK(shop.refusal([&](Transaction& tx) {
              auto order = tx.load(id);
              order.note = "impossible";
              tx.save(order);
          }).starts_with("workshop.impossible"));
    CHECK(shop.refusal([&](Transaction& tx) {
              auto order             = tx.load(id);
              order.lines[0].article = "unobtainable";
              tx.save(order);
          }).starts_with("workshop.unobtainable"));
    CHECK(shop.load(id).note == "");
    CHECK(shop.load(id).lines[0].article == "bearing");
}

TEST_CASE("records: one that is referred to, or that its module wants to keep, is not removed") {
    WorkshopCompany shop;
    const auto      id = shop.confirmed_order();
    CHECK(shop.refusal([&](Transaction& tx) { tx.remove(id); }).starts_with("workshop.order_at_work"));
    CHECK(shop.refusal([&](Transaction& tx) { tx.remove(shop.customer()); }).starts_with("kernel.in_use"));
    CHECK(shop.load(id).customer == shop.customer());
    CHECK(shop.refusal([&](Transaction& tx) {
              auto order     = shop.order();
              order.customer = Id<Customer>{999};
              tx.insert(order);
          }).starts_with("kernel.unknown_reference"));
}

TEST_CASE("records: a ledger only grows, whoever tries") {
    WorkshopCompany shop;
    const auto      order   = shop.insert(shop.order());
    const auto      booking = shop.insert(Booking{.order_booked = order, .hours = Quantity::of(1), .recorded_at = Instant::now()});
    const auto      change  = [&](Transaction& tx) {
        auto b  = tx.load(booking);
        b.hours = Quantity::of(2);
        tx.save(b);
    };
    CHECK(shop.refusal(change) != "");
    CHECK(shop.refusal([&](Transaction& tx) { tx.remove(booking); }) != "");
    CHECK(shop.refusal([&](Transaction& tx) { tx.execute("DELETE FROM workshop_booking"); }) != "");
    CHECK(shop.refusal([&](Transaction& tx) { tx.execute("UPDATE workshop_booking SET hours = 5"); }) != "");
    CHECK(shop.load(booking).hours == Quantity::of(1));
    CHECK(shop.number("SELECT count(*) FROM workshop_booking") == 1);
}

TEST_CASE("records: a save that comes too late is told that the record is gone") {
    WorkshopCompany shop;
    const auto      id    = shop.insert(shop.order());
    auto            order = shop.load(id);
    shop.run([&](Transaction& tx) { tx.remove(id); });
    order.note = "too late";
    CHECK(shop.refusal([&](Transaction& tx) { tx.save(order); }).starts_with("kernel.not_found"));
    CHECK(shop.refusal([&](Transaction& tx) { tx.remove(id); }).starts_with("kernel.not_found"));
}

TEST_CASE("records: select, first and find see what the same command has written") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) {
        tx.insert(shop.order("x"));
        tx.insert(shop.order("y"));
        CHECK(tx.select<Order>("note = :note", std::string("y")).size() == 1);
        CHECK(tx.select<Order>("ORDER BY id DESC").front().note == "y");
        CHECK(tx.select<Order>("").size() == 2);
        CHECK(tx.first<Order>("note = :note", std::string("z")) == std::nullopt);
        CHECK(tx.first<Order>("note = :note", std::string("x"))->lines.size() == 1);
        CHECK(tx.find(Id<Order>{}) == std::nullopt);
        CHECK(tx.find(Id<Order>{77}) == std::nullopt);
        CHECK(tx.rows<std::string>("SELECT note FROM workshop_order ORDER BY id") == std::vector<std::string>{"x", "y"});
        CHECK(tx.value<std::string>("SELECT remark FROM workshop_order") == std::nullopt);
    });
}

TEST_CASE("records: a question asked with the wrong number of values or members is our mistake") {
    WorkshopCompany shop;
    shop.read([&](const Snapshot& tx) {
        CHECK_THROWS_AS(tx.value<std::int64_t>("SELECT count(*) FROM workshop_order WHERE id = :id"), std::logic_error);
        CHECK_THROWS_AS(tx.rows<std::int64_t>("SELECT id, note FROM workshop_order"), std::logic_error);
        CHECK_THROWS_AS(tx.load(Id<OrderConfirmed>{1}), std::logic_error);                      // no entity
        CHECK(tx.rows<std::int64_t>("SELECT 1 WHERE :a = :b AND :a = 1", 1, 1).size() == 1);       // one name, one value
    });
}

TEST_CASE("records: services and contributions are found by their type") {
    WorkshopCompany shop;
    shop.read([&](const Snapshot& tx) {
        CHECK(tx.service<Estimates>().hours_for(shop.order()) == Quantity::of(1));
        REQUIRE(tx.contributions<SparePart>().size() == 2);
        CHECK(tx.contributions<SparePart>()[1].name == "nut");
        CHECK(tx.contributions<Completion>().empty());
        CHECK_THROWS_AS(tx.service<Completion>(), std::logic_error);
        CHECK(tx.label_of(shop.customer()) == "Ada");
        CHECK(tx.source_of(shop.order(), 3).entity == "workshop.order");
    });
}
