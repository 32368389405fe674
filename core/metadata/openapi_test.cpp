#include <doctest/doctest.h>

#include "metadata/record_views.h"
#include "metadata/workshop_fixture.h"

#include <boost/json.hpp>

#include <cstdlib>
#include <fstream>
#include <set>

using namespace tessera;
using namespace tessera::metadata::workshop;

namespace openapi_test {

void collect(const boost::json::value& value, std::set<std::string>& references,
             std::multiset<std::string>& operations) {
    if (value.is_array())
        for (const auto& element : value.as_array()) collect(element, references, operations);
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.as_object()) {
        if (name == "$ref") references.insert(std::string(member.as_string()));
        if (name == "operationId") operations.insert(std::string(member.as_string()));
        collect(member, references, operations);
    }
}

std::string operations_of(const boost::json::value& document, std::string_view path) {
    std::string text;
    for (const auto& [name, _] : document.at("paths").at(path).as_object())
        if (name != "parameters") text += (text.empty() ? "" : " ") + std::string(name);
    return text;
}

}  // namespace openapi_test

using namespace openapi_test;

TEST_CASE("openapi: every path of every entity, and no reference to what is not there") {
    Workshop   workshop;
    const auto text = metadata::openapi(workshop.kernel);
    if (const char* file = std::getenv("TESSERA_OPENAPI_FILE"))
        std::ofstream(file) << text;  // to be looked at by other tools
    const auto document = boost::json::parse(text);
    CHECK(document.at("openapi") == "3.1.0");
    struct Case {
        const char* path;
        const char* operations;
    };
    const Case cases[] = {
        {"/api/changes", "get"},
        {"/api/shop/orders", "get post"},
        {"/api/shop/orders/{id}", "get patch delete"},
        {"/api/shop/orders/{id}/approve", "post"},
        {"/api/shop/orders/{id}/history", "get"},
        {"/api/shop/orders/{id}/related", "get"},
        {"/api/shop/orders/{id}/margin", "get"},
        {"/api/shop/orders/import", "post"},
        {"/api/shop/orders/export.csv", "get"},
        {"/api/shop/order_lines", "get"},
        {"/api/shop/order_lines/{id}", "get"},
        {"/api/shop/movements", "get"},
        {"/api/shop/movements/{id}", "get"},
        {"/api/reports/shop.turnover", "get"},
        {"/api/catalogue", "get"},
        {"/api/search", "get"},
        {"/api/search/choices", "post"},
        {"/api/markdown", "post"},
        {"/healthz", "get"},
        {"/readyz", "get"},
        {"/metrics", "get"},
    };
    for (const auto& c : cases) CHECK_MESSAGE(operations_of(document, c.path) == c.operations, c.path);
    CHECK(document.at("paths").as_object().if_contains("/api/shop/movements/import") == nullptr);

    std::set<std::string>      references;
    std::multiset<std::string> operations;
    collect(document, references, operations);
    for (const auto& reference : references) {
        boost::system::error_code missing;
        CHECK_MESSAGE(document.find_pointer(reference.substr(1), missing) != nullptr, reference);
    }
    for (const auto& operation : operations) CHECK_MESSAGE(operations.count(operation) == 1, operation);
    for (const auto& [schema, value] : document.at("components").at("schemas").as_object())
        if (schema.ends_with(".input")) CHECK_MESSAGE(references.contains("#/components/schemas/" + std::string(schema)), schema);
}

TEST_CASE("openapi: a view of a record says what it answers") {
    Workshop    workshop;
    const auto  document = boost::json::parse(metadata::openapi(workshop.kernel));
    const auto& margin   = document.at("paths").at("/api/shop/orders/{id}/margin").at("get");
    CHECK(margin.at("operationId") == "shop.order.margin");
    CHECK(margin.at("summary") == "What is left of an order");
    CHECK(boost::json::serialize(margin.at("responses").at("200").at("content").at("application/json").at("schema")) ==
          R"({"type":"object","properties":{"left":{"$ref":"#/components/schemas/Decimal"}}})");
    CHECK(document.at("paths").as_object().if_contains("/api/shop/movements/{id}/margin") == nullptr);
    const auto& slip = document.at("paths").at("/api/shop/orders/{id}/files/slip").at("get");
    CHECK(slip.at("operationId") == "shop.order.files.slip");
    CHECK(slip.at("responses").at("200").at("content").as_object().contains("text/plain"));
}

TEST_CASE("openapi: lists, exports and reports may come from a replica and say so; one record does not") {
    Workshop   workshop;
    const auto document = boost::json::parse(metadata::openapi(workshop.kernel));
    for (const auto* path : {"/api/shop/orders", "/api/shop/orders/export.csv", "/api/reports/shop.turnover"}) {
        CAPTURE(path);
        const auto& reading = document.at("paths").at(path).at("get");
        CHECK(boost::json::serialize(reading.at("parameters")).find(R"("#/components/parameters/change_seen")") != std::string::npos);
        for (const auto* header : {"Tessera-Source", "Tessera-As-Of", "Tessera-Behind"})
            CHECK(reading.at("responses").at("200").at("headers").as_object().contains(header));
    }
    const auto& one = document.at("paths").at("/api/shop/orders/{id}").at("get");
    CHECK_FALSE(one.at("responses").at("200").at("headers").as_object().contains("Tessera-Source"));
}

TEST_CASE("openapi: lists take every filter of their fields, records say what may be sent") {
    Workshop    workshop;
    const auto  document = boost::json::parse(metadata::openapi(workshop.kernel));
    std::string parameters;
    for (const auto& p : document.at("paths").at("/api/shop/orders").at("get").at("parameters").as_array())
        if (const auto* name = p.as_object().if_contains("name")) parameters += std::string(name->as_string()) + " ";
    CHECK(parameters ==
          "number number.not number.gt number.gte number.lt number.lte number.in number.contains number.is supplier "
          "supplier.not supplier.in "
          "supplier.contains supplier.is date date.not date.gt date.gte date.lt date.lte date.in date.is "
          "reckoned_in reckoned_in.not reckoned_in.gt reckoned_in.gte reckoned_in.lt reckoned_in.lte reckoned_in.in reckoned_in.contains reckoned_in.is currency "
          "currency.not currency.gt "
          "currency.gte currency.lt currency.lte currency.in currency.contains currency.is state state.not state.in "
          "state.is total total.not "
          "total.gt total.gte total.lt total.lte total.in total.is approved_at approved_at.not approved_at.gt "
          "approved_at.gte approved_at.lt "
          "approved_at.lte approved_at.in approved_at.is ");
    const auto& schemas = document.at("components").at("schemas");
    const auto& input   = schemas.at("shop.order.input").at("properties").as_object();
    CHECK(input.contains("supplier"));
    CHECK(input.contains("lines"));
    CHECK_FALSE(input.contains("state"));
    CHECK(schemas.as_object().if_contains("shop.movement.input") == nullptr);
    CHECK(
        boost::json::serialize(document.at("paths")
                                   .at("/api/shop/orders/{id}/approve")
                                   .at("post")
                                   .at("requestBody")
                                   .at("content")
                                   .at("application/json")
                                   .at("schema")) ==
        R"({"type":"object","required":["reason"],"properties":{"reason":{"type":"string","description":"Reason. Why so soon"}}})");
}
