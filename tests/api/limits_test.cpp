// What one client may take of the server: connections, requests, time of its workers.
#include "../kernel/workshop_company.h"
#include "served_company.h"

#include <doctest/doctest.h>

#include <thread>

using namespace api_tests;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Repair orders behind a server with one worker; its report "workshop.numbers" counts as far as it is told.
struct ServedShop {
    WorkshopCompany     shop;
    tessera::HttpServer server;

    explicit ServedShop(tessera::ServeLimits limits) : server(shop.suite(), {.port = 0, .actor = tessera::Actor{}, .worker_threads = 1, .limits = limits}) { server.start(); }
    unsigned short port() const {
        const auto url = server.url();
        return static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)));
    }
    Answer numbers(const std::string& upto) { return Client(port()).ask({.url = "/api/reports/workshop.numbers?to=" + upto}); }
};

}  // namespace

TEST_CASE("limits: nobody holds more connections than its address may, and each that ends makes room") {
    ServedCompany served({"catalog"}, {.limits = {.address_connections_max = 2, .address_limits_for_this_machine = true}});
    {
        Client first(served.port()), second(served.port());
        CHECK(first.ask({.url = "/healthz"}).status == 200);
        CHECK(second.ask({.url = "/healthz"}).status == 200);
        CHECK(Client(served.port()).read_answer().status == 503);
        CHECK(has(first.ask({.url = "/metrics"}).body, "tessera_http_connections_refused_total 1"));
    }
    std::this_thread::sleep_for(100ms);
    CHECK(served.ask({.url = "/healthz"}).status == 200);
}

TEST_CASE("limits: who asks too often is told when to ask again") {
    ServedCompany served({"catalog"},
                         {.limits = {.address_requests_per_second = 1, .address_requests_at_once = 3, .address_limits_for_this_machine = true}});
    Client client(served.port());
    for (int i = 0; i < 3; ++i) CHECK(client.ask({.url = "/healthz"}).status == 200);
    const auto refused = client.ask({.url = "/healthz"});
    CHECK(refused.status == 429);
    CHECK(has(refused.body, "kernel.too_many_requests"));
    CHECK(std::stoi("0" + refused["retry-after"]) >= 1);
}

TEST_CASE("limits: this machine, and so a proxy on it, is not limited unless that is wanted") {
    ServedCompany served({"catalog"}, {.limits = {.address_connections_max = 1, .address_requests_per_second = 1, .address_requests_at_once = 1}});
    Client        first(served.port()), second(served.port());
    for (int i = 0; i < 10; ++i) CHECK(first.ask({.url = "/healthz"}).status == 200);
    CHECK(second.ask({.url = "/healthz"}).status == 200);
}

TEST_CASE("limits: what is compressed is not taken, so that nothing small can become large") {
    ServedCompany served{"catalog"};
    const auto    refused = served.ask({"POST", "/api/catalog/units", "\x1f\x8b", {"Content-Encoding: gzip"}});
    CHECK(refused.status == 415);
    CHECK(has(refused.body, "kernel.unknown_encoding"));
    CHECK(served.ask({"POST", "/api/catalog/units", R"({"code":"PLAIN"})", {"Content-Encoding: identity"}}).status == 201);
}

TEST_CASE("limits: a report that takes too long is cancelled, and the next one finds its worker free") {
    ServedShop served({.job_time_max = 200ms});
    for (int i = 0; i < 2; ++i) {
        const auto slow = Client(served.port()).ask({.method = "HEAD", .url = "/api/reports/workshop.numbers?to=1000000000000"});
        CHECK(slow.status == 503);
    }
    CHECK(served.numbers("3").status == 200);
}

TEST_CASE("limits: a report whose client has gone is cancelled, and the next one finds its worker free") {
    ServedShop served({.job_time_max = std::chrono::hours(1)});
    for (int i = 0; i < 3; ++i)
        Client(served.port()).send("HEAD /api/reports/workshop.numbers?to=1000000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(served.numbers("3").status == 200);
}

TEST_CASE("limits: a report of too many rows is cancelled") {
    ServedShop served({.report_rows_max = 1000});
    CHECK(served.numbers("1000").status == 200);
    const auto refused = served.numbers("1001");
    CHECK(refused.status == 503);
    CHECK(has(refused.body, "kernel.too_many_rows"));
}
