#include "workshop_company.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <random>
#include <thread>

using namespace tessera;
using namespace workshop;

namespace {

RecordCommand keyed(RecordCommand command, std::string key, std::string digest) {
    command.info.idempotency_key = std::move(key);
    command.info.request_digest  = std::move(digest);
    return command;
}

}  // namespace

TEST_CASE("numbers: gapless per series, company and year, whatever is refused in between") {
    WorkshopCompany             shop;
    std::mt19937                random(4711);
    std::map<std::string, int>  expected;
    for (int i = 0; i < 400; ++i) {
        const auto series  = std::string(random() % 2 ? "WO" : "IN");
        const int  year    = 2025 + static_cast<int>(random() % 2);
        const auto company = static_cast<std::int64_t>(1 + random() % 2);
        const bool refused = random() % 3 == 0;
        std::string number;
        try {
            shop.run(
                [&](Transaction& tx) {
                    number = tx.number(series, Date(year, 7, 1));
                    if (refused) throw Refused("test.no", "To go on, do not.");
                },
                {.name = "test", .actor = {.name = "ada", .company = company}});
        } catch (const Refused&) {
            continue;
        }
        const int next = ++expected[fmt::format("{}{}{}", company, series, year)];
        CHECK(number == fmt::format("{}-{}-{:05}", series, year, next));
    }
    CHECK(shop.refusal([](Transaction& tx) { tx.number("WO", Date{}); }).starts_with("mistake: "));
}

TEST_CASE("idempotency: the same key and request gets the first answer again, another request is refused") {
    WorkshopCompany shop;
    const auto      create = shop.create(R"({"customer":1,"note":"once"})");
    const auto      first  = shop.send(keyed(create, "k1", "digest"));
    const auto      traces = shop.number("SELECT count(*) FROM kernel_audit");
    const auto      again  = shop.send(keyed(create, "k1", "digest"));
    CHECK(shop.number("SELECT count(*) FROM kernel_audit") == traces);        // it did not happen twice
    CHECK(again.id == first.id);
    CHECK(again.version == first.version);
    CHECK(again.json == first.json);
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 1);

    CHECK(shop.refused(keyed(create, "k1", "another")) ==
          "kernel.idempotency_key_reused: To send another request, give it a key of its own: this key belongs to a different one.");
    CHECK(shop.send(keyed(create, "k2", "digest")).id != first.id);

    // The answer as it was given, though the record has changed since; and after a restart.
    shop.send(shop.move(first.id, "confirm"));
    shop.open({"workshop"});
    CHECK(shop.send(keyed(create, "k1", "digest")).json == first.json);
    CHECK(shop.refused(keyed(create, "k1", "another")).starts_with("kernel.idempotency_key_reused"));
}

TEST_CASE("idempotency: a key belongs to its user, and a request that was refused may come again") {
    WorkshopCompany shop;
    auto            command = keyed(shop.create(R"({"customer":1})"), "k", "d");
    const auto      first   = shop.send(command);
    command.info.actor.name = "grace";
    CHECK(shop.send(command).id != first.id);

    const auto order = shop.insert(shop.order()).value;
    const auto early = keyed(shop.move(order, "finish", R"({"hours":"1"})"), "f", "d");
    CHECK(shop.refused(early).starts_with("kernel.wrong_state"));
    shop.send(shop.move(order, "confirm"));
    shop.send(early);
    shop.send(early);
    CHECK(shop.number("SELECT count(*) FROM workshop_booking") == 1);
}

TEST_CASE("idempotency: a file that is sent again under its key is not imported again, and gets the first counts") {
    WorkshopCompany   shop;
    const std::string file   = "name\nGrace\nBarbara\n";
    const auto        import = [&](std::string key, std::string digest) {
        return shop.suite().import_csv({.idempotency_key = std::move(key), .request_digest = std::move(digest)}, "workshop.customer", file);
    };
    const auto first = import("f1", "digest");
    CHECK(first.created == 2);
    const auto customers = shop.number("SELECT count(*) FROM workshop_customer"), traces = shop.number("SELECT count(*) FROM kernel_audit");
    const auto again = import("f1", "digest");
    CHECK(again.created == 2);
    CHECK(again.updated == 0);
    CHECK(refusal_of([&] { import("f1", "another"); }).starts_with("kernel.idempotency_key_reused"));
    CHECK(shop.number("SELECT count(*) FROM workshop_customer") == customers);
    CHECK(shop.number("SELECT count(*) FROM kernel_audit") == traces);

    CHECK(import("f2", "digest").created == 2);      // another key is another request
    CHECK(shop.number("SELECT count(*) FROM workshop_customer") == customers + 2);
}

TEST_CASE("locking: a change made on an older version is refused, one on the current version is done") {
    WorkshopCompany shop;
    const auto      id     = shop.insert(shop.order()).value;
    auto            mine   = shop.change(id, R"({"note":"mine"})");
    auto            theirs = shop.change(id, R"({"note":"theirs"})");
    mine.if_version = theirs.if_version = 1;
    CHECK(shop.send(theirs).version == 2);
    try {
        shop.send(mine);
        FAIL("changed");
    } catch (const Refused& refused) {
        CHECK(refused.status() == 412);
        CHECK(refused.sentence() == fmt::format("To change work order {}, reload it first: it has been changed meanwhile (version 2, yours is 1).", id));
    }
    CHECK(shop.load(Id<Order>{id}).note == "theirs");
    auto move       = shop.move(id, "confirm");
    move.if_version = 1;
    CHECK(shop.refused(move).starts_with("kernel.stale"));
    auto remove       = shop.remove(id);
    remove.if_version = 1;
    CHECK(shop.refused(remove).starts_with("kernel.stale"));
    mine.if_version = 2;
    CHECK(shop.send(mine).version == 3);
}

TEST_CASE("roles: a reader reads everything and changes nothing, by any door") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order()).value;
    const Actor     clerk = Actor::reader("clerk");
    const auto      as_clerk = [&](RecordCommand command) {
        command.info.actor = clerk;
        return shop.refused(command);
    };
    CHECK(as_clerk(shop.create(R"({"customer":1})")) == "kernel.not_permitted: To change work orders, ask for the permission workshop.edit: clerk does not have it.");
    CHECK(as_clerk(shop.change(id, R"({"note":"x"})")).starts_with("kernel.not_permitted"));
    CHECK(as_clerk(shop.remove(id)).starts_with("kernel.not_permitted"));
    CHECK(as_clerk(shop.move(id, "confirm")).starts_with("kernel.not_permitted"));
    CHECK(refusal_of([&] { shop.run([&](Transaction& tx) { tx.remove(Id<Order>{id}); }, {.name = "test", .actor = clerk}); }).starts_with("kernel.not_permitted"));
    CHECK(refusal_of([&] { shop.suite().bulk([&](const Suite::Bulk& command) { command({.name = "test", .actor = clerk}, [](Transaction&) {}); }); }).starts_with("kernel.not_permitted"));
    RecordAnswer answer;
    CHECK(shop.suite().get(clerk, "workshop.order", id, answer));
    CHECK(shop.suite().report(clerk, "workshop.orders", {}).rows.size() == 1);
}

TEST_CASE("commands: checks before the commit run once each, at the end, may ask for more and may refuse") {
    WorkshopCompany shop;
    std::string     order;
    shop.run([&](Transaction& tx) {
        tx.before_commit("a", [&](Transaction& late) {
            order += "a";
            for (int i = 0; i < 20; ++i) late.before_commit(fmt::format("more {}", i), [&](Transaction&) { order += "+"; });
            order += "A";                                              // still itself after the list has grown
        });
        tx.before_commit("b", [&](Transaction&) { order += "b"; });
        tx.before_commit("a", [&](Transaction&) { order += "never"; });
        order += "work ";
    });
    CHECK(order == "work aAb" + std::string(20, '+'));

    CHECK(shop.refusal([&](Transaction& tx) {
              tx.insert(shop.order());
              tx.before_commit("no", [](Transaction&) { throw Refused("test.unbalanced", "To save this, balance it."); });
          }) == "test.unbalanced: To save this, balance it.");
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 0);
}

TEST_CASE("commands: scratch is one object of a type for the length of a command") {
    struct Tally { int count = 0; };
    WorkshopCompany shop;
    for (int round = 0; round < 2; ++round)
        shop.run([](Transaction& tx) {
            CHECK(tx.scratch<Tally>().count == 0);
            ++tx.scratch<Tally>().count;
            CHECK(tx.scratch<Tally>().count == 1);
        });
}

TEST_CASE("commands: the business day is the one given, else today's") {
    WorkshopCompany shop;
    shop.run([](Transaction& tx) { CHECK(tx.today() == Date(2024, 2, 29)); }, {.name = "test", .business_date = Date(2024, 2, 29)});
    shop.run([](Transaction& tx) { CHECK(tx.today() == Date::today()); });
}

TEST_CASE("commands: the moment is one for the whole command and later than every moment before it, also after a restart") {
    WorkshopCompany shop;
    Instant         last;
    const auto      later = [&](Transaction& tx) {
        CHECK(tx.now() > last);
        CHECK(tx.now() == tx.now());
        last = tx.now();
    };
    for (int i = 0; i < 200; ++i) shop.run(later);
    shop.suite().bulk([&](const Suite::Bulk& command) {
        for (int i = 0; i < 200; ++i) command({.name = "test"}, later);
    });
    shop.open({"workshop"});
    shop.run(later);
    shop.read([&](const Snapshot& tx) { CHECK(tx.now() >= last); });       // what was written is not in the future
}

TEST_CASE("commands: one that fails in a bulk is undone alone") {
    WorkshopCompany shop;
    int             refused = 0;
    shop.suite().bulk([&](const Suite::Bulk& command) {
        for (int i = 0; i < 600; ++i) try {
                command({.name = "test"}, [&](Transaction& tx) {
                    tx.insert(shop.order(std::to_string(i)));
                    if (i % 3 == 0) throw Refused("test.no", "To go on, do not.");
                });
            } catch (const Refused&) {
                ++refused;
            }
    });
    CHECK(refused == 200);
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 400);
    CHECK(shop.number("SELECT count(*) FROM workshop_order_line") == 400);
}

TEST_CASE("commands: reading ends with its snapshot, also when it is broken off") {
    WorkshopCompany shop;
    for (int i = 0; i < 5; ++i) CHECK_THROWS_AS(shop.read([](const Snapshot& tx) {
            tx.each<std::int64_t>("SELECT id FROM workshop_customer", [](std::int64_t&) { throw std::runtime_error("enough"); });
        }), std::runtime_error);
    const auto id = shop.insert(shop.order("seen"));
    CHECK(shop.load(id).note == "seen");                      // the same connection, a new snapshot
    shop.read([&](const Snapshot& tx) {
        CHECK(tx.load(id).note == "seen");
        shop.run([&](Transaction& writing) {
            auto order = writing.load(id);
            order.note = "changed meanwhile";
            writing.save(order);
        });
        CHECK(tx.load(id).note == "seen");                    // one moment throughout
        CHECK_THROWS(tx.rows<std::int64_t>("DELETE FROM workshop_order RETURNING id"));
    });
    CHECK(shop.load(id).note == "changed meanwhile");
}

TEST_CASE("commands: a suite that was stopped refuses what comes, in a sentence") {
    WorkshopCompany shop;
    shop.suite().stop();
    CHECK(shop.refusal([](Transaction&) {}).starts_with("kernel.stopping"));
    shop.suite().stop();
}

TEST_CASE("commands: one that waits inside another is a mistake and not a standstill") {
    WorkshopCompany shop;
    CHECK(shop.refusal([&](Transaction&) { shop.run([](Transaction&) {}); }).starts_with("mistake: "));
}

TEST_CASE("numbers: a series that could not be read for a moment goes on where it was") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) { for (int i = 0; i < 3; ++i) tx.number("QQ", Date(2026, 1, 1)); });
    shop.open({"workshop"});
    shop.run([&](Transaction& tx) {
        tx.execute("ALTER TABLE kernel_number_series RENAME TO kernel_away");
        CHECK_THROWS(tx.number("QQ", Date(2026, 1, 1)));
        tx.execute("ALTER TABLE kernel_away RENAME TO kernel_number_series");
    });
    shop.run([&](Transaction& tx) { CHECK(tx.number("QQ", Date(2026, 1, 1)) == "QQ-2026-00004"); });
    CHECK(shop.number("SELECT last FROM kernel_number_series WHERE series = 'QQ'") == 4);
}

TEST_CASE("commands: under load and refusals, numbers have no gap and the trail holds") {
    WorkshopCompany shop;
    std::vector<std::thread> clients;
    for (int client = 0; client < 6; ++client)
        clients.emplace_back([&, client] {
            for (int i = 0; i < 60; ++i) try {
                    shop.suite().write({.name = "test"}, [&](Transaction& tx) {
                        auto order = shop.order(tx.number("WW", Date(2026, 1, 1)));
                        const auto id = tx.insert(order);
                        if (i % 7 == 3) tx.write_out();
                        if (i % 7 == 3 || i % 5 == 2) throw Refused("test.no", "To pass, stop here.");
                        if (i % 3) tx.transition(id, "confirm");
                    });
                } catch (const Refused&) {
                }
        });
    for (auto& c : clients) c.join();
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == shop.number("SELECT last FROM kernel_number_series WHERE series = 'WW'"));
    CHECK(shop.number("SELECT count(DISTINCT note) FROM workshop_order") == shop.number("SELECT count(*) FROM workshop_order"));
    for (const auto& v : shop.suite().verify({})) CHECK(v.findings.empty());
}

TEST_CASE("commands: a refused one leaves no table behind either") {
    WorkshopCompany shop;
    std::latch        done(3);
    std::atomic<bool> all{false};
    const auto answer = [&](std::exception_ptr) { done.count_down(); };
    shop.suite().submit({.name = "slow"}, [&](Transaction&) { while (!all) std::this_thread::yield(); }, answer);
    shop.suite().submit({.name = "bad"}, [&](Transaction& tx) { tx.execute("CREATE TABLE workshop_left (id INTEGER PRIMARY KEY)"); throw Refused("test.no", "To pass, stop."); }, answer);
    shop.suite().submit({.name = "good"}, [&](Transaction&) {}, answer);
    all = true;
    done.wait();
    CHECK(shop.refusal([](Transaction& tx) { tx.execute("CREATE TABLE workshop_left (id INTEGER PRIMARY KEY)"); }) == "");
}
