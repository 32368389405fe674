#include "database/durability.h"

#include "database/slow_disk.h"

#include <doctest/doctest.h>

#include <latch>

namespace tessera::database::writer_test {

TEST_CASE("writer: while one group is written to disk the next runs, and neither is answered before it is there") {
    OnSlowDisk slow;
    slow.submit(1);
    slow.disk.wait_for_sync(1);
    for (std::int64_t id = 2; id <= 9; ++id) slow.submit(id);
    OnSlowDisk::wait_until(slow.ran, 9);
    CHECK(slow.answered == 0);
    slow.disk.let_through(1);
    OnSlowDisk::wait_until(slow.answered, 1);
    slow.disk.wait_for_sync(2);
    CHECK(slow.answered == 1);
    slow.disk.let_through(1'000);
    OnSlowDisk::wait_until(slow.answered, 9);
    CHECK(slow.count() == 9);
}

TEST_CASE("writer: when the disk fails once, what was committed behind that is not acknowledged either, nor shown") {
    OnSlowDisk slow;
    slow.submit(1);
    slow.disk.wait_for_sync(1);
    slow.submit(2);
    OnSlowDisk::wait_until(slow.ran, 2);
    while (slow.writer.counters().commits < 2) std::this_thread::yield();
    slow.disk.fail_once();
    slow.disk.let_through(1'000);
    OnSlowDisk::wait_until(slow.answered, 2);
    CHECK(slow.refused == 2);
    CHECK(slow.writer.failed());
    CHECK(refusal_of([&] { slow.writer.await_durable(); }).starts_with("kernel.storage_failed"));
    CHECK(refusal_of([&] { slow.writer.run([](Connection&) {}); }).starts_with("kernel.storage_failed"));
}

TEST_CASE("writer: a reader is shown nothing that is not on disk") {
    OnSlowDisk slow;
    slow.writer.await_durable();  // nothing was saved: nothing to wait for
    slow.submit(1);
    slow.disk.wait_for_sync(1);
    std::latch   taken{1};
    std::int64_t rows = 0;
    int          on_disk = 0;
    std::thread  reader([&] {
        auto connection = slow.engine->connect(Access::read);
        connection->begin_snapshot();
        rows = number(*connection, "SELECT count(*) FROM party");
        taken.count_down();
        slow.writer.await_durable();
        on_disk = slow.disk.finished();
    });
    taken.wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // time to go on, if nothing held it
    slow.disk.let_through(1);
    reader.join();
    CHECK(rows == 1);
    CHECK(on_disk == 1);
    slow.disk.let_through(1'000);
}

TEST_CASE("writer: what waits for the disk counts among what waits") {
    Parties                  parties;
    SlowDisk                 disk(*parties.engine);
    Writer                   writer(disk, {.queue_max = 3});
    std::atomic<int>         ran{0};
    const Writer::Work       work{.run = [&](Connection&) { ++ran; ran.notify_all(); }, .done = {}};
    writer.submit(work);
    disk.wait_for_sync(1);
    for (int i = 0; i < 2; ++i) writer.submit(work);
    OnSlowDisk::wait_until(ran, 3);
    while (writer.counters().commits < 2) std::this_thread::yield();
    // The last group is handed over a moment after its commit.
    std::string refused;
    for (int i = 0; refused.empty() && i < 3; ++i) refused = refusal_of([&] { writer.submit(work); });
    CHECK(refused.starts_with("kernel.too_busy"));
    disk.let_through(1'000);
}

TEST_CASE("durability: who waits longer than the disk should take is told to try again, and is answered when it has taken the commit") {
    Parties    parties;
    SlowDisk   disk(*parties.engine);
    Durability durability(disk);
    auto       connection = parties.engine->connect(Access::write);
    const auto commit     = durability.begin_commit();
    connection->execute("INSERT INTO party (id) VALUES (1)");
    CHECK(refusal_of([&] { durability.await(std::chrono::milliseconds(10)); }).starts_with("kernel.too_busy"));
    disk.let_through(1);
    durability.sync(commit);
    CHECK(refusal_of([&] { durability.await(std::chrono::milliseconds(10)); }) == "");
}

TEST_CASE("writer: when the disk fails, who reads what it did not take is told so") {
    Parties parties;
    parties.engine.reset();
    CHECK(in_a_child([&] {
        auto   engine = open(parties.file);
        Writer writer(*engine);
        writer.run([](Connection& connection) { insert(connection, 1); });
        writer.await_durable();
        if (!break_the_disk()) return false;
        std::latch         answered{1};
        std::exception_ptr failure;
        writer.submit({.run  = [](Connection& connection) { insert(connection, 2); },
                       .done = [&](std::exception_ptr f) { failure = f; answered.count_down(); }});
        answered.wait();
        return failure && refusal_of([&] { writer.await_durable(); }).starts_with("kernel.storage_failed");
    }));
}

}  // namespace tessera::database::writer_test
