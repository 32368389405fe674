#include "workshop_company.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <thread>

using namespace tessera;
using namespace workshop;

namespace {

const Date monday = Date(2026, 3, 2), tuesday = Date(2026, 3, 3);

std::string kept(const Snapshot& tx) {
    struct Row {
        Date         day{};
        std::int64_t order = 0;
        Quantity     hours{};
        Money        worth{};
    };
    std::string text;
    for (const auto& row : tx.rows<Row>("SELECT day, order_booked, hours, worth FROM workshop_hours_of_day ORDER BY day, order_booked"))
        text += fmt::format("{}/{} {} {}; ", row.day, row.order, row.hours, row.worth);
    return text;
}

std::string kept(WorkshopCompany& shop) {
    std::string text;
    shop.read([&](const Snapshot& tx) { text = kept(tx); });
    return text;
}

HoursOfDay worked(Date day, std::int64_t order, int hours, const char* worth = "0.00") {
    return {day, Id<Order>{order}, Quantity::of(hours), Money::parse(worth, Currency::of("USD"))};
}

}  // namespace

TEST_CASE("balances: what commands add is summed by its keys, and SQL that names the table sees it at once") {
    WorkshopCompany shop;
    shop.run([&](Transaction& tx) {
        tx.add(worked(tuesday, 1, 2, "20.00"));
        tx.add(worked(monday, 1, 3, "30.00"));
        CHECK(kept(tx) == "2026-03-02/1 3 30.00; 2026-03-03/1 2 20.00; ");
        tx.add(worked(monday, 1, 1, "10.50"));
        tx.add(worked(monday, 0, 4));                                                  // of no order
        CHECK(kept(tx) == "2026-03-02/0 4 0.00; 2026-03-02/1 4 40.50; 2026-03-03/1 2 20.00; ");
    });
    shop.run([&](Transaction& tx) { tx.add(worked(monday, 1, -4, "-40.50")); });
    CHECK(kept(shop) == "2026-03-02/0 4 0.00; 2026-03-02/1 0 0.00; 2026-03-03/1 2 20.00; ");
}

TEST_CASE("balances: a command that is refused takes what it added with it, wherever it was refused") {
    WorkshopCompany shop;
    const auto      no = Refused("test.no", "To pass, stop here.");
    shop.suite().bulk([&](const Suite::Bulk& command) {
        command({.name = "test"}, [&](Transaction& tx) { tx.add(worked(monday, 1, 1)); });
        CHECK(refusal_of([&] {
                  command({.name = "test"}, [&](Transaction& tx) {
                      tx.add(worked(monday, 1, 10));
                      CHECK(kept(tx) == "2026-03-02/1 11 0.00; ");                     // written, with what waited of the first
                      throw no;
                  });
              }) == "test.no: To pass, stop here.");
        CHECK_THROWS_AS(command({.name = "test"}, [&](Transaction& tx) {
                            tx.add(worked(tuesday, 1, 10));
                            throw no;
                        }),
                        Refused);
        command({.name = "test"}, [&](Transaction& tx) {
            tx.add(worked(monday, 1, 2));
            CHECK(kept(tx) == "2026-03-02/1 3 0.00; ");
        });
    });
    CHECK(kept(shop) == "2026-03-02/1 3 0.00; ");
}

TEST_CASE("balances: a command is told what a balance is, with all that was added and without what was undone") {
    WorkshopCompany shop;
    const auto      hours = [](const Snapshot& tx) { return tx.balance(worked(monday, 1, 0)).hours; };
    shop.suite().bulk([&](const Suite::Bulk& command) {
        command({.name = "test"}, [&](Transaction& tx) {
            CHECK(hours(tx) == Quantity{});
            tx.add(worked(monday, 1, 3));
            tx.add(worked(monday, 0, 9));
            CHECK(hours(tx) == Quantity::of(3));
        });
        CHECK_THROWS_AS(command({.name = "test"}, [&](Transaction& tx) {
                            tx.add(worked(monday, 1, 10));
                            CHECK(kept(tx) == "2026-03-02/0 9 0.00; 2026-03-02/1 13 0.00; ");
                            tx.add(worked(monday, 1, 100));
                            CHECK(hours(tx) == Quantity::of(113));
                            throw Refused("test.no", "To pass, stop here.");
                        }),
                        Refused);
        command({.name = "test"}, [&](Transaction& tx) {
            CHECK(hours(tx) == Quantity::of(3));
            tx.execute("UPDATE workshop_hours_of_day SET hours = hours * 2");
            CHECK(hours(tx) == Quantity::of(6));
        });
        CHECK_THROWS_AS(command({.name = "test"}, [&](Transaction& tx) {
                            tx.execute("UPDATE workshop_hours_of_day SET hours = hours * 100");
                            CHECK(hours(tx) == Quantity::of(600));
                            throw Refused("test.no", "To pass, stop here.");
                        }),
                        Refused);
        command({.name = "test"}, [&](Transaction& tx) { CHECK(hours(tx) == Quantity::of(6)); });
    });
    shop.read([&](const Snapshot& tx) { CHECK(hours(tx) == Quantity::of(6)); });
    CHECK(shop.refusal([&](Transaction& tx) {
        tx.add(worked(monday, 1, 1));
        throw Refused("test.no", "To pass, stop here.");
    }) == "test.no: To pass, stop here.");
    shop.run([&](Transaction& tx) { CHECK(hours(tx) == Quantity::of(6)); });
}

TEST_CASE("balances: many clients at once, and every fifth of them refused, leave the sum of what was accepted") {
    WorkshopCompany          shop;
    std::vector<std::thread> clients;
    for (int client = 1; client <= 8; ++client)
        clients.emplace_back([&, client] {
            for (int i = 0; i < 50; ++i) try {
                    shop.suite().write({.name = "test"}, [&](Transaction& tx) {
                        tx.add(worked(monday, client % 2, 1));
                        if (i % 10 == 0) tx.insert(Customer{.name = "not to stay"});
                        tx.write_out();                                                // so that something is to be undone
                        if (i % 5 == 0) throw Refused("test.no", "To pass, stop here.");
                    });
                } catch (const Refused&) {
                }
        });
    for (auto& client : clients) client.join();
    CHECK(kept(shop) == "2026-03-02/0 160 0.00; 2026-03-02/1 160 0.00; ");
}

TEST_CASE("balances: one that nobody declared is our mistake") {
    struct Undeclared {
        std::int64_t sum = 0;
    };
    WorkshopCompany shop;
    CHECK(shop.refusal([](Transaction& tx) { tx.add(Undeclared{1}); }).starts_with("mistake: no balance is declared for "));
}

TEST_CASE("balances: one command whose sum is too great is refused alone") {
    WorkshopCompany shop;
    const auto big = [](int day) { return HoursOfDay{Date(2026, 3, day), Id<Order>{}, Quantity{}, Money{9'000'000'000'000'000'000, Currency::of("USD")}}; };
    shop.run([&](Transaction& tx) { tx.add(big(2)); });
    std::latch               done(4);
    std::vector<std::string> answers(4);
    const auto answer = [&](int i) {
        return [&, i](std::exception_ptr failure) {
            if (failure) try { std::rethrow_exception(failure); } catch (const std::exception& e) { answers[i] = e.what(); }
            done.count_down();
        };
    };
    std::atomic<bool> all{false};
    shop.suite().submit({.name = "slow"}, [&](Transaction&) { while (!all) std::this_thread::yield(); }, answer(0));
    shop.suite().submit({.name = "good"}, [&](Transaction& tx) { tx.insert(Tool{.code = "G1"}); }, answer(1));
    shop.suite().submit({.name = "bad"}, [&](Transaction& tx) { tx.add(big(2)); }, answer(2));
    shop.suite().submit({.name = "good"}, [&](Transaction& tx) { tx.insert(Tool{.code = "G2"}); }, answer(3));
    all = true;
    done.wait();
    CHECK(answers[0] == "");
    CHECK(answers[1] == "");
    CHECK(answers[2] != "");
    CHECK(answers[3] == "");
}

TEST_CASE("balances: a bulk whose commit failed does not go on as if it were kept") {
    WorkshopCompany shop;
    auto options = shop.options({"workshop"});
    options.bulk_group_max = 1;
    shop.open_with(options);
    const auto usd = Currency::of("USD");
    const auto big = [&](std::int64_t n) { return HoursOfDay{Date(2026, 3, 3), Id<Order>{}, Quantity{}, Money{n, usd}}; };
    shop.run([&](Transaction& tx) { tx.add(big(9'000'000'000'000'000'000)); });
    std::string refused;
    const auto whole = refusal_of([&] { shop.suite().bulk([&](const Suite::Bulk& command) {
        refused = refusal_of([&] { command({.name = "one"}, [&](Transaction& tx) {
            tx.add(HoursOfDay{Date(2026, 3, 2), Id<Order>{}, Quantity::of(1), Money{0, usd}});
            tx.add(big(9'000'000'000'000'000'000));
        }); });
        refusal_of([&] { command({.name = "two"}, [&](Transaction& tx) { tx.add(big(-9'000'000'000'000'000'000)); }); });
    }); });
    const auto hours = shop.number("SELECT hours FROM workshop_hours_of_day WHERE day = '2026-03-02'");
    CHECK(refused != "");
    CHECK(whole != "");
    CHECK(hours == 0);
}
