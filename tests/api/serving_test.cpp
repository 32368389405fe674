#include "api_scenario.h"

#include <fstream>
#include <thread>

using namespace api_tests;

namespace {

std::string refusal_of_listening(const std::string& address, unsigned short port = 0) {
    tessera::testing::Company company{"catalog"};
    tessera::HttpServer       server(company.suite(), {.address = address, .port = port, .actor = tessera::Actor{}});
    try {
        server.start();
    } catch (const tessera::Refused& refused) {
        return refused.code();
    }
    return {};
}

void write(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("serving: only this machine is served while nobody signs in") {
    CHECK(refusal_of_listening("0.0.0.0") == "kernel.not_loopback");
    CHECK(refusal_of_listening("192.0.2.1") == "kernel.not_loopback");
    CHECK(refusal_of_listening("::") == "kernel.not_loopback");
    CHECK(refusal_of_listening("somewhere") == "kernel.wrong_address");
    CHECK(refusal_of_listening("127.0.0.2") == "");
    CHECK(refusal_of_listening("localhost") == "");
    ServedCompany served{"catalog"};
    CHECK(refusal_of_listening("127.0.0.1", served.port()) == "kernel.address_in_use");
}

TEST_CASE("serving: what an operator asks") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"alive", "GET", "/healthz", "", 200, {"ok"}},
        {"ready", "GET", "/readyz", "", 200, {R"("ready":true)", R"("refused_modules":[])"}},
        {"measured", "GET", "/metrics", "", 200, {"tessera_http_requests_total{route=\"operation\",status=\"2xx\"}", "tessera_commits_total", "tessera_writable 1"}},
        {"not to be changed", "POST", "/metrics", "", 405},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}

TEST_CASE("serving: pages, their compressed forms and their caching") {
    const tessera::testing::Company anywhere{"catalog"};   // lends its temporary directory
    const auto                      web = anywhere.directory() / "web";
    write(web / "index.html", "<!doctype html>the page");
    write(web / "assets/main-a1b2c3d4.js", "plain script");
    write(web / "assets/main-a1b2c3d4.js.gz", "gzipped script");
    write(anywhere.directory() / "secret.txt", "secret");
    std::filesystem::create_symlink(anywhere.directory() / "secret.txt", web / "link.txt");
    ServedCompany served({"catalog"}, {.web_directory = web.string()});
    Client        client(served.port());

    const ApiScenario scenarios[] = {
        {"the first page", "GET", "/", "", 200, {"the page"}},
        {"a page of the UI", "GET", "/purchasing/orders/7", "", 200, {"the page"}},
        {"a file that is not there", "GET", "/nothing.js", "", 404},
        {"out of the folder", "GET", "/../secret.txt", "", 404, {}, {"secret\""}},
        {"out of the folder, encoded", "GET", "/%2e%2e/secret.txt", "", 404},
        {"a slash, encoded", "GET", "/assets%2fmain-a1b2c3d4.js", "", 200, {"plain script"}},
        {"a link out of the folder", "GET", "/link.txt", "", 404},
        {"an unknown address of the API is no page", "GET", "/api/nothing", "", 404},
    };
    for (const auto& scenario : scenarios) run(served, scenario);

    const auto page = client.ask({.url = "/"});
    CHECK(page["content-type"] == "text/html; charset=utf-8");
    CHECK(page["cache-control"] == "no-cache");
    CHECK(client.ask({.url = "/", .headers = {"If-None-Match: " + page["etag"]}}).status == 304);
    const auto script = client.ask({.url = "/assets/main-a1b2c3d4.js", .headers = {"Accept-Encoding: br, gzip"}});
    CHECK(script.body == "gzipped script");
    CHECK(script["content-encoding"] == "gzip");
    CHECK(script["vary"] == "Accept-Encoding");
    CHECK(script["cache-control"] == "public, max-age=31536000, immutable");
    CHECK(client.ask({.url = "/assets/main-a1b2c3d4.js"}).body == "plain script");
}

TEST_CASE("serving: long answers are compressed for whom that suits, and a catalogue that one has is not sent again") {
    ServedCompany served{"catalog"};
    Client        client(served.port());
    const auto    plain   = client.ask({.url = "/api/catalogue"});
    const auto    shorter = client.ask({.url = "/api/catalogue", .headers = {"Accept-Encoding: gzip, br"}});
    CHECK(plain["content-encoding"] == "");
    CHECK(plain["vary"] == "Accept-Encoding");
    CHECK(shorter["content-encoding"] == "gzip");
    CHECK(shorter.body.starts_with("\x1f\x8b"));
    CHECK(shorter.body.size() < plain.body.size() / 3);
    CHECK(client.ask({.url = "/api/catalogue", .headers = {"Accept-Encoding: gzip;q=0"}}).body == plain.body);
    CHECK(client.ask({.url = "/healthz", .headers = {"Accept-Encoding: gzip"}})["content-encoding"] == "");

    CHECK(plain["cache-control"] == "private, no-cache");
    const auto known = client.ask({.url = "/api/catalogue", .headers = {"If-None-Match: " + plain["etag"]}});
    CHECK(known.status == 304);
    CHECK(known["vary"] == "Accept-Encoding");
    CHECK(known.body == "");
    CHECK(client.ask({.url = "/api/catalogue", .headers = {"If-None-Match: W/\"of-yesterday\""}}).body == plain.body);
    ServedCompany more{"catalog", "financials"};
    const auto    other = more.ask({.url = "/api/catalogue", .headers = {"If-None-Match: " + plain["etag"]}});
    CHECK(other.status == 200);
    CHECK(other.body.find("financials.account") != std::string::npos);
}

TEST_CASE("serving: slow and silent clients are sent away, the others are not kept waiting") {
    ServedCompany served({"catalog"}, {.limits = {.header_time_max = 300ms, .body_time_max = 300ms, .idle_time_max = 600ms}});
    Client        silent(served.port()), slow_header(served.port()), slow_body(served.port());
    slow_header.send("GET / HTTP/1.1\r\nHost: loc");
    slow_body.send("POST /api/catalog/units HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
    CHECK(served.ask({.url = "/healthz"}).status == 200);
    CHECK(slow_header.read_answer().status == 408);
    CHECK(slow_body.read_answer().status == 408);
    CHECK(silent.closed_within(3s));
}

TEST_CASE("serving: beyond its connections the server says so, and serves again when one is free") {
    ServedCompany served({"catalog"}, {.limits = {.connections_max = 2}});
    {
        Client first(served.port()), second(served.port());
        CHECK(first.ask({.url = "/healthz"}).status == 200);
        CHECK(second.ask({.url = "/healthz"}).status == 200);
        CHECK(Client(served.port()).read_answer().status == 503);
        CHECK(first.ask({.url = "/healthz"}).status == 200);
    }
    std::this_thread::sleep_for(100ms);
    CHECK(served.ask({.url = "/healthz"}).status == 200);
}

TEST_CASE("serving: stopping answers what is in flight, closes what is idle, and loses nothing acknowledged") {
    ServedCompany            served{"catalog"};
    Client                   idle(served.port());
    std::atomic<int>         acknowledged{0};
    std::atomic<bool>        stop{false};
    std::vector<std::thread> clients;
    CHECK(idle.ask({.url = "/healthz"}).status == 200);
    for (int c = 0; c < 4; ++c)
        clients.emplace_back([&, c] {
            for (int i = 0; !stop; ++i) try {
                    const auto body = "{\"code\":\"S" + std::to_string(c) + "-" + std::to_string(i) + "\"}";
                    const auto answer = Client(served.port()).ask({"POST", "/api/catalog/units", body});
                    if (answer.status == 201) ++acknowledged;
                } catch (const std::runtime_error&) {
                    return;
                }
        });
    std::this_thread::sleep_for(300ms);
    served.server.stop(10s);
    stop = true;
    for (auto& client : clients) client.join();
    CHECK(idle.closed_within(1s));
    CHECK(acknowledged > 0);
    CHECK(served.company.value<std::int64_t>("SELECT count(*) FROM catalog_unit WHERE code LIKE 'S%-%'").value_or(0) >= acknowledged);
}
