#include "workshop_company.h"

#include <doctest/doctest.h>

using namespace tessera;
using namespace workshop;

TEST_CASE("stale copies: a save writes what its caller changed and keeps what a handler has saved meanwhile") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("by the customer"));
    shop.run([&](Transaction& tx) {
        auto mine   = tx.load(id);
        auto theirs = tx.load(id);
        theirs.remark            = "by the handler";
        theirs.lines[0].article  = "roller";
        tx.save(theirs);
        mine.priority            = 3;
        mine.lines[0].quantity   = Quantity::of(7);
        tx.save(mine);
        CHECK(mine.remark == "by the handler");              // taken over, so that what follows is right
        CHECK(mine.lines[0].article == "roller");
    });
    const auto order = shop.load(id);
    CHECK(order.note == "by the customer");
    CHECK(order.remark == "by the handler");
    CHECK(order.priority == 3);
    CHECK(order.lines[0].article == "roller");
    CHECK(order.lines[0].quantity == Quantity::of(7));
    CHECK(order.total.str() == "70.00");
}

TEST_CASE("stale copies: lines a handler added stay, lines it removed are gone") {
    WorkshopCompany shop;
    auto            draft = shop.order();
    draft.lines.push_back({.article = "grease", .quantity = Quantity::of(1)});
    draft.lines.push_back({.article = "paint", .quantity = Quantity::of(1)});
    const auto id = shop.insert(draft);
    shop.run([&](Transaction& tx) {
        auto mine   = tx.load(id);
        auto theirs = tx.load(id);
        theirs.lines.erase(theirs.lines.begin());                                              // bearing
        theirs.lines.push_back({.article = "surcharge", .quantity = Quantity::of(1)});
        tx.save(theirs);
        mine.lines.pop_back();                                                                 // paint
        mine.lines.push_back({.article = "varnish", .quantity = Quantity::of(1)});
        tx.save(mine);
    });
    std::vector<std::string> articles;
    for (const auto& line : shop.load(id).lines) articles.push_back(line.article);
    CHECK(articles == std::vector<std::string>{"grease", "surcharge", "varnish"});
}

TEST_CASE("stale copies: two who set the same field differently is a mistake, and nothing of the command stays") {
    WorkshopCompany shop;
    const auto      id       = shop.insert(shop.order());
    const auto      conflict = shop.refusal([&](Transaction& tx) {
        auto mine = tx.load(id), theirs = tx.load(id);
        theirs.remark = "theirs";
        tx.save(theirs);
        mine.remark = "mine";
        tx.save(mine);
    });
    CHECK(conflict == fmt::format("mistake: workshop.order {} is saved with another remark than a handler has just saved: load it again before changing it", id));
    CHECK(shop.load(id).remark == "");

    CHECK(shop.refusal([&](Transaction& tx) {
              auto mine = tx.load(id), theirs = tx.load(id);
              theirs.remark = mine.remark = "both";
              tx.save(theirs);
              tx.save(mine);
          }) == "");
    CHECK(shop.load(id).remark == "both");
}

TEST_CASE("stale copies: the one who saved may set a field back, and so may one who loaded after that") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    shop.run([&](Transaction& tx) {
        auto order   = tx.load(id);
        order.remark = "for a moment";
        tx.save(order);
        order.remark = "";
        tx.save(order);
    });
    CHECK(shop.load(id).remark == "");

    shop.run([&](Transaction& tx) {
        auto order   = tx.load(id);
        order.remark = "for a moment";
        tx.save(order);
        auto later   = tx.load(id);
        later.remark = "";
        tx.save(later);
        order.note = "the first again";
        tx.save(order);
    });
    CHECK(shop.load(id).remark == "");
    CHECK(shop.load(id).note == "the first again");
}

TEST_CASE("stale copies: records found together are told apart, also when they are many") {
    WorkshopCompany shop;
    for (int i = 0; i < 20; ++i) shop.insert(shop.order(std::to_string(i)));
    shop.run([&](Transaction& tx) {
        auto mine = tx.select<Order>("ORDER BY id");
        for (auto& theirs : tx.select<Order>("ORDER BY id")) {
            theirs.remark = "handled";
            tx.save(theirs);
        }
        for (auto& order : mine) {
            order.note += "!";
            tx.save(order);
        }
    });
    CHECK(shop.number("SELECT count(*) FROM workshop_order WHERE remark = 'handled' AND note LIKE '%!'") == 20);
}

TEST_CASE("stale copies: SQL that changes a row behind a loaded record is not undone by saving the record") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    shop.run([&](Transaction& tx) {
        auto mine = tx.load(id);
        tx.execute("UPDATE workshop_order SET remark = 'by SQL' WHERE id = :id", id);
        mine.note = "by hand";
        tx.save(mine);
        CHECK(tx.load(id).remark == "by SQL");
        mine.priority = 1;
        tx.save(mine);
    });
    CHECK(shop.load(id).remark == "by SQL");
    CHECK(shop.load(id).priority == 1);
}

TEST_CASE("stale copies: a listener may change the very document whose transition it hears of") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("changed by a listener"));
    shop.run([&](Transaction& tx) { tx.transition(id, "confirm"); });
    const auto order = shop.load(id);
    CHECK(order.state == State::confirmed);                      // what the transition did
    CHECK(order.number != "");
    CHECK(order.remark == "seen by the listener");               // what the listener did
    REQUIRE(order.lines.size() == 2);
    CHECK(order.total.str() == "25.00");                         // and what follows from both

    const auto contested = shop.insert(shop.order("numbered by a listener"));
    CHECK(shop.refusal([&](Transaction& tx) { tx.transition(contested, "confirm"); }).starts_with("mistake: "));
    CHECK(shop.load(contested).state == State::draft);
}
