// A request under a key is done once, however often and from however many sides it is asked; numbers of documents have
// no gap, whatever is refused in between.
#include "how_often.h"
#include "served_books.h"

#include <doctest/doctest.h>

#include <random>
#include <set>
#include <thread>

namespace faults {

namespace {

const std::string order = R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})";

std::vector<Answer> at_once(int count, const std::function<Answer(int)>& ask_one) {
    std::vector<Answer>      answers(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&, i] { answers[static_cast<std::size_t>(i)] = ask_one(i); });
    for (auto& thread : threads) thread.join();
    return answers;
}

std::int64_t count(const Server& server, const std::string& path) {
    return part(server.get(path + "?limit=1").body, {"total"}).as_int64();
}

// Over a network that loses things: of three requests one loses its answer, of twenty one is cut while it is sent. Asked again under
// its key until there is an answer.
Answer ask_over_a_bad_network(int port, const Request& request, std::mt19937_64& random) {
    while (true) {
        try {
            const auto luck = random() % 60;
            Client     client(port);
            if (luck < 20) {
                client.ask_without_waiting(request);
            } else if (luck < 23) {
                client.ask_without_waiting(request, random() % 200);
            } else if (const auto answer = client.ask(request); answer.status != 409) {
                return answer;
            }
        } catch (const Lost&) {
            continue;
        }
    }
}

}  // namespace

TEST_CASE("once: thirty-two of the same request make one document and get one answer") {
    const Books books;
    auto        server = std::make_unique<Server>(books);
    const auto  answers =
        at_once(32, [&](int) { return server->post("purchasing/orders?transition=approve", order, "the-key"); });
    std::set<std::string> bodies;
    for (const auto& answer : answers) {
        CHECK_MESSAGE((answer.good() || answer.status == 409), answer.body);
        if (answer.good()) bodies.insert(answer.body);
    }
    CHECK(bodies.size() == 1);
    CHECK(count(*server, "purchasing/orders") == 1);

    // Another request under the same key is told so, and the key outlives the server.
    CHECK(server->post("purchasing/orders?transition=approve", R"({"supplier":2})", "the-key").status == 422);
    server->stop(SIGKILL);
    server = std::make_unique<Server>(books);
    CHECK(server->post("purchasing/orders?transition=approve", order, "the-key").body == *bodies.begin());
    CHECK(count(*server, "purchasing/orders") == 1);
    CHECK(server->stop() == 0);
}

TEST_CASE("once: of sixteen who post, pay and reverse the same document one succeeds") {
    const Books books;
    Server      server(books);
    REQUIRE(server.post("purchasing/orders?transition=approve", order).good());
    const auto one_of = [&](const std::string& what, const std::function<Answer(int)>& ask_one) {
        int good = 0;
        for (const auto& answer : at_once(16, ask_one)) {
            good += answer.good();
            CHECK_MESSAGE((answer.good() || (answer.status >= 400 && answer.status < 500)), what, answer.body);
        }
        CHECK_MESSAGE(good == 1, what);
    };
    one_of("receive", [&](int) {
        return server.post("purchasing/goods_receipts?transition=post",
                           R"({"date":"2020-03-03","lines":[{"order_line":1,"quantity":"1"}]})");
    });
    one_of("invoice", [&](int) {
        return server.post(
            "purchasing/vendor_invoices?transition=post",
            R"({"supplier_number":"A-1","date":"2020-03-04","lines":[{"order_line":1,"quantity":"1","price":"2.00"}]})");
    });
    one_of("pay", [&](int) {
        return server.post("financials/payments?transition=post",
                           R"({"party":1,"date":"2020-03-05","lines":[{"item":1,"amount":"2.00"}]})");
    });
    one_of("reverse", [&](int) {
        return server.post("financials/payments/1/reverse", R"({"date":"2020-03-06","reason":"Twice"})");
    });
    CHECK(server.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("once: eight clients whose answers get lost make one document for each key") {
    const auto keys = asked("TESSERA_KEYS", 200), seed = asked("TESSERA_SEED", 1);
    CAPTURE(to_repeat("keys", keys, seed));
    const Books                     books;
    Server                          server(books);
    std::vector<std::set<std::int64_t>> made(8);
    std::atomic<std::uint64_t>      next = 0, refused = 0;
    at_once(8, [&](int number) {
        std::mt19937_64 random(seed + static_cast<std::uint64_t>(number));
        for (auto key = next++; key < keys; key = next++) {
            const Request request{"POST", "/api/purchasing/orders?transition=approve", order, "key-" + std::to_string(key)};
            const auto    answer = ask_over_a_bad_network(server.port(), request, random);
            if (answer.good()) made[static_cast<std::size_t>(number)].insert(id_of(answer.body));
            else ++refused;
        }
        return Answer{};
    });
    std::set<std::int64_t> all;
    for (const auto& ids : made) all.insert(ids.begin(), ids.end());
    CHECK(refused == 0);
    CHECK(all.size() == keys);
    CHECK(count(server, "purchasing/orders") == static_cast<std::int64_t>(keys));
    CHECK(server.stop() == 0);
    CHECK(books.verified() == "sound");
}

TEST_CASE("numbers: sixteen buyers and every fifth order refused leave no gap") {
    const Books   books;
    Server        server(books);
    const int     each = static_cast<int>(asked("TESSERA_POSTS", 20));
    at_once(16, [&](int) {
        Client client(server.port());
        for (int i = 0; i < each; ++i) {
            const bool bad = i % 5 == 4;
            client.ask({"POST", "/api/purchasing/orders?transition=approve",
                        bad ? R"({"supplier":1,"date":"2020-03-02","lines":[]})" : order, ""});
        }
        return Answer{};
    });
    std::set<std::string> numbers;
    for (int offset = 0; offset < 16 * each; offset += 500) {
        const auto rows = part(
            server.get("purchasing/orders?limit=500&fields=number&offset=" + std::to_string(offset)).body, {"rows"});
        for (const auto& row : rows.as_array()) numbers.insert(std::string(row.as_object().at("number").as_string()));
    }
    const auto good = static_cast<std::size_t>(16 * (each - each / 5));
    CHECK(numbers.size() == good);
    for (std::size_t n = 1; n <= good; ++n) {
        const auto digits = std::to_string(n);
        const auto number = "PO-2020-" + std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
        if (numbers.contains(number)) continue;
        FAIL_CHECK(number, " is missing");
        break;
    }
    CHECK(server.stop() == 0);
}

}  // namespace faults
