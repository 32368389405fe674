// Two suites on one database of a server, as two processes have it.
#include "follower.h"
#include "workshop_company.h"

#include <doctest/doctest.h>

#include <thread>

#include "database/engine.h"

using namespace tessera;
using namespace workshop;

namespace {

using namespace std::chrono_literals;

bool on_postgresql() { return std::getenv("TESSERA_TEST_POSTGRES") != nullptr; }

std::unique_ptr<Suite> another(const WorkshopCompany& shop, bool delivers = false) {
    auto options       = shop.options({"workshop"});
    options.background = delivers;
    return Suite::open(options);
}

std::int64_t insert_customer(Suite& suite) {
    Id<Customer> id;
    suite.write({.name = "test"}, [&](Transaction& tx) { id = tx.insert(Customer{.name = "of the other"}); });
    return id.value;
}

std::string told(std::int64_t customer) { return fmt::format("workshop.customer {} v1 by administrator", customer); }

void ask_server(WorkshopCompany& shop, const std::string& script) {
    shop.run([&](Transaction& tx) { tx.connection().execute(script); });
}

bool within(std::chrono::milliseconds longest, const std::function<bool()>& is_so) {
    const auto latest = std::chrono::steady_clock::now() + longest;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > latest) return false;
        std::this_thread::sleep_for(5ms);
    }
    return true;
}

std::int64_t connections_that_wait(const Snapshot& tx) { return tx.value<std::int64_t>("SELECT count(*) FROM pg_locks WHERE NOT granted").value(); }

// Both have found the same deliveries due before either can write.
std::int64_t deliver_at_once(WorkshopCompany& shop, Suite& first, Suite& second) {
    std::atomic<std::int64_t> delivered = 0;
    std::vector<std::thread>  both;
    shop.run([&](Transaction& tx) {
        for (auto* suite : {&first, &second}) both.emplace_back([&delivered, suite] { delivered += suite->run_outbox(); });
        CHECK(within(10s, [&] { return connections_that_wait(tx) == 2; }));
    });
    for (auto& one : both) one.join();
    return delivered;
}

}  // namespace

TEST_SUITE_BEGIN("two processes" * doctest::skip(!on_postgresql()));

TEST_CASE("two processes: what is not as it should be with the server is said, and of a file nothing") {
    WorkshopCompany shop;
    const auto      concerns = shop.suite().concerns();
    if (!on_postgresql()) {
        CHECK(concerns.empty());
        return;
    }
    for (const std::string setting : {"fsync", "full_page_writes", "data_checksums"}) {
        CAPTURE(setting);
        const auto is_off = shop.number("SELECT count(*) FROM pg_settings WHERE name = '" + setting + "' AND setting = 'off'");
        CHECK(std::ranges::count_if(concerns, [&](const std::string& one) { return one.find("set " + setting + " = on: it is off.") != one.npos; }) == is_off);
    }
}

TEST_CASE("two processes: each hears what the other committed, in one order, with everything that is told of it") {
    WorkshopCompany shop;
    const auto      other = another(shop);
    Follower        here(shop.suite()), there(*other);
    for (int i = 0; i < 10; ++i) {
        insert_customer(*other);
        shop.insert(shop.order());
    }
    CHECK(here.hears("workshop.order 10 v1 by administrator", 2s));
    CHECK(there.hears("workshop.order 10 v1 by administrator", 2s));
    CHECK(here.heard() == there.heard());
    CHECK(here.entries() == there.entries());
    CHECK(std::ranges::count(here.heard(), '\n') == 20);
}

TEST_CASE("two processes: a commit too large to be told in full is told as many records") {
    WorkshopCompany shop;
    const auto      other = another(shop);
    Follower        there(*other);
    shop.run(
        [&](Transaction& tx) {
            for (int i = 0; i < 50; ++i) tx.insert(Customer{.name = "one of fifty"});
        },
        {.name = "test", .actor = {std::string(200, 'x')}});
    CHECK(there.hears("workshop.customer many", 2s));
}

TEST_CASE("two processes: who lost the connection it listens on follows again, and what was said meanwhile is not missed") {
    WorkshopCompany shop;
    const auto      other = another(shop);
    Follower        there(*other);
    CHECK(there.hears(told(insert_customer(shop.suite())), 2s));
    ask_server(shop, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    const auto unheard = insert_customer(shop.suite());
    CHECK(within(5s, [&] { return there.hears("anything", 1ms) || there.hears(told(unheard), 1ms); }));
    CHECK(within(5s, [&] { return there.hears(told(insert_customer(shop.suite())), 500ms); }));
    CHECK(std::ranges::is_sorted(there.entries(), std::less_equal<>{}));
}

TEST_CASE("two processes: on a server that can tell nothing, commits succeed and others hear within two seconds that something changed") {
    WorkshopCompany shop;
    ask_server(shop, "CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''unknown here''; END'");
    auto options = shop.options({"workshop"});
    options.database += "?options=-csearch_path%3Dpublic%2Cpg_catalog";
    const auto silent = Suite::open(options);
    Follower   here(shop.suite()), there(*silent);
    CHECK(there.hears(told(insert_customer(*silent)), 1s));
    CHECK(here.hears("anything", 4s));
    CHECK(here.entries() == there.entries());
}

TEST_CASE("two processes: an event that one queued wakes the other, which delivers it at once") {
    WorkshopCompany shop;
    const auto      other  = another(shop, true);
    const auto      before = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) {
        shop.confirmed_order();
        CHECK(within(10s, [&] { return shop.suite().status().outbox == 0; }));
    }
    CHECK(std::chrono::steady_clock::now() - before < 10s);  // asked once a second, they would have taken twenty
    CHECK(shop.number("SELECT count(*) FROM workshop_label") == 40);
}

TEST_CASE("two processes: deliveries that both have found due are made once, and the second leaves them without a trace") {
    WorkshopCompany shop;
    const auto      other = another(shop);
    for (int i = 0; i < 5; ++i) shop.confirmed_order();
    const auto third = another(shop);
    CHECK(deliver_at_once(shop, *other, *third) == 10);
    CHECK(shop.number("SELECT count(*) FROM workshop_label") == 10);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit WHERE command = 'kernel.deliver'") == 10);
    CHECK(shop.number("SELECT max(attempts) FROM jobs_delivery") == 1);
}

TEST_CASE("two processes: a delivery that fails is noted once, though both have tried it") {
    WorkshopCompany shop;
    shop.insert(Printer{.name = "P1", .has_paper = false});
    const auto other = another(shop), third = another(shop);
    shop.confirmed_order();
    deliver_at_once(shop, *other, *third);
    CHECK(shop.number("SELECT attempts FROM jobs_delivery WHERE state = 'waiting'") == 1);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit WHERE command = 'kernel.delivery_failed'") == 1);
}

TEST_SUITE_END();
