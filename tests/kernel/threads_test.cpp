#include "workshop_company.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

using namespace tessera;
using namespace workshop;

TEST_CASE("threads: many write and read at once; every reader sees whole commands only, and nothing is lost") {
    constexpr int   writers = 3, readers = 3, orders = 60;
    WorkshopCompany shop;
    std::atomic<int>  done{0}, torn{0}, failed{0};
    std::atomic<bool> writing{true};

    std::vector<std::thread> reading;
    for (int r = 0; r < readers; ++r)
        reading.emplace_back([&] {
            while (writing) try {
                    shop.read([&](const Snapshot& tx) {
                        // A command writes two orders: no snapshot ever holds an odd number, nor an order without its line.
                        const auto count = tx.value<std::int64_t>("SELECT count(*) FROM workshop_order").value_or(0);
                        const auto lines = tx.value<std::int64_t>("SELECT count(*) FROM workshop_order_line").value_or(0);
                        if (count % 2 || lines != count) ++torn;
                    });
                    for (const auto& row : shop.suite().report({}, "workshop.orders", {}).rows)
                        if (text_of(row[5]) != "20.00") ++torn;
                } catch (const std::exception&) {
                    ++failed;
                }
        });
    std::vector<std::thread> threads;
    for (int w = 0; w < writers; ++w)
        threads.emplace_back([&, w] {
            for (int i = 0; i < orders; ++i) try {
                    shop.run([&](Transaction& tx) {
                        tx.insert(shop.order(fmt::format("{} {}", w, i)));
                        const auto second = tx.insert(shop.order());
                        if (i % 4 == 0) throw Refused("test.no", "To go on, do not.");
                        tx.transition(second, "confirm");
                    });
                    ++done;
                } catch (const Refused&) {
                } catch (const std::exception&) {
                    ++failed;
                }
        });
    for (auto& thread : threads) thread.join();
    writing = false;
    for (auto& thread : reading) thread.join();

    CHECK(failed == 0);
    CHECK(torn == 0);
    CHECK(done == writers * orders * 3 / 4);
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 2 * done);
    CHECK(shop.number("SELECT last FROM kernel_number_series") == done);                                // gapless
    CHECK(shop.number("SELECT count(DISTINCT number) FROM workshop_order WHERE number IS NOT NULL") == done);
    CHECK(shop.number("SELECT count(*) FROM (SELECT at FROM kernel_audit GROUP BY at HAVING count(*) > 1) AS twice") == 0);
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

TEST_CASE("threads: the same request sent by several at once is done once") {
    WorkshopCompany           shop;
    std::vector<std::thread>  threads;
    std::vector<std::int64_t> ids(4);
    for (std::size_t i = 0; i < ids.size(); ++i)
        threads.emplace_back([&, i] {
            auto command                 = shop.create(R"({"customer":1})");
            command.info.idempotency_key = "together";
            command.info.request_digest  = "same";
            ids[i]                       = shop.send(command).id;
        });
    for (auto& thread : threads) thread.join();
    CHECK(std::ranges::all_of(ids, [&](auto id) { return id == ids.front(); }));
    CHECK(shop.number("SELECT count(*) FROM workshop_order") == 1);
}

TEST_CASE("threads: events are delivered once though two deliver at the same time") {
    WorkshopCompany shop;
    for (int i = 0; i < 20; ++i) shop.confirmed_order();
    std::thread other([&] { shop.suite().run_outbox(); });
    shop.suite().run_outbox();
    other.join();
    while (shop.suite().run_outbox() > 0) {}
    CHECK(shop.number("SELECT count(*) FROM workshop_label") == 40);
    CHECK(shop.suite().status().outbox == 0);
}
