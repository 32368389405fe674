// Lists and reports are read from a hot standby: never further behind than is allowed, and nobody misses what they saved.
#include "cluster.h"
#include "served_books.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace faults {

namespace {

const std::string order = R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})";

std::string field(const Answer& answer, const std::string& name) {
    const auto begin = answer.head.find("\r\n" + name + ": ");
    if (begin == std::string::npos) return {};
    const auto value = begin + name.size() + 4;
    return answer.head.substr(value, answer.head.find("\r\n", value) - value);
}

Answer orders(const Server& server, const std::string& cookie = {}) { return ask(server.port(), {.target = "/api/purchasing/orders?limit=1", .cookie = cookie}); }

std::int64_t total(const Answer& answer) { return part(answer.body, {"total"}).as_int64(); }

// Asks until the answer is so; the last one in any case.
Answer orders_when(const Server& server, const std::function<bool(const Answer&)>& so) {
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    auto       answer = orders(server);
    while (!so(answer) && std::chrono::steady_clock::now() < latest) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        answer = orders(server);
    }
    return answer;
}

std::ptrdiff_t times(const std::string& text, const std::string& part) {
    std::ptrdiff_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_SUITE_BEGIN("several servers" * doctest::skip(::getenv("TESSERA_TEST_POSTGRES") == nullptr));

TEST_CASE("standby: what is read there says so, who has saved something is not shown less, and too old is not shown at all") {
    const Cluster cluster;
    const Books   books(cluster.location());
    const Server  patient(books, {}, {}, {"--replica", cluster.standby(), "--replica-lag-max", "3600"});
    const Server  strict(books, {}, {}, {"--replica", cluster.standby(), "--replica-lag-max", "2"});
    const auto    from = [](const std::string& source) { return [=](const Answer& answer) { return field(answer, "Tessera-Source") == source; }; };
    CHECK(total(orders_when(strict, from("replica"))) == 0);

    cluster.ask_standby("SELECT pg_wal_replay_pause()");
    const auto made   = patient.post("purchasing/orders", order);
    const auto cookie = field(made, "Set-Cookie");
    REQUIRE_MESSAGE(made.good(), made.body);
    CHECK(total(orders(patient, cookie.substr(0, cookie.find(';')))) == 1);

    const auto behind = orders_when(patient, [](const Answer& answer) { return !field(answer, "Tessera-Behind").empty(); });
    CHECK(field(behind, "Tessera-Source") == "replica");
    CHECK(total(behind) == 0);
    CHECK(times(patient.get("reports/financials.trial_balance?format=text").body, ", from the replica, ") == 1);
    CHECK(patient.get("purchasing/orders/1").good());
    const auto seen = orders_when(strict, [&](const Answer&) { return times(strict.errors(), "until the replica can be used") > 0; });
    CHECK(field(seen, "Tessera-Source") == "primary");
    CHECK(total(seen) == 1);
    CHECK(part(ask(strict.port(), {.target = "/readyz"}).body, {"replica", "in_use"}) == false);

    cluster.ask_standby("SELECT pg_wal_replay_resume()");
    for (const auto* server : {&patient, &strict}) {
        const auto level = orders_when(*server, [&](const Answer& answer) { return from("replica")(answer) && total(answer) == 1; });
        CHECK(field(level, "Tessera-Source") == "replica");
    }
    CHECK(field(orders_when(patient, [](const Answer& answer) { return field(answer, "Tessera-Behind").empty(); }), "Tessera-Behind") == "");
    orders_when(strict, [&](const Answer&) { return times(strict.errors(), "are read from the replica") > 0; });
    CHECK(times(strict.errors(), "until the replica can be used") == 1);
    CHECK(times(strict.errors(), "are read from the replica") == 1);
    CHECK(times(patient.errors(), "replica") == 0);
    const auto doctor = books.tessera({"doctor", "--replica", cluster.standby()}).output;
    CHECK_MESSAGE(times(doctor, "ok      replica ") == 1, doctor);
}

TEST_CASE("standby: when it is lost nobody notices, and the primary answers; what it has can be read without a primary") {
    Cluster      cluster;
    const Books  books(cluster.location());
    const Server server(books, {}, {}, {"--replica", cluster.standby()});
    REQUIRE(server.post("purchasing/orders", order).good());
    REQUIRE(total(orders_when(server, [](const Answer& answer) { return field(answer, "Tessera-Source") == "replica" && total(answer) == 1; })) == 1);

    SUBCASE("the standby is lost") {
        cluster.lose_standby();
        for (int i = 0; i < 50; ++i) {
            CHECK(orders(server).good());
            CHECK(server.get("reports/financials.trial_balance").good());
        }
        CHECK(field(orders(server), "Tessera-Source") == "primary");
    }
    SUBCASE("the primary is lost") {
        cluster.lose_primary();
        const auto report = books.tessera({"report", "financials.trial_balance", "--replica", cluster.standby()});
        CHECK_MESSAGE(report.code == 0, report.errors);
        CHECK(times(report.output, ", from the replica\n") == 1);
    }
}

TEST_CASE("standby: a replica that is none is refused at the start, with one sentence") {
    const Books books, others;
    const auto  refusal = [&](const std::string& replica) {
        const auto ended = books.tessera({"serve", "--listen", "127.0.0.1:0", "--replica", replica});
        CHECK(ended.code == 1);
        CHECK(ended.output == "");
        CHECK(std::ranges::count(ended.errors, '\n') == 1);
        return ended.errors;
    };
    CHECK(times(refusal(others.location()), "it holds other books") == 1);
    CHECK(times(refusal("postgresql://[::1/books"), "write postgresql://USER@HOST:PORT/DATABASE") == 1);
    CHECK(times(refusal("postgresql://127.0.0.1:1/books"), "see that its server runs and lets you in") == 1);
    CHECK(times(refusal(std::string(::getenv("TESSERA_TEST_POSTGRES")) + "/postgres"), "no books are there") == 1);
}

TEST_SUITE_END();

}  // namespace faults
