#include "api_scenario.h"

#include <latch>
#include <thread>

using namespace api_tests;

TEST_CASE("records over HTTP: what each request is answered") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"a record is read with its id and version", "GET", "/api/catalog/units/1", "", 200, {R"("id":1,"version":1,"code":"EA")"}},
        {"a record that is not there", "GET", "/api/catalog/units/99999", "", 404, {"kernel.not_found", R"("status":404)"}},
        {"an id that is no number", "GET", "/api/catalog/units/abc", "", 404, {"kernel.not_found"}},
        {"an id beyond 64 bits", "GET", "/api/catalog/units/99999999999999999999", "", 404, {"kernel.not_found"}},
        {"an entity that is not there", "GET", "/api/catalog/unicorns", "", 404, {"kernel.not_found"}},
        {"a part that is not there", "GET", "/api/catalog/units/1/nothing", "", 404},
        {"a record is made", "POST", "/api/catalog/units", R"({"code":"NEW","name":"New unit","decimals":2})", 201, {R"("code":"NEW")", R"("version":1)"}},
        {"a field that is not there", "POST", "/api/catalog/units", R"({"code":"X","colour":"red"})", 422, {"kernel.unknown_field", R"("field":"colour")"}},
        {"a value out of range", "POST", "/api/catalog/units", R"({"code":"X","decimals":99})", 422, {"catalog.unit_decimals", R"("field":"decimals")"}},
        {"a key twice in one object", "POST", "/api/catalog/units", R"({"code":"A","code":"B"})", 400, {"kernel.malformed_json"}},
        {"what is not JSON", "POST", "/api/catalog/units", "code=A", 400, {"kernel.malformed_json"}, {"boost", "exception"}},
        {"a list instead of a record", "POST", "/api/catalog/units", "[1]", 400, {"kernel.wrong_type"}},
        {"another media type", "POST", "/api/catalog/units", "code=A", 415, {"kernel.wrong_media_type"}, {}, {"Content-Type: application/x-www-form-urlencoded"}},
        {"a charset is no other media type", "PATCH", "/api/catalog/units/1", R"({"name":"Each one"})", 200, {"Each one"}, {}, {"Content-Type: application/json; charset=utf-8"}},
        {"no body where one is needed", "POST", "/api/catalog/units", "", 415},
        {"a parameter that creation does not know", "POST", "/api/catalog/units?colour=red", R"({"code":"A"})", 400, {"kernel.malformed_query"}},
        {"a stale version", "PATCH", "/api/catalog/units/1", R"({"name":"Y"})", 412, {"kernel.stale"}, {}, {"If-Match: \"1\""}},
        {"the version that is there", "PATCH", "/api/catalog/units/1", R"({"name":"Each"})", 200, {R"("version":3)"}, {}, {"If-Match: \"2\""}},
        {"no version", "PATCH", "/api/catalog/units/1", R"({"name":"Y"})", 428, {"kernel.version_required"}, {}, {"If-Match: "}},
        {"any version", "PATCH", "/api/catalog/units/1", R"({"name":"Each"})", 200, {}, {}, {"If-Match: *"}},
        {"version zero equals none", "PATCH", "/api/catalog/units/1", R"({"name":"Each"})", 412, {}, {}, {"If-Match: \"0\""}},
        {"a tag without quotation marks", "PATCH", "/api/catalog/units/1", R"({"name":"Y"})", 400, {"kernel.malformed_if_match"}, {}, {"If-Match: 3"}},
        {"a method nobody knows", "BREW", "/api/catalog/units/1", "", 405, {"kernel.method_not_allowed"}},
        {"a method the collection does not know", "DELETE", "/api/catalog/units", "", 405, {"GET, HEAD, POST, OPTIONS"}},
        {"an address below a record", "GET", "/api/catalog/units/1/history/2", "", 404},
        {"a limit beyond the most", "GET", "/api/catalog/units?limit=501", "", 400, {"kernel.malformed_query", R"("field":"limit")"}},
        {"a limit that is no number", "GET", "/api/catalog/units?limit=ten", "", 400},
        {"an operator that is not there", "GET", "/api/catalog/units?code.like=a", "", 400, {"kernel.malformed_query"}},
        {"a parameter given twice", "GET", "/api/catalog/units?limit=5&limit=6", "", 400, {"kernel.given_twice"}},
        {"a half percent sign", "GET", "/api/catalog/units?code=%4", "", 400, {"kernel.malformed_target"}},
        {"text that is not UTF-8", "GET", "/api/catalog/units?code=%ff", "", 400, {"kernel.malformed_target"}},
        {"a NUL in the path", "GET", "/api/catalog/units%00", "", 400, {"kernel.malformed_target"}},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}

TEST_CASE("records over HTTP: lists, searches, history and what describes them") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"a page of a list", "GET", "/api/catalog/units?limit=2&offset=1", "", 200, {R"("code":"BOX")", R"("limit":2,"offset":1)", R"("total":)"}, {R"("code":"EA")"}},
        {"a filter", "GET", "/api/catalog/units?code=KG", "", 200, {R"("name":"Kilogram")", R"("total":1)"}, {R"("code":"EA")"}},
        {"how many of each", "GET", "/api/catalog/products?count_by=procurement", "", 200, {R"("counts":[)", R"("total":)"}, {"rows"}},
        {"of each of what is no choice", "GET", "/api/catalog/units?count_by=name", "", 400, {"kernel.unknown_count", R"("field":"count_by")"}},
        {"an export counts nothing", "GET", "/api/catalog/units/export.csv?count_by=name", "", 400, {"kernel.malformed_query"}},
        {"a search", "GET", "/api/catalog/units?search=kilo", "", 200, {R"("code":"KG")"}, {R"("code":"EA")"}},
        {"a field that is not there", "GET", "/api/catalog/units?colour=red", "", 400, {"colour"}},
        {"SQL in a value is a value", "GET", "/api/catalog/units?code=%27%20OR%201%3D1%20--", "", 200, {R"("rows":[])"}},
        {"SQL in an order is no field", "GET", "/api/catalog/units?sort=code;DROP", "", 400, {}, {"syntax", "SELECT"}},
        {"history", "GET", "/api/catalog/units/1/history", "", 200, {R"("entries":[)", R"("user":")"}},
        {"related", "GET", "/api/catalog/units/1/related", "", 200, {R"("links":[)"}},
        {"history is not changed", "POST", "/api/catalog/units/1/history", "{}", 405},
        {"the catalogue", "GET", "/api/catalogue", "", 200, {R"("name":"catalog.unit")"}},
        {"the description for programs", "GET", "/api/openapi.json", "", 200, {R"("openapi":"3.1.0")", "/api/catalog/units"}},
        {"a file is read", "POST", "/api/catalog/units/import", "code,name,decimals\nU1,One,0\nU2,Two,1\n", 200, {R"("created":2)"}, {}, {"Content-Type: text/csv"}},
        {"a file with a wrong line changes nothing", "POST", "/api/catalog/units/import", "code,name,decimals\nU3,Three,0\nU4,Four,99\n", 422, {}, {}, {"Content-Type: text/csv"}},
        {"nothing of that file is there", "GET", "/api/catalog/units?code=U3", "", 200, {R"("rows":[])"}},
        {"JSON is no file", "POST", "/api/catalog/units/import", "[]", 415},
        {"a file is made", "GET", "/api/catalog/units/export.csv?code=U1", "", 200, {"id,code,name,decimals", "U1,One,0"}, {"U2"}},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}

TEST_CASE("markdown over HTTP: an editor shows what a text looks like, and what would run in it stays text") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"a text", "POST", "/api/markdown", R"({"text":"# Torque\n\n*5 Nm*"})", 200, {R"({"html":"<h1 id=\"section-torque\">Torque</h1>\n<p><em>5 Nm</em></p>\n"})"}},
        {"a script", "POST", "/api/markdown", R"({"text":"<script>alert(1)</script>"})", 200, {"&lt;script&gt;"}, {"<script"}},
        {"no text", "POST", "/api/markdown", R"({"html":"x"})", 422, {R"("code":"kernel.required")", R"("field":"text")"}},
        {"too deep", "POST", "/api/markdown", R"({"text":")" + std::string(200, '>') + R"(a"})", 422, {"markdown.too_deep"}},
        {"nothing to read", "GET", "/api/markdown", "", 405},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}

TEST_CASE("records over HTTP: headers say where the record is and which version it has") {
    ServedCompany served{"catalog"};
    Client        client(served.port());
    const auto    made = client.ask({"POST", "/api/catalog/units", R"({"code":"BAG"})"});
    REQUIRE(made.status == 201);
    CHECK(made["etag"] == "\"1\"");
    const auto where = made["location"];
    CHECK(where.starts_with("/api/catalog/units/"));

    const auto read = client.ask({.url = where});
    CHECK(read.body == made.body);
    CHECK(read["cache-control"] == "no-store");
    CHECK(read["x-content-type-options"] == "nosniff");
    CHECK(read["content-security-policy"].find("frame-ancestors 'none'") != std::string::npos);
    for (const char* tag : {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"}) {
        const auto unchanged = client.ask({.url = where, .headers = {std::string("If-None-Match: ") + tag}});
        CHECK(unchanged.status == 304);
        CHECK(unchanged["etag"] == "\"1\"");
    }
    CHECK(client.ask({.url = where, .headers = {"If-None-Match: \"2\""}}).status == 200);

    const auto head = client.ask({.method = "HEAD", .url = where});
    CHECK(head.status == 200);
    CHECK(head["content-length"] == std::to_string(read.body.size()));
    CHECK(client.ask({.method = "OPTIONS", .url = where})["allow"] == "GET, HEAD, PATCH, DELETE, OPTIONS");

    const auto removed = client.ask({.method = "DELETE", .url = where});
    CHECK(removed.status == 204);
    CHECK(removed["content-length"] == "");
    CHECK(client.ask({.url = where}).status == 404);
}

TEST_CASE("records over HTTP: a repeated key gives the first answer again, another request with it is refused") {
    ServedCompany served{"catalog"};
    const Ask     ask{"POST", "/api/catalog/units", R"({"code":"ONCE"})", {"Idempotency-Key: one"}};
    const auto    first = served.ask(ask), second = served.ask(ask);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(first.body == second.body);
    CHECK(first["location"] == second["location"]);
    auto other = ask;
    other.body = R"({"code":"TWICE"})";
    CHECK(served.ask(other).status == 422);
    other.headers = {"Idempotency-Key: two words"};
    CHECK(served.ask(other).status == 400);
    CHECK(served.company.value<std::int64_t>("SELECT count(*) FROM catalog_unit WHERE code IN ('ONCE', 'TWICE')") == 1);
}

TEST_CASE("records over HTTP: sixteen clients with one key make one record") {
    ServedCompany            served{"catalog"};
    std::latch               together(16);
    std::vector<std::thread> clients;
    std::atomic<int>         made{0};
    for (int i = 0; i < 16; ++i)
        clients.emplace_back([&] {
            together.arrive_and_wait();
            if (served.ask({"POST", "/api/catalog/units", R"({"code":"SAME"})", {"Idempotency-Key: k"}}).status == 201) ++made;
        });
    for (auto& client : clients) client.join();
    CHECK(made == 16);
    CHECK(served.company.value<std::int64_t>("SELECT count(*) FROM catalog_unit WHERE code = 'SAME'") == 1);
}

TEST_CASE("records over HTTP: a reader reads and changes nothing") {
    ServedCompany served({"catalog"}, {.actor = tessera::Actor::reader("reader")});
    CHECK(served.ask({.url = "/api/catalog/units/1"}).status == 200);
    CHECK(served.ask({"POST", "/api/catalog/units", R"({"code":"A"})"}).status == 403);
    CHECK(served.ask({"PATCH", "/api/catalog/units/1", R"({"name":"A"})"}).status == 403);
    CHECK(served.ask({"DELETE", "/api/catalog/units/1"}).status == 403);
}

TEST_CASE("records over HTTP: pages of other origins may not change anything") {
    ServedCompany     served{"catalog"};
    const ApiScenario scenarios[] = {
        {"a stranger's page", "POST", "/api/catalog/units", "{}", 403, {"kernel.cross_origin"}, {}, {"Origin: http://evil.example"}},
        {"a page without an origin", "POST", "/api/catalog/units", "{}", 403, {"kernel.cross_origin"}, {}, {"Origin: null"}},
        {"another port of this machine", "POST", "/api/catalog/units", "{}", 403, {"kernel.cross_origin"}, {}, {"Origin: http://localhost:1"}},
        {"a browser that says cross-site", "DELETE", "/api/catalog/units/1", "", 403, {"kernel.cross_origin"}, {}, {"Sec-Fetch-Site: cross-site"}},
        {"our own page", "PATCH", "/api/catalog/units/1", "{}", 200, {}, {}, {"Origin: http://localhost", "Sec-Fetch-Site: same-origin"}},
        {"reading is not changing", "GET", "/api/catalog/units/1", "", 200, {}, {}, {"Sec-Fetch-Site: cross-site"}},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}
