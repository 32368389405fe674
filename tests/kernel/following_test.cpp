#include "follower.h"
#include "workshop_company.h"

#include <doctest/doctest.h>

#include <thread>

using namespace tessera;
using namespace workshop;

namespace {

void change_note(WorkshopCompany& shop, Id<Order> id, const std::string& note, Actor actor = {}) {
    shop.run(
        [&](Transaction& tx) {
            auto order = tx.load(id);
            order.note = note;
            tx.save(order);
        },
        {.name = "test", .actor = std::move(actor)});
}

// What comes last, so that whatever should not have been heard before it would have been.
bool hears_the_last(WorkshopCompany& shop, Follower& follower) {
    const auto last = shop.insert(Customer{.name = "the last"});
    return follower.hears(fmt::format("workshop.customer {} v1 by administrator", last));
}

}  // namespace

TEST_CASE("following: each record that a command changed is told, with its version and by whom, and can be read by then") {
    WorkshopCompany shop;
    std::string     read_when_heard;
    const auto      reads = shop.suite().follow([&](const ChangeNotice& notice) {
        shop.read([&](const Snapshot& tx) { read_when_heard += tx.load(Id<Order>{notice.changes.front().id}).note + "\n"; });
    });
    Follower        follower(shop.suite());
    const auto      id = shop.insert(shop.order("first"));
    change_note(shop, id, "second", {"ada"});
    CHECK(follower.hears(fmt::format("workshop.order {} v2 by ada", id)));
    CHECK(follower.heard() == fmt::format("workshop.order {0} v1 by administrator\nworkshop.order {0} v2 by ada\n", id));
    CHECK(follower.entries() == std::vector{follower.from() + 1, follower.from() + 2});
    const std::string both = "first\nsecond\n", newest = "second\nsecond\n";
    CHECK((read_when_heard == both || read_when_heard == newest));
}

TEST_CASE("following: nothing of a command that was undone is told, though it had written") {
    WorkshopCompany shop;
    Follower        follower(shop.suite());
    CHECK(shop.refusal([&](Transaction& tx) {
              tx.insert(shop.order());
              tx.write_out();
              throw Refused("test.no", "To go on, do not.");
          }) == "test.no: To go on, do not.");
    CHECK(hears_the_last(shop, follower));
    CHECK(std::ranges::count(follower.heard(), '\n') == 1);
}

TEST_CASE("following: of many that are committed together, with refusals among them, each one done is told once and in order") {
    constexpr int            count = 40;
    WorkshopCompany          shop;
    Follower                 follower(shop.suite());
    std::vector<std::thread> writers;
    std::mutex               mutex;
    std::string              expected;
    for (int w = 0; w < 4; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < count; ++i) {
                std::int64_t id = 0;
                shop.refusal([&](Transaction& tx) {
                    id = tx.insert(Customer{.name = fmt::format("{} {}", w, i)}).value;
                    tx.write_out();
                    if (i % 5 == 0) throw Refused("test.no", "To go on, do not.");
                });
                if (i % 5 == 0) continue;
                const std::lock_guard lock(mutex);
                expected += fmt::format("workshop.customer {} v1 by administrator\n", id);
            }
        });
    for (auto& writer : writers) writer.join();
    CHECK(hears_the_last(shop, follower));
    const auto heard = follower.heard();
    CHECK(std::ranges::count(heard, '\n') == 4 * count * 4 / 5 + 1);
    for (std::size_t at = 0; at < expected.size(); at = expected.find('\n', at) + 1)
        CHECK(heard.find(expected.substr(at, expected.find('\n', at) - at + 1)) != std::string::npos);
    CHECK(std::ranges::is_sorted(follower.entries(), std::less_equal<>{}));
}

TEST_CASE("following: a line is told as its document, a ledger only as such, a deleted record as deleted") {
    WorkshopCompany shop;
    const auto      id = shop.insert(shop.order());
    Follower        follower(shop.suite());
    shop.run([&](Transaction& tx) {
        auto line     = tx.load(id).lines.front();
        line.quantity = Quantity::of(3);
        tx.save(line);
    });
    CHECK(follower.hears(fmt::format("workshop.order {} by administrator", id)));
    shop.run([&](Transaction& tx) { tx.insert(Booking{.order_booked = id, .hours = Quantity::of(1), .recorded_at = tx.now()}); });
    CHECK(follower.hears("workshop.booking many by administrator"));
    const auto gone = shop.insert(shop.order("to be deleted"));
    shop.send(shop.remove(gone.value));
    CHECK(follower.hears(fmt::format("workshop.order {} by administrator deleted", gone)));
}

TEST_CASE("following: where SQL has changed a table, and where there are many records, only that is told") {
    WorkshopCompany shop;
    Follower        follower(shop.suite());
    shop.run([](Transaction& tx) { tx.execute("UPDATE workshop_customer SET name = 'Eve'"); });
    CHECK(follower.hears("workshop.customer many by administrator"));
    shop.run([&](Transaction& tx) {
        for (int i = 0; i < 200; ++i) tx.insert(shop.order());
    });
    CHECK(follower.hears("workshop.order many"));
    CHECK(follower.heard().find("workshop.order 1") == std::string::npos);
}

TEST_CASE("following: who follows no longer hears nothing more, and the suite ends with followers") {
    WorkshopCompany shop;
    Follower        gone(shop.suite()), stays(shop.suite());
    gone.follow_no_longer();
    CHECK(hears_the_last(shop, stays));
    CHECK(gone.heard().empty());
    shop.suite().stop();
}

TEST_CASE("following: a follower that takes its time holds up no command") {
    WorkshopCompany   shop;
    std::atomic<bool> go_on = false;
    const auto        slow = shop.suite().follow([&](const ChangeNotice&) {
        while (!go_on) std::this_thread::yield();
    });
    for (int i = 0; i < 20; ++i) shop.insert(shop.order());
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 20);
    go_on = true;
}
