// What the server writes down: what an operator needs, nothing that is secret, and never at the cost of the work.
#include "served_company.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include <fstream>
#include <sstream>
#include <thread>

using namespace api_tests;
using tessera::ServeLog;
using tessera::testing::Company;

namespace {

// A server that logs into a file, stopped before that is read.
struct Logged {
    Company                  lends_its_folder{"catalog"};
    std::filesystem::path    file;
    std::unique_ptr<ServedCompany> served;

    explicit Logged(ServeLog options, bool every_request = true) : file(lends_its_folder.directory() / "server.log") {
        options.file = file.string();
        served       = std::make_unique<ServedCompany>(std::initializer_list<const char*>{"catalog"},
                                                 tessera::ServeOptions{.log_every_request = every_request, .log = options});
    }
    std::vector<std::string> lines() {  // those about requests
        served.reset();
        std::ifstream            input(file);
        std::vector<std::string> all;
        for (std::string line; std::getline(input, line);)
            if (line.find("request") != std::string::npos) all.push_back(line);
        return all;
    }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("log: as JSON each line is one object that says who asked for what, and how it went") {
    Logged logged({.format = ServeLog::Format::json});
    logged.served->ask({.url = "/api/catalog/units?code=EA"});
    logged.served->ask({.url = "/api/nothing%0ahere\"<"});
    const auto lines = logged.lines();
    REQUIRE(lines.size() == 2);
    const auto first = boost::json::parse(lines[0]).as_object(), second = boost::json::parse(lines[1]).as_object();
    CHECK(first.at("level") == "info");
    CHECK(first.at("method") == "GET");
    CHECK(first.at("path") == "/api/catalog/units");
    CHECK(first.at("status") == 200);
    CHECK(second.at("level") == "warning");
    CHECK(second.at("status") == 400);
    CHECK(first.at("request") != second.at("request"));
}

TEST_CASE("log: as text each line is one for people") {
    Logged logged({.format = ServeLog::Format::text});
    logged.served->ask({.url = "/api/nothing"});
    const auto lines = logged.lines();
    REQUIRE(lines.size() == 1);
    CHECK(has(lines[0], " warning GET /api/nothing 404 in "));
    CHECK(has(lines[0], " ms, request "));
}

TEST_CASE("log: less than its level is not written down") {
    Logged logged({.level = ServeLog::Level::error});
    logged.served->ask({.url = "/healthz"});
    logged.served->ask({.url = "/api/nothing"});
    CHECK(logged.lines().empty());
}

TEST_CASE("log: no header, cookie, query or body is ever written down") {
    for (const auto format : {ServeLog::Format::json, ServeLog::Format::text}) {
        Logged logged({.format = format});
        auto&  served = *logged.served;
        served.ask({.url     = "/api/catalog/units?search=sesame&token=sesame",
                    .headers = {"Authorization: Bearer sesame", "Cookie: session=sesame", "Idempotency-Key: sesame"}});
        served.ask({"POST", "/api/catalog/units", R"({"code":"S","password":"sesame"})", {"Cookie: session=sesame", "X-Api-Key: sesame"}});
        served.ask({"POST", "/api/catalog/units?transition=sesame", R"({"password":)", {}});
        served.ask({.url = "/api/reports/catalog.supplier_prices?product=sesame"});
        served.raw("GET /healthz?sesame HTTP/1.1\r\nHost: sesame\r\nAuthorization: Basic sesame\r\n\r\n");
        served.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nsesame\r\n\r\n");
        const auto lines = logged.lines();
        CHECK(lines.size() >= 5);
        for (const auto& line : lines) CHECK_MESSAGE(!has(line, "sesame"), line);
    }
}

TEST_CASE("log: a file that was moved away is begun anew") {
    Logged logged({});
    logged.served->ask({.url = "/before"});
    const auto moved = logged.file.string() + ".1";
    const auto is_written = [&] {
        std::ifstream input(logged.file);
        return has(std::string(std::istreambuf_iterator<char>(input), {}), "/before");
    };
    for (int i = 0; i < 100 && !is_written(); ++i) std::this_thread::sleep_for(20ms);
    std::filesystem::rename(logged.file, moved);
    logged.served->server.reload();
    logged.served->ask({.url = "/after"});
    const auto lines = logged.lines();
    REQUIRE(lines.size() == 1);
    CHECK(has(lines[0], "/after"));
    std::ifstream     old(moved);
    std::stringstream text;
    text << old.rdbuf();
    CHECK(has(text.str(), "/before"));
}

TEST_CASE("log: where it finds no room everything else goes on, and what is lost is counted") {
    ServedCompany served({"catalog"}, {.log_every_request = true, .log = {.file = "/dev/full"}});
    for (int i = 0; i < 20; ++i) CHECK(served.ask({"POST", "/api/catalog/units", "{\"code\":\"L" + std::to_string(i) + "\"}"}).status == 201);
    std::string metrics;
    for (int i = 0; i < 100 && !has(metrics, "tessera_log_lines_lost_total 2"); ++i) {
        std::this_thread::sleep_for(10ms);
        metrics = served.ask({.url = "/metrics"}).body;
    }
    CHECK(has(metrics, "tessera_log_lines_lost_total 2"));
    CHECK(served.ask({.url = "/readyz"}).status == 200);
}

TEST_CASE("log: a file that cannot be opened stops the server before it starts") {
    Company company{"catalog"};
    try {
        const tessera::HttpServer server(company.suite(), {.port = 0, .log = {.file = "/nowhere/at/all.log"}});
        FAIL("it was opened");
    } catch (const tessera::Refused& refused) {
        CHECK(refused.code() == "kernel.no_log");
    }
}
