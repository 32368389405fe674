// What an operator sees of plugins over HTTP: what they do and cost, which are closed, which were left out.
#include <doctest/doctest.h>

#include "../kernel/workshop_company.h"
#include "containment/meter.h"
#include "served_company.h"

using namespace api_tests;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::int64_t number_after(const std::string& text, std::string_view name) {
    const auto at = text.find(name);
    REQUIRE(at != std::string::npos);
    return std::stoll(text.substr(at + name.size()));
}

struct ServedShop {
    explicit ServedShop(const WorkshopCompany::Modules& modules) : shop(modules), server(shop.suite(), {.port = 0, .actor = tessera::Actor{}}) { server.start(); }
    Answer ask(const Ask& ask) const {
        const auto url = server.url();
        return Client(static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)))).ask(ask);
    }
    WorkshopCompany     shop;
    tessera::HttpServer server;
};

}  // namespace

TEST_CASE("plugins over HTTP: calls, rows, time and failures of each are measured, and which is closed") {
    ServedShop served({"workshop", "unruly"});
    auto&      meter = *served.shop.suite().kernel().find_meter("unruly");
    const auto  calls = [&] { return number_after(served.ask({.url = "/metrics"}).body, "tessera_plugin_calls_total{plugin=\"unruly\"} "); };
    const auto  before = calls();      // its job may have run
    served.ask({"POST", "/api/unruly/things", R"({"name":"quiet"})", {}});
    CHECK(served.ask({"POST", "/api/unruly/things", R"({"name":"throw"})", {}}).status == 500);
    CHECK(calls() >= before + 2);
    const auto metrics = served.ask({.url = "/metrics"}).body;
    CHECK(has(metrics, "tessera_plugin_failures_total{plugin=\"unruly\"} 1"));
    CHECK(has(metrics, "tessera_plugin_seconds_total{plugin=\"unruly\"}"));
    CHECK(has(metrics, "tessera_plugin_rows_total{plugin=\"workshop\"}"));
    CHECK(has(metrics, "tessera_plugin_closed{plugin=\"unruly\"} 0"));
    CHECK(has(served.ask({.url = "/readyz"}).body, R"("closed_plugins":[])"));

    meter.close("for a test");
    CHECK(has(served.ask({.url = "/metrics"}).body, "tessera_plugin_closed{plugin=\"unruly\"} 1"));
    const auto ready = served.ask({.url = "/readyz"});
    CHECK(ready.status == 200);      // the rest of the suite goes on
    CHECK(has(ready.body, R"("closed_plugins":[{"name":"unruly","reason":"for a test"}])"));
    const auto refused = served.ask({"POST", "/api/unruly/things", R"({"name":"quiet"})", {}});
    CHECK(refused.status == 503);
    CHECK(has(refused.body, "plugins.closed"));
    CHECK(served.ask({.url = "/api/unruly/things"}).status == 200);      // what it has can be read
    CHECK(served.ask({"POST", "/api/workshop/customers", R"({"name":"Bea"})", {}}).status == 201);
}

TEST_CASE("plugins over HTTP: one that was left out is named with the reason") {
    const ServedShop served({"workshop", "needs_newer"});
    const auto       ready = served.ask({.url = "/readyz"});
    CHECK(ready.status == 200);
    CHECK(has(ready.body, R"("refused_modules":[{"name":"needs_newer","reason":"To load needs_newer, install the workshop that it needs)"));
}
