#include "workshop_company.h"

#include <doctest/doctest.h>

#include <thread>

using namespace tessera;
using namespace workshop;

namespace {

std::string note_of(WorkshopCompany& shop, Id<Order> id) {
    std::string note;
    shop.run([&](Transaction& tx) { note = tx.load(id).note; });
    return note;
}

void write_note(Transaction& tx, Id<Order> id, const std::string& note) {
    auto order = tx.load(id);
    order.note = note;
    tx.save(order);
}

}  // namespace

TEST_CASE("recent records: a command meets what the ones before it did, by records, by lines and by SQL") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("made"));
    CHECK(note_of(shop, id) == "made");
    shop.run([&](Transaction& tx) { write_note(tx, id, "saved"); });
    CHECK(note_of(shop, id) == "saved");
    shop.run([&](Transaction& tx) { tx.execute("UPDATE workshop_order SET note = 'by SQL'"); });
    CHECK(note_of(shop, id) == "by SQL");
    shop.run([&](Transaction& tx) {
        auto line     = tx.load(tx.load(id).lines[0].id);
        line.quantity = Quantity::of(9);
        tx.save(line);
    });
    shop.run([&](Transaction& tx) {
        auto order = tx.load(id);
        CHECK(order.lines[0].quantity == Quantity::of(9));
        order.note = "with nine";
        tx.save(order);
    });
    CHECK(shop.load(id).total.str() == "90.00");
    CHECK(shop.number("SELECT version FROM workshop_order") == 3);
    shop.run([&](Transaction& tx) { tx.remove(id); });
    shop.run([&](Transaction& tx) { CHECK(tx.find(id) == std::nullopt); });
}

TEST_CASE("recent records: what was undone was never there") {
    WorkshopCompany shop;
    const auto      id   = shop.insert(shop.order("kept"));
    const auto      undo = [&](const std::function<void(Transaction&)>& work) {
        CHECK(shop.refusal([&](Transaction& tx) {
                  work(tx);
                  throw Refused("test.no", "To pass, stop here.");
              }) == "test.no: To pass, stop here.");
        CHECK(note_of(shop, id) == "kept");
    };
    undo([&](Transaction& tx) { write_note(tx, id, "saved"); });
    undo([&](Transaction& tx) {
        write_note(tx, id, "written");
        tx.write_out();
    });
    undo([&](Transaction& tx) { tx.execute("UPDATE workshop_order SET note = 'by SQL'"); });
    undo([&](Transaction& tx) { tx.remove(id); });
}

TEST_CASE("recent records: a record is called by the name it has, whoever renamed it and whatever was undone") {
    WorkshopCompany shop;
    const auto      id     = shop.insert(Customer{.name = "Grace"});
    const auto      called = [&] {
        std::string label;
        shop.run([&](Transaction& tx) { label = tx.label_of(id); });
        return label;
    };
    const auto rename = [&](Transaction& tx, const std::string& name) {
        auto customer = tx.load(id);
        customer.name = name;
        tx.save(customer);
    };
    const auto first = called();
    CHECK(called() == first);
    shop.run([&](Transaction& tx) {
        rename(tx, "Renamed");
        CHECK(tx.label_of(id) == "Renamed");
    });
    CHECK(called() == "Renamed");
    CHECK(shop.refusal([&](Transaction& tx) {
              rename(tx, "Undone");
              CHECK(tx.label_of(id) == "Undone");
              throw Refused("test.no", "To pass, stop here.");
          }) == "test.no: To pass, stop here.");
    CHECK(called() == "Renamed");
    CHECK(shop.refusal([&](Transaction& tx) {
              tx.execute("UPDATE workshop_customer SET name = 'Undone by SQL'");
              CHECK(tx.label_of(id) == "Undone by SQL");
              throw Refused("test.no", "To pass, stop here.");
          }) == "test.no: To pass, stop here.");
    CHECK(called() == "Renamed");
    shop.run([&](Transaction& tx) { tx.execute("UPDATE workshop_customer SET name = 'By SQL'"); });
    CHECK(called() == "By SQL");
}

TEST_CASE("recent records: the newest entry of a ledger is the one that was added last and kept") {
    WorkshopCompany shop;
    const auto      order  = shop.confirmed_order();
    const auto      newest = [](const Snapshot& tx) {
        const auto last = tx.newest<Booking>();
        return last ? last->hours.str() : "none";
    };
    const auto add = [&](Transaction& tx, int hours) { tx.insert(Booking{.order_booked = order, .hours = Quantity::of(hours), .recorded_at = tx.now()}); };
    shop.run([&](Transaction& tx) {
        CHECK(newest(tx) == "none");
        add(tx, 1);
        CHECK(newest(tx) == "1");
        add(tx, 2);
        CHECK(newest(tx) == "2");
    });
    CHECK(shop.refusal([&](Transaction& tx) {
              add(tx, 3);
              CHECK(newest(tx) == "3");
              throw Refused("test.no", "To pass, stop here.");
          }) == "test.no: To pass, stop here.");
    shop.run([&](Transaction& tx) {
        CHECK(newest(tx) == "2");
        const auto fresh = tx.insert(shop.order());
        tx.insert(Booking{.order_booked = fresh, .hours = Quantity::of(4), .recorded_at = tx.now()});
        CHECK(newest(tx) == "4");
    });
    shop.read([&](const Snapshot& tx) { CHECK(newest(tx) == "4"); });
}

TEST_CASE("recent records: an entry that the database refused was never the newest") {
    WorkshopCompany shop;
    const auto      order = shop.confirmed_order();
    const auto      add   = [&](Transaction& tx, int hours) {
        tx.insert(Booking{.order_booked = order, .hours = Quantity::of(hours), .recorded_at = tx.now()});
        tx.write_out();
    };
    shop.run([&](Transaction& tx) { tx.execute("CREATE UNIQUE INDEX one_of_each ON workshop_booking (hours)"); });
    shop.run([&](Transaction& tx) {
        add(tx, 5);
        add(tx, 2);
        CHECK(tx.newest<Booking>()->hours == Quantity::of(2));
        CHECK(refusal_of([&] { add(tx, 5); }).starts_with("kernel.duplicate"));
        const auto kept = tx.value<std::int64_t>("SELECT count(*) FROM workshop_booking");
        CHECK(kept == 2);
        CHECK(tx.newest<Booking>()->hours == Quantity::of(2));
    });
}

TEST_CASE("records: a change that finds no row is refused, however much was sent before it") {
    WorkshopCompany shop;
    const auto      rename = [](Transaction& tx, std::int64_t id) {
        sql::Use use(tx.connection(), "UPDATE workshop_customer SET name = 'Ada' WHERE id = :id");
        use->bind(1, id);
        use->step();
        use->require_change("Customer", id);
    };
    for (int before = 505; before < 520; ++before) {
        CAPTURE(before);
        CHECK(shop.refusal([&](Transaction& tx) {
                  for (int i = 0; i < before; ++i) rename(tx, shop.customer().value);
                  rename(tx, 999);
                  tx.write_out();
              }) == "kernel.not_found: To save Customer 999, choose one that exists.");
    }
}

TEST_CASE("recent records: under load every change is made on the newest state") {
    WorkshopCompany          shop;
    const auto               id = shop.insert(shop.order());
    std::vector<std::thread> clients;
    for (int client = 0; client < 8; ++client)
        clients.emplace_back([&] {
            for (int i = 0; i < 50; ++i) try {
                    shop.suite().write({.name = "test"}, [&](Transaction& tx) {
                        auto order     = tx.load(id);
                        order.priority = order.priority.value_or(0) + 1;
                        tx.save(order);
                        if (i % 5 != 0) return;
                        tx.write_out();
                        throw Refused("test.no", "To pass, stop here.");
                    });
                } catch (const Refused&) {
                }
        });
    for (auto& client : clients) client.join();
    CHECK(shop.load(id).priority == 320);
    CHECK(shop.number("SELECT version FROM workshop_order") == 321);
}
