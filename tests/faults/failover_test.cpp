// The primary is lost and the standby takes its place: what was acknowledged is there, once, and nobody restarts anything.
#include "buyers.h"
#include "cluster.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace faults {

namespace {

const std::string order = R"({"supplier":1,"date":"2020-03-02","lines":[{"product":1,"quantity":"1","price":"2.00"}]})";

}  // namespace

TEST_SUITE_BEGIN("several servers" * doctest::skip(::getenv("TESSERA_TEST_POSTGRES") == nullptr));

TEST_CASE("failover: the primary is killed under load; everything acknowledged is on the new one, nothing is doubled, no number is missing") {
    Cluster      cluster;
    const Books  books(cluster.location());
    const Server first(books), second(books);
    Buyers       buyers(11);
    buyers.be_patient();
    buyers.work({first.port(), second.port()}, 8);
    buyers.wait_for(150);
    cluster.lose_primary();
    const auto known = buyers.documents();
    cluster.promote();
    buyers.wait_for(known + 100);
    buyers.stop();
    buyers.rest();
    CHECK(buyers.documents() >= known + 100);
    CHECK(buyers.refusals() == std::vector<std::string>{});
    buyers.repeat_unanswered(first);
    buyers.check(second);
    CHECK(books.verified() == "sound");
}

TEST_CASE("failover: while there is no primary who asks gets one sentence and is told to come again; then the same request is done, once") {
    Cluster      cluster;
    const Books  books(cluster.location());
    const Server server(books);
    const auto   before = server.post("purchasing/orders", order, "before");
    REQUIRE(before.good());
    cluster.lose_primary();
    for (const auto& answer : {server.post("purchasing/orders", order, "meanwhile"), server.get("purchasing/orders"), server.get("purchasing/orders/1")}) {
        CHECK(answer.status == 503);
        CHECK(answer.head.find("\r\nRetry-After: ") != std::string::npos);
        const auto sentence = std::string(part(answer.body, {"detail"}).as_string());
        CHECK_MESSAGE(sentence.starts_with("To "), sentence);
        CHECK(std::ranges::count(sentence, '\n') == 0);
    }
    CHECK(ask(server.port(), {.target = "/readyz"}).status == 503);
    cluster.promote();
    CHECK(server.post("purchasing/orders", order, "before").body == before.body);
    const auto after = server.post("purchasing/orders", order, "meanwhile");
    CHECK_MESSAGE(after.good(), after.body);
    CHECK(part(server.get("purchasing/orders?limit=1").body, {"total"}) == 2);
    CHECK(ask(server.port(), {.target = "/readyz"}).status == 200);
    CHECK(books.verified() == "sound");
}

TEST_SUITE_END();

}  // namespace faults
