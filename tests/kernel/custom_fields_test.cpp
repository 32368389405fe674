// The operator's own fields are there wherever the record is, as if a module had declared them.
#include <doctest/doctest.h>

#include "workshop_company.h"

using namespace tessera;

namespace {

boost::json::object json_of(const std::string& text) { return boost::json::parse(text).as_object(); }

class Shop : public WorkshopCompany {
public:
    std::int64_t add(const std::string& json) { return send(create(json, "fields.custom_field")).id; }
    std::string  refused_field(const std::string& json) { return refused(create(json, "fields.custom_field")); }
    void         reopen() { open({"workshop"}); }
    boost::json::object customer_with(const std::string& json) { return json_of(send(create(json, "workshop.customer")).json); }
    std::string listed(const ListRequest& request) {
        std::string names;
        const auto answer = json_of(suite().list({}, "workshop.customer", request));
    for (const auto& row : answer.at("rows").as_array()) names += std::string(row.at("name").as_string()) + " ";
        return names;
    }
};

}  // namespace

TEST_CASE("a custom field: of every kind it takes what is right, gives it back and refuses the rest by its name") {
    Shop shop;
    for (const auto* kind : {"text", "long_text", "integer", "decimal", "percent", "amount", "date", "yes_no"})
        shop.add(fmt::format(R"({{"entity":"workshop.customer","name":"a_{0}","kind":"{0}"}})", kind));
    shop.add(R"({"entity":"workshop.customer","name":"size","kind":"choice","choices":"small\nlarge"})");
    shop.add(R"({"entity":"workshop.customer","name":"recommended_by","kind":"reference","refers_to":"workshop.customer"})");
    CHECK(shop.suite().is_outdated());
    shop.reopen();
    CHECK(!shop.suite().is_outdated());

    const auto made = shop.customer_with(fmt::format(
        R"({{"name":"Bea","custom_a_text":"t","custom_a_long_text":"l","custom_a_integer":7,"custom_a_decimal":"1.25","custom_a_percent":"3.5","custom_a_amount":"12.50",
             "custom_a_date":"2026-05-01","custom_a_yes_no":true,"custom_size":"large","custom_recommended_by":{}}})",
        shop.customer().value));
    CHECK(made.at("custom_a_text") == "t");
    CHECK(made.at("custom_a_integer").as_int64() == 7);
    CHECK(made.at("custom_a_decimal") == "1.25");
    CHECK(made.at("custom_a_amount") == "12.50");
    CHECK(made.at("custom_a_date") == "2026-05-01");
    CHECK(made.at("custom_a_yes_no").as_bool());
    CHECK(made.at("custom_size") == "large");
    CHECK(made.at("custom_recommended_by").at("label") == "Ada");

    const auto empty = shop.customer_with(R"({"name":"Cem"})");
    for (const auto* name : {"custom_a_integer", "custom_a_decimal", "custom_a_amount", "custom_a_date", "custom_size", "custom_recommended_by"}) {
        CAPTURE(name);
        CHECK(empty.at(name).is_null());
    }
    const auto refused = [&](const std::string& field, const std::string& value) {
        return shop.refused(shop.create(fmt::format(R"({{"name":"Dan","custom_{}":{}}})", field, value), "workshop.customer"));
    };
    CHECK(refused("size", R"("medium")") == "kernel.unknown_choice: custom_size: To set this, choose one of small, large; \"medium\" is none of them.");
    CHECK(refused("a_integer", R"("x")").find("custom_a_integer") != std::string::npos);
    CHECK(refused("a_date", R"("2026-02-30")").find("custom_a_date") != std::string::npos);
    CHECK(refused("recommended_by", R"("Nobody")").find("custom_recommended_by") != std::string::npos);
    CHECK(refused("recommended_by", "4711") != "");
}

TEST_CASE("a custom field: lists filter, sort and search by it; import, export, history and the description of the API carry it") {
    Shop shop;
    shop.add(R"({"entity":"workshop.customer","name":"grade","kind":"integer","label":"Grade","help":"From 1 to 5"})");
    shop.add(R"({"entity":"workshop.customer","name":"remark","kind":"text","searchable":true})");
    shop.reopen();
    shop.suite().import_csv({.name = "import"}, "workshop.customer", "name,custom_grade,custom_remark\nBea,4,pays early\nCem,1,pays late\nDan,,\n");
    CHECK(shop.listed({.filters = {{"custom_grade", "gte", "2"}}}) == "Bea ");
    CHECK(shop.listed({.filters = {{"custom_grade", "is", "null"}, {"name", "eq", "Dan"}}}) == "Dan ");
    CHECK(shop.listed({.filters = {{"custom_grade", "is", "not_null"}}, .sort = {"-custom_grade"}}) == "Bea Cem ");
    CHECK(shop.listed({.search = "late"}) == "Cem ");
    std::string csv;
    shop.suite().export_csv({}, "workshop.customer", {.sort = {"id"}}, [&](std::string_view piece) { csv += piece; });
    CHECK(csv.find("custom_grade") != std::string::npos);
    CHECK(csv.find("pays late") != std::string::npos);
    const auto bea = shop.number("SELECT id FROM workshop_customer WHERE name = 'Bea'");
    shop.send(shop.change(bea, R"({"custom_grade":5})", "workshop.customer"));
    CHECK(shop.suite().history({}, "workshop.customer", bea).find("custom_grade") != std::string::npos);
    CHECK(shop.suite().catalogue({}).find("From 1 to 5") != std::string::npos);
    CHECK(shop.suite().openapi().find("custom_grade") != std::string::npos);
    for (const auto& verified : shop.suite().verify({})) CHECK_MESSAGE(verified.findings.empty(), verified.check);
}

TEST_CASE("a custom field: a report counts the records by its value, as far as who asks sees them") {
    Shop shop;
    const auto field = std::to_string(shop.add(R"({"entity":"workshop.customer","name":"size","kind":"choice","choices":"small\nlarge"})"));
    shop.reopen();
    for (const auto* size : {"small", "large", "large"}) shop.customer_with(fmt::format(R"({{"name":"B","custom_size":"{}"}})", size));
    std::string rows;
    for (const auto& row : shop.suite().report({}, "fields.records_by_value", {{"field", field}}).rows) rows += text_of(row[0]) + " " + text_of(row[1]) + "; ";
    CHECK(rows.find("large 2; ") != std::string::npos);
    CHECK(rows.find("small 1; ") != std::string::npos);
    CHECK(rows.find(" 2; ") != std::string::npos);
    Actor stranger;
    stranger.permissions = Permissions::of({"fields.read"});
    CHECK(refusal_of([&] { shop.suite().report(stranger, "fields.records_by_value", {{"field", field}}); }).starts_with("kernel.not_permitted"));
}

TEST_CASE("a custom field: a module's own work on the record leaves it as it is, on documents too") {
    Shop shop;
    shop.add(R"({"entity":"workshop.order","name":"van","kind":"text"})");
    shop.reopen();
    const auto order = shop.send(shop.create(fmt::format(R"({{"customer":{},"custom_van":"red","lines":[{{"article":"bearing","quantity":"2","price":"10"}}]}})", shop.customer().value))).id;
    shop.send(shop.move(order, "confirm"));
    RecordAnswer answer;
    shop.suite().get({}, "workshop.order", order, answer);
    CHECK(json_of(answer.json).at("custom_van") == "red");
    CHECK(json_of(answer.json).at("state") == "confirmed");
}

TEST_CASE("a custom field: a required one is asked for from then on, and one that is retired keeps its values") {
    Shop       shop;
    const auto field = shop.add(R"({"entity":"workshop.customer","name":"tax_number","kind":"text","required":true})");
    shop.reopen();
    CHECK(shop.refused(shop.create(R"({"name":"Bea"})", "workshop.customer")).find("tax number") != std::string::npos);
    const auto bea = shop.customer_with(R"({"name":"Bea","custom_tax_number":"4711"})").at("id").as_int64();
    const auto move = [&](const char* transition) {
        shop.send({.verb = RecordCommand::Verb::transition, .entity = "fields.custom_field", .id = field, .transition = transition});
        shop.reopen();
    };
    move("retire");
    RecordAnswer answer;
    shop.suite().get({}, "workshop.customer", bea, answer);
    CHECK(answer.json.find("4711") == std::string::npos);
    shop.customer_with(R"({"name":"Cem"})");
    move("use_again");
    shop.suite().get({}, "workshop.customer", bea, answer);
    CHECK(json_of(answer.json).at("custom_tax_number") == "4711");
}

TEST_CASE("a custom field: what cannot be one is refused in a sentence, by the field that is wrong") {
    Shop shop;
    shop.add(R"({"entity":"workshop.customer","name":"grade","kind":"integer"})");
    struct Row {
        const char* json;
        const char* told;
    };
    const Row rows[] = {
        {R"({"entity":"workshop.ghost","name":"a","kind":"text"})", "To add a field, name what it is added to"},
        {R"({"entity":"workshop.booking","name":"a","kind":"text"})", "workshop.booking is a ledger"},
        {R"({"entity":"workshop.order_line","name":"a","kind":"text"})", "workshop.order_line is a line of a document"},
        {R"({"entity":"access.user","name":"a","kind":"text"})", "access.user is the core's own"},
        {R"({"entity":"workshop.customer","name":"Grade","kind":"text"})", "To name a field"},
        {R"({"entity":"workshop.customer","name":"a b","kind":"text"})", "To name a field"},
        {R"({"entity":"workshop.customer","name":"a; DROP TABLE x","kind":"text"})", "To name a field"},
        {R"({"entity":"workshop.customer","name":"grade","kind":"text"})", "choose another name: it has a custom_grade already"},
        {R"({"entity":"workshop.customer","name":"a","kind":"choice"})", "say what there is to choose"},
        {R"({"entity":"workshop.customer","name":"a","kind":"text","choices":"x"})", "make the field a choice"},
        {R"({"entity":"workshop.customer","name":"a","kind":"reference"})", "name what it refers to"},
        {R"({"entity":"workshop.customer","name":"a","kind":"text","refers_to":"workshop.customer"})", "make the field a reference"},
        {R"({"entity":"workshop.customer","name":"a","kind":"integer","searchable":true})", "To be found by search"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.json);
        const auto said = shop.refused_field(row.json);
        CAPTURE(said);
        CHECK(said.starts_with("fields.bad_field: "));
        CHECK(said.find(row.told) != std::string::npos);
    }
    const auto grade = shop.number("SELECT id FROM fields_custom_field");
    CHECK(shop.refused(shop.change(grade, R"({"kind":"text"})", "fields.custom_field")).find("retire custom_grade and add a new one") != std::string::npos);
}

TEST_CASE("a custom field: a choice that records have is not taken away") {
    Shop       shop;
    const auto field = shop.add(R"({"entity":"workshop.customer","name":"size","kind":"choice","choices":"small\nlarge"})");
    shop.reopen();
    shop.customer_with(R"({"name":"Bea","custom_size":"large"})");
    CHECK(shop.refused(shop.change(field, R"({"choices":"small"})", "fields.custom_field")).find("\"large\" is in use") != std::string::npos);
    shop.send(shop.change(field, R"({"choices":"large\nhuge"})", "fields.custom_field"));
    shop.reopen();
    CHECK(shop.customer_with(R"({"name":"Cem","custom_size":"huge"})").at("custom_size") == "huge");
}
