// Knowledge over HTTP: an asset is handed out as a file, and a browser lets nothing in it run.

#include "api_scenario.h"

#include <tessera/json.h>

#include <boost/json.hpp>

using namespace api_tests;

TEST_CASE("files over HTTP: a record is handed out as what its module makes of it") {
    ServedCompany served{"knowledge"};
    const auto    made = served.ask({"POST", "/api/knowledge/assets", R"({"title":"Größe \"M\"","body":"# Frame\n\n<script>alert(1)</script>"})"});
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const auto one = "/api/knowledge/assets/" + std::to_string(tessera::parse_json(made.body).at("id").as_int64());

    const auto markdown = served.ask({.url = one + "/files/markdown"});
    CHECK(markdown.status == 200);
    CHECK(markdown["content-type"] == "text/markdown");
    CHECK(markdown["content-disposition"] == "attachment; filename=\"Gr____e _M_.md\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22M%22.md");
    const auto page = served.ask({.url = one + "/files/html"});
    CHECK(page.body.find("&lt;script&gt;") != std::string::npos);
    CHECK(page["content-security-policy"].find("sandbox") != std::string::npos);
    CHECK(served.ask({.url = one + "/files/pdf"}).body.starts_with("%PDF"));

    const ApiScenario scenarios[] = {
        {"a file that is not made", "GET", one + "/files/docx", "", 404, {"kernel.no_file"}},
        {"of a record that is not there", "GET", "/api/knowledge/assets/99/files/pdf", "", 404, {"kernel.not_found"}},
        {"a file is not changed", "POST", one + "/files/pdf", "{}", 405},
        {"and is in the document of the API", "GET", "/api/openapi.json", "", 200, {"/api/knowledge/assets/{id}/files/pdf"}},
        {"and in the catalogue", "GET", "/api/catalogue", "", 200, {R"({"name":"pdf","title":"As a PDF","media_type":"application/pdf"})"}},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}

TEST_CASE("search over HTTP: narrowed like a list, and what was opened is told") {
    ServedCompany served{"knowledge"};
    REQUIRE(served.ask({"POST", "/api/knowledge/assets", R"({"title":"Cutting oil","body":"For steel"})"}).status == 201);
    const auto party = served.ask({"POST", "/api/directory/parties", R"({"number":"C1","name":"Corner Shop","customer":true})"});
    REQUIRE_MESSAGE(party.status == 201, party.body);
    const auto someone = served.ask({"POST", "/api/directory/contacts", R"({"party":"C1","name":"Zebedee Quuxley"})"});
    REQUIRE_MESSAGE(someone.status == 201, someone.body);
    const auto of_someone = R"({"q":"the tall one","entity":"directory.contact","id":)" + std::to_string(tessera::parse_json(someone.body).at("id").as_int64()) + "}";
    const ApiScenario scenarios[] = {
        {"a filter of the one kind", "GET", "/api/search?q=oil&entities=knowledge.asset&state=verified", "", 200, {R"("hits":[])"}},
        {"one that no asset has", "GET", "/api/search?q=oil&entities=knowledge.asset&colour=red", "", 400, {"kernel.unknown_filter"}},
        {"without a kind", "GET", "/api/search?q=oil&state=verified", "", 400, {"kernel.malformed_query", R"("field":"state")"}},
        {"what was opened", "POST", "/api/search/choices", R"({"q":"coolant","entity":"knowledge.asset","id":1})", 204},
        {"of somebody, of whom nothing is learned", "POST", "/api/search/choices", of_someone.c_str(), 204},
        {"of what is not there", "POST", "/api/search/choices", R"({"q":"coolant","entity":"knowledge.asset","id":99})", 404},
        {"of no kind", "POST", "/api/search/choices", R"({"q":"coolant","entity":"knowledge.unicorn","id":1})", 404, {"kernel.no_entity"}},
        {"by no words", "POST", "/api/search/choices", R"({"entity":"knowledge.asset","id":1})", 422, {R"("field":"q")"}},
        {"of no record", "POST", "/api/search/choices", R"({"q":"coolant","entity":"knowledge.asset","id":"one"})", 422, {R"("field":"id")"}},
        {"in no JSON", "POST", "/api/search/choices", "q=coolant", 415, {}, {}, {"Content-Type: application/x-www-form-urlencoded"}},
        {"they are not listed there", "GET", "/api/search/choices", "", 405},
        {"a change waits behind them", "POST", "/api/knowledge/assets", R"({"title":"Coolant","body":"For brass"})", 201},
        {"but here", "GET", "/api/search/leads", "", 200, {R"("text":"coolant")"}, {"tall"}},
    };
    for (const auto& scenario : scenarios) run(served, scenario);
}
