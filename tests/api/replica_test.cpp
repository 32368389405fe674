// A copy of the books stands for a replica that takes nothing over any more.
#include "served_company.h"

#include "database/engine.h"
#include "migrations/copy.h"

#include <tessera/replica.h>

#include <doctest/doctest.h>

#include <boost/json.hpp>

using namespace api_tests;

namespace {

struct FollowedCompany {
    tessera::testing::Company            company{"catalog"};
    tessera::testing::Database           place{company.directory(), "replica"};
    std::unique_ptr<tessera::Replica>    replica;
    std::unique_ptr<tessera::HttpServer> server;

    FollowedCompany() {
        auto& suite = company.suite();
        suite.run({.entity = "catalog.product", .body = R"({"number":"P1","name":"Bolt","unit":"EA"})"});
        tessera::migrations::copy(suite.database_name(), place.location(), suite.kernel());
        replica = std::make_unique<tessera::Replica>(suite, tessera::SuiteOptions{.database = place.location(), .only_modules = {"catalog"}}, 1h);
        server  = std::make_unique<tessera::HttpServer>(suite, tessera::ServeOptions{.port = 0, .actor = tessera::Actor{}, .replica = replica.get()});
        server->start();
    }
    Answer ask(const Ask& ask) const { return Client(static_cast<unsigned short>(std::stoi(server->url().substr(server->url().rfind(':') + 1)))).ask(ask); }
    Answer create(const std::string& number) const {
        return ask({"POST", "/api/catalog/products", R"({"number":")" + number + R"(","name":"Nut","unit":"EA"})", {}});
    }
    void damage_replica() const { tessera::database::open(place.location())->connect(tessera::database::Access::write)->execute("ALTER TABLE catalog_product RENAME TO gone"); }
};

std::int64_t total(const Answer& answer) { return boost::json::parse(answer.body).at("total").as_int64(); }

std::int64_t change_in(const Answer& answer) { return std::stoll(answer["set-cookie"].substr(std::string_view("tessera_change=").size())); }

const char* const reads[] = {"/api/catalog/products", "/api/catalog/products?search=bolt", "/api/catalog/products/export.csv", "/api/reports/catalog.supplier_prices",
                             "/api/reports/catalog.supplier_prices?format=csv"};

}  // namespace

TEST_CASE("replica over HTTP: lists, exports and reports are read there and say so; one record, its history and the catalogue are not") {
    const FollowedCompany f;
    for (const std::string url : reads) {
        CAPTURE(url);
        const auto answer = f.ask({.url = url});
        CHECK(answer.status == 200);
        CHECK(answer["tessera-source"] == "replica");
        CHECK(answer["tessera-as-of"].ends_with("Z"));
        CHECK(answer["tessera-behind"] == "");
    }
    for (const std::string url : {"/api/catalog/products/1", "/api/catalog/products/1/history", "/api/catalog/products/1/related", "/api/catalogue"}) {
        CAPTURE(url);
        const auto answer = f.ask({.url = url});
        CHECK(answer.status == 200);
        CHECK(answer["tessera-source"] == "");
    }
}

TEST_CASE("replica over HTTP: JSON and pages say as of when they are, the files of programs are as from the primary") {
    const FollowedCompany f;
    const auto            report = [&](const std::string& format) { return f.ask({.url = "/api/reports/catalog.supplier_prices?format=" + format}).body; };
    CHECK(boost::json::parse(report("json")).at("as_of").as_string().ends_with("Z"));
    for (const auto* format : {"html", "text"}) CHECK(report(format).find(" UTC, from the replica") != std::string::npos);
    const auto csv = report("csv"), list = f.ask({.url = reads[0]}).body;
    f.replica->stop();
    f.damage_replica();
    CHECK(report("csv") == csv);
    CHECK(f.ask({.url = reads[0]}).body == list);
    for (const auto* format : {"html", "text"}) CHECK(report(format).find("replica") == std::string::npos);
}

TEST_CASE("replica over HTTP: who has saved something finds it in every list and file, others see what the replica has") {
    const FollowedCompany f;
    const auto            made   = f.create("P2");
    const auto            cookie = made["set-cookie"];
    REQUIRE(made.status == 201);
    CHECK(cookie.starts_with("tessera_change="));
    CHECK(cookie.find("; Path=/api; ") != std::string::npos);
    const auto own = "Cookie: theme=dark; " + cookie.substr(0, cookie.find(';'));
    for (const std::string url : reads) {
        CAPTURE(url);
        CHECK(f.ask({.url = url, .headers = {own}})["tessera-source"] == "primary");
    }
    CHECK(total(f.ask({.url = reads[0], .headers = {own}})) == 2);
    f.replica->look();
    CHECK(total(f.ask({.url = reads[0]})) == 1);
    const auto imported = f.ask({"POST", "/api/catalog/products/import", "number,name,unit\nP3,Washer,EA\n", {"Content-Type: text/csv"}});
    CHECK(change_in(imported) == change_in(made) + 1);
    CHECK(change_in(f.ask({"DELETE", "/api/catalog/products/3", "", {}})) == change_in(made) + 2);
}

TEST_CASE("replica over HTTP: what it cannot answer the primary does") {
    const FollowedCompany f;
    f.damage_replica();
    for (const std::string url : reads) {
        CAPTURE(url);
        const auto answer = f.ask({.url = url});
        CHECK(answer.status == 200);
        if (url.find("reports") == url.npos) CHECK(answer["tessera-source"] == "primary");
    }
    const auto refused = f.ask({.url = "/api/catalog/products?colour=red"});
    CHECK(refused.status == 400);
    CHECK(refused.body.find("colour") != std::string::npos);
}

TEST_CASE("replica over HTTP: operators see whether it is used and how far it is behind") {
    const FollowedCompany f;
    CHECK(f.ask({.url = "/readyz"}).body.find(R"("replica":{"in_use":true,"lag_seconds":0.000,"trouble":""})") != std::string::npos);
    const auto metrics = f.ask({.url = "/metrics"}).body;
    CHECK(metrics.find("\ntessera_replica_in_use 1\n") != std::string::npos);
    CHECK(metrics.find("\ntessera_replica_lag_seconds 0\n") != std::string::npos);
    ServedCompany alone{"catalog"};
    for (const auto* url : {"/readyz", "/metrics"}) CHECK(alone.ask({.url = url}).body.find("replica") == std::string::npos);
    CHECK(alone.ask({.url = reads[0]})["tessera-source"] == "");
    CHECK(alone.ask({"POST", "/api/catalog/products", R"({"number":"P2","name":"Nut","unit":"EA"})", {}})["set-cookie"] == "");
}
