#include "api_scenario.h"

using namespace api_tests;

namespace {

// Enough products that a file of them is longer than what is held back or kept waiting on the way.
void fill(tessera::testing::Company& company, int count) {
    company.run([&](tessera::Transaction& tx) {
        for (int i = 0; i < count; ++i)
            company.suite().run_in(tx, {.entity = "catalog.product", .body = fmt::format(R"({{"number":"P{:06}","name":"{}","unit":"EA"}})", i, std::string(200, 'n'))});
    });
}

}  // namespace

TEST_CASE("reports over HTTP: formats, parameters and what is wrong with them") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"JSON is what comes by default", "GET", "/api/reports/catalog.supplier_prices", "", 200, {R"("report":"catalog.supplier_prices")", R"("rows":[)"}},
        {"CSV", "GET", "/api/reports/catalog.supplier_prices?format=csv", "", 200, {}, {"\"report\""}},
        {"a page", "GET", "/api/reports/catalog.supplier_prices?format=html", "", 200, {"<!DOCTYPE html>"}},
        {"a format that is not there", "GET", "/api/reports/catalog.supplier_prices?format=docx", "", 400, {"kernel.unknown_format"}},
        {"a report that is not there", "GET", "/api/reports/catalog.nothing", "", 404},
        {"a parameter that is not there", "GET", "/api/reports/catalog.supplier_prices?colour=red", "", 422, {"colour"}},
        {"a report is not changed", "POST", "/api/reports/catalog.supplier_prices", "{}", 405},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
    const auto file = served.ask({.url = "/api/reports/catalog.supplier_prices?format=csv"});
    CHECK(file["content-disposition"] == "attachment; filename=\"catalog.supplier_prices.csv\"");
    CHECK(file["content-type"].starts_with("text/csv"));
}

TEST_CASE("exports over HTTP: a long file leaves in chunks, waits for a slow client and is whole") {
    ServedCompany served{"catalog"};
    fill(served.company, 5000);
    Client client(served.port());
    const auto file = client.ask({.url = "/api/catalog/products/export.csv"});
    CHECK(file["transfer-encoding"] == "chunked");
    CHECK(std::count(file.body.begin(), file.body.end(), '\n') == 5001);
    CHECK(client.ask({.url = "/healthz"}).status == 200);   // the connection goes on
    CHECK(client.ask({.method = "HEAD", .url = "/api/catalog/products/export.csv"})["content-length"] == std::to_string(file.body.size()));

    const auto old = served.raw("GET /api/catalog/products/export.csv HTTP/1.0\r\n\r\n");
    CHECK(old.substr(old.find("\r\n\r\n") + 4) == file.body);
}

TEST_CASE("exports over HTTP: a client that goes away frees its worker") {
    ServedCompany served({"catalog"}, {.worker_threads = 1});
    fill(served.company, 20'000);
    for (int i = 0; i < 5; ++i) {
        Client gone(served.port());
        gone.send("GET /api/catalog/products/export.csv HTTP/1.1\r\nHost: localhost\r\n\r\n");
        gone.read_some(2s);
    }
    CHECK(served.ask({.url = "/api/reports/catalog.supplier_prices"}).status == 200);
}
