#include "workshop_company.h"

#include <doctest/doctest.h>

#include <thread>

using namespace tessera;
using namespace workshop;

namespace {

std::vector<Label> labels(WorkshopCompany& shop) {
    std::vector<Label> all;
    shop.read([&](const Snapshot& tx) { all = tx.select<Label>("ORDER BY id"); });
    return all;
}

struct Delivery {
    std::int64_t attempts = 0;
    Instant      created_at{}, due_at{};
    std::string  last_error{};
};
Delivery waiting(WorkshopCompany& shop) {
    Delivery delivery;
    shop.read([&](const Snapshot& tx) { delivery = tx.row<Delivery>("SELECT attempts, created_at, due_at, last_error FROM jobs_delivery WHERE state = 'waiting' ORDER BY id").value(); });
    return delivery;
}

void make_due(WorkshopCompany& shop) {
    shop.run([](Transaction& tx) { tx.execute("UPDATE jobs_delivery SET due_at = created_at WHERE state = 'waiting'"); });
}

}  // namespace

TEST_CASE("events: a listener in the transaction may refuse, and everything is undone") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("refused by a listener"));
    CHECK(shop.refusal([&](Transaction& tx) { tx.transition(id, "confirm"); }) == fmt::format("workshop.listener_says_no: To confirm {}, ask the listener.", id));
    CHECK(shop.load(id).state == State::draft);
    CHECK(shop.suite().status().outbox == 0);
    CHECK(shop.suite().run_outbox() == 0);
    CHECK(labels(shop).empty());
}

TEST_CASE("events: listeners after the commit are told once each, with everything the event said") {
    WorkshopCompany shop;
    auto            order = shop.order();
    order.currency        = Currency::of("JPY");
    order.priority        = 9;
    order.hours           = Quantity::parse("0.25");
    const auto id         = shop.insert(order);
    Instant    confirmed_at;
    shop.run(
        [&](Transaction& tx) {
            tx.transition(id, "confirm");
            confirmed_at = tx.now();
        },
        {.name = "test", .business_date = Date(2026, 3, 4)});
    CHECK(labels(shop).empty());                                  // not before the commit, and not in the same command
    CHECK(shop.suite().status().outbox == 2);
    CHECK(shop.suite().run_outbox() == 2);
    CHECK(shop.suite().run_outbox() == 0);

    const auto printed = labels(shop);
    REQUIRE(printed.size() == 2);
    CHECK(printed[0].text == "WO-2026-00001");
    CHECK(printed[0].amount.minor() == 20);
    CHECK(printed[0].confirmed_on == Date(2026, 3, 4));
    CHECK(printed[0].confirmed_at == confirmed_at);
    CHECK(printed[1].text == fmt::format("customer of {}: true 0.25 confirmed", id));
    CHECK(shop.suite().status().outbox == 0);

    shop.open({"workshop"});
    CHECK(shop.suite().run_outbox() == 0);                        // nor again after a restart
    CHECK(labels(shop).size() == 2);
}

TEST_CASE("events: what a command undone had to tell is never told") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order("after numbering"));
    shop.refusal([&](Transaction& tx) { tx.transition(id, "confirm"); });
    CHECK(shop.suite().run_outbox() == 0);
    CHECK(labels(shop).empty());
}

TEST_CASE("events: a listener that fails leaves nothing, is noted and tried again later and later") {
    WorkshopCompany shop;
    const auto      printer = shop.insert(Printer{.name = "P1", .has_paper = false});
    shop.confirmed_order();
    CHECK(shop.suite().run_outbox() == 2);
    CHECK(labels(shop).size() == 1);                               // the other listener is not held up
    CHECK(labels(shop)[0].text.starts_with("customer of"));

    auto delivery = waiting(shop);
    CHECK(delivery.attempts == 1);
    CHECK(delivery.last_error == fmt::format("To print WO-{}-00001, give P1 paper.", Date::today().year()));
    CHECK(shop.suite().run_outbox() == 0);                         // not due yet

    std::vector<std::int64_t> delays;
    for (int attempt = 2; attempt <= 14; ++attempt) {
        make_due(shop);
        const auto before = waiting(shop).due_at;
        Instant    tried;
        shop.read([&](const Snapshot& tx) { tried = tx.now(); });
        CHECK(shop.suite().run_outbox() == 1);
        delivery = waiting(shop);
        CHECK(delivery.attempts == attempt);
        CHECK(delivery.due_at > before);
        delays.push_back((delivery.due_at.microseconds() - tried.microseconds()) / 1'000'000);
    }
    CHECK(delays == std::vector<std::int64_t>{2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600});

    shop.run([&](Transaction& tx) {
        auto p      = tx.load(printer);
        p.has_paper = true;
        tx.save(p);
    });
    make_due(shop);
    CHECK(shop.suite().run_outbox() == 1);
    CHECK(labels(shop).size() == 2);
    CHECK(labels(shop)[1].printed_by == "P1");
    CHECK(shop.suite().status().outbox == 0);
}

TEST_CASE("events: a listener that throws what is no exception is noted like any other") {
    WorkshopCompany shop;
    shop.insert(Printer{.name = "broken"});
    shop.confirmed_order();
    CHECK(shop.suite().run_outbox() == 2);
    CHECK(waiting(shop).last_error == "workshop's answer to workshop.order_confirmed threw something that is no exception");
    CHECK(shop.insert(shop.order()).value > 0);
}

TEST_CASE("events: a delivery whose module is not loaded waits for it") {
    WorkshopCompany shop;
    shop.confirmed_order();
    shop.open({});
    CHECK(shop.suite().run_outbox() == 2);
    CHECK(waiting(shop).last_error == "To deliver this, load the module that handles workshop:workshop.order_confirmed.");
    shop.open({"workshop"});
    make_due(shop);
    CHECK(shop.suite().run_outbox() == 2);
    CHECK(labels(shop).size() == 2);
}

TEST_CASE("events: a delivery runs for the company whose command published the event") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    shop.run([&](Transaction& tx) { tx.transition(id, "confirm"); }, {.name = "test", .actor = {.name = "ada", .company = 7}});
    shop.suite().run_outbox();
    CHECK(shop.number("SELECT count(*) FROM kernel_audit WHERE company = 7 AND command = 'kernel.deliver'") == 2);
}

TEST_CASE("events: delivered by the program's own thread, without being asked") {
    WorkshopCompany shop;
    auto            options = shop.options({"workshop"});
    options.background      = true;
    shop.open_with(options);
    shop.confirmed_order();
    for (int i = 0; i < 100 && labels(shop).size() < 2; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(labels(shop).size() == 2);
}

TEST_CASE("events: ones that publish each other in a circle are a mistake, a chain is not") {
    WorkshopCompany shop;
    CHECK(shop.refusal([](Transaction& tx) { tx.publish(LineChecked{{}, 15}); }) == "");
    CHECK(shop.refusal([](Transaction& tx) { tx.publish(LineChecked{{}, 16}); }) == "mistake: events publish each other in a circle");
    // Refusals that a handler catches do not count as depth.
    CHECK(shop.refusal([&](Transaction& tx) {
              for (int i = 0; i < 40; ++i)
                  try {
                      tx.publish(LineChecked{{}, 16});
                  } catch (const std::logic_error&) {
                  }
              tx.publish(LineChecked{{}, 3});
          }) == "");
    CHECK(shop.refusal([](Transaction& tx) { tx.publish(SparePart{"nobody listens"}); }) == "");
}
