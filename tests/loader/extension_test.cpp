// Fields that a plugin adds to another module's records are there wherever the record is.
#include <doctest/doctest.h>

#include "../kernel/workshop_company.h"
#include "../loader/good/unruly/unruly.h"

using namespace tessera;

namespace {

const WorkshopCompany::Modules both{"workshop", "unruly"};

boost::json::object json_of(const std::string& text) { return boost::json::parse(text).as_object(); }

std::string names(WorkshopCompany& shop, ListRequest request) {
    std::string all;
    const auto answer = json_of(shop.suite().list({}, "workshop.customer", request));
    for (const auto& row : answer.at("rows").as_array()) all += std::string(row.at("name").as_string()) + " ";
    return all;
}

unruly::Terms terms_of(WorkshopCompany& shop, Id<workshop::Customer> id) {
    unruly::Terms terms;
    shop.read([&](const Snapshot& tx) { terms = tx.extension<unruly::Terms>(id); });
    return terms;
}

}  // namespace

TEST_CASE("an extension: its fields are made, changed, read and refused with the record") {
    WorkshopCompany shop(both);
    const auto      made = shop.send(shop.create(R"({"name":"Bea","unruly_grade":4,"unruly_remark":"pays early"})", "workshop.customer"));
    const auto      json = json_of(made.json);
    CHECK(json.at("unruly_grade").as_int64() == 4);
    CHECK(json.at("unruly_remark") == "pays early");
    CHECK(json.at("unruly_reviewed_on").is_null());

    const auto changed = json_of(shop.send(shop.change(made.id, R"({"unruly_grade":5,"unruly_remark":"","unruly_reviewed_on":"2026-05-01"})", "workshop.customer")).json);
    CHECK(changed.at("unruly_remark") == "excellent");      // its validation completes it
    CHECK(changed.at("unruly_reviewed_on") == "2026-05-01");
    CHECK(changed.at("name") == "Bea");
    CHECK(shop.refused(shop.change(made.id, R"({"unruly_grade":6})", "workshop.customer")) == "unruly.grade: To grade Bea, use at most 5.");
    CHECK(shop.refused(shop.change(made.id, R"({"unruly_grade":-1})", "workshop.customer")).find("unruly_grade") == std::string::npos);
    CHECK(shop.refused(shop.change(made.id, R"({"unruly_grade":-1})", "workshop.customer")) != "");
    CHECK(shop.refused(shop.change(made.id, R"({"grade":1})", "workshop.customer")).starts_with("kernel.unknown_field"));

    const auto history = shop.suite().history({}, "workshop.customer", made.id);
    CHECK(history.find("unruly_grade") != std::string::npos);
    CHECK(shop.suite().catalogue({}).find("unruly_grade") != std::string::npos);
    CHECK(shop.suite().openapi().find("unruly_reviewed_on") != std::string::npos);
}

TEST_CASE("an extension: lists filter, sort and search by it, reports use its columns, and files carry it") {
    WorkshopCompany shop(both);
    shop.suite().import_csv({.name = "import"}, "workshop.customer", "name,unruly_grade,unruly_remark\nBea,4,pays early\nCem,1,pays late\nDan,2,pays early\n");
    CHECK(names(shop, {.filters = {{"unruly_grade", "gte", "2"}}, .sort = {"-unruly_grade"}}) == "Bea Ada Repair Shop Dan ");
    CHECK(names(shop, {.filters = {{"unruly_remark", "contains", "early"}}, .sort = {"name"}}) == "Bea Dan ");
    CHECK(names(shop, {.search = "late"}) == "Cem ");
    CHECK(names(shop, {.filters = {{"unruly_reviewed_on", "is", "null"}}}) == "Repair Shop Ada Bea Cem Dan ");
    std::string csv;
    shop.suite().export_csv({}, "workshop.customer", {.sort = {"id"}, .fields = {"name", "unruly_grade"}}, [&](std::string_view piece) { csv += piece; });
    CHECK(csv.find("unruly_grade") != std::string::npos);
    CHECK(csv.find("Cem,1") != std::string::npos);
    const auto grades = shop.suite().report({}, "unruly.grades", {});
    REQUIRE(grades.rows.size() == 5);      // the seed's customer is the first
    CHECK(text_of(grades.rows[2][1]) == "4");
}

TEST_CASE("an extension: modules see their own records alone, and do not disturb what others added") {
    WorkshopCompany shop(both);
    const auto      bea = Id<workshop::Customer>{shop.send(shop.create(R"({"name":"Bea","unruly_grade":4})", "workshop.customer")).id};
    shop.run([&](Transaction& tx) {
        auto customer = tx.load(bea);
        customer.name = "Bea B.";
        tx.save(customer);
        tx.save_extension(bea, unruly::Terms{.grade = 2, .remark = "in the middle"});
        CHECK(tx.extension<unruly::Terms>(bea).grade == 2);
        for (auto& one : tx.select<workshop::Customer>("name LIKE 'Bea%'")) {
            one.name += " C.";
            tx.save(one);
        }
        customer = tx.load(bea);
        CHECK(customer.name == "Bea B. C.");
    });
    CHECK(shop.load(bea).name == "Bea B. C.");
    CHECK(terms_of(shop, bea).grade == 2);
    CHECK(terms_of(shop, bea).remark == "in the middle");
    const auto fresh = shop.insert(workshop::Customer{.name = "Cem"});
    CHECK(terms_of(shop, fresh).grade == 3);      // as a new one has it
    CHECK(shop.refusal([&](Transaction& tx) { tx.save_extension(fresh, unruly::Terms{.grade = 7}); }) == "unruly.grade: To grade Cem, use at most 5.");
    shop.run([&](Transaction& tx) { tx.remove(fresh); });
    CHECK(shop.number("SELECT count(*) FROM workshop_customer WHERE name = 'Cem'") == 0);
}

TEST_CASE("an extension: what a handler and its caller save of one record in one command is kept of both") {
    WorkshopCompany shop(both);
    const auto      id = shop.insert(workshop::Customer{.name = "Bea"});
    shop.run([&](Transaction& tx) {
        auto mine = tx.load(id);
        tx.save_extension(id, unruly::Terms{.grade = 1});
        auto theirs = tx.load(id);
        theirs.name = "Bea Z.";
        tx.save(theirs);
        tx.save(mine);      // has changed nothing: what the other saved stays
    });
    CHECK(shop.load(id).name == "Bea Z.");
    CHECK(terms_of(shop, id).grade == 1);
}

TEST_CASE("an extension: its values outlast the plugin that is away") {
    WorkshopCompany shop(both);
    const auto      bea = Id<workshop::Customer>{shop.send(shop.create(R"({"name":"Bea","unruly_grade":4})", "workshop.customer")).id};
    shop.open({"workshop"});
    CHECK(shop.suite().catalogue({}).find("unruly_grade") == std::string::npos);
    shop.run([&](Transaction& tx) {
        auto customer = tx.load(bea);
        customer.name = "Bea B.";
        tx.save(customer);
        tx.insert(workshop::Customer{.name = "While it was away"});
    });
    shop.open(both);
    CHECK(terms_of(shop, bea).grade == 4);
    CHECK(shop.load(bea).name == "Bea B.");
    CHECK(shop.number("SELECT unruly_grade FROM workshop_customer WHERE name = 'While it was away'") == 0);
}

TEST_CASE("slots: a panel, a card and a page stand in the catalogue of those who may see what they show, and of nobody else") {
    WorkshopCompany shop(both);
    const auto      catalogue = json_of(shop.suite().catalogue({}));
    const auto&     panel     = catalogue.at("panels").as_array().at(0).as_object();
    CHECK(panel.at("name") == "unruly.things");
    CHECK(panel.at("entity") == "workshop.customer");
    CHECK(panel.at("view").at("kind") == "list");
    CHECK(panel.at("view").at("parameters").at("name") == "=name");
    const auto& card = catalogue.at("cards").as_array().at(0).as_object();
    CHECK(card.at("view").at("column") == "grade");
    CHECK(card.at("view").at("title") == "All together");
    const auto& page = catalogue.at("pages").as_array().at(0).as_object();
    CHECK(page.at("path") == "unruly/overview");
    CHECK(page.at("views").as_array().size() == 2);
    CHECK(page.at("views").as_array().at(0).at("chart").at("shape") == "bar");
    CHECK(page.at("views").as_array().at(0).at("chart").at("y").as_array().at(0) == "grade");

    Actor reader;
    reader.permissions = Permissions::of({"workshop.read"});
    const auto seen    = json_of(shop.suite().catalogue(reader));
    CHECK(seen.at("panels").as_array().empty());
    CHECK(seen.at("cards").as_array().empty());
    CHECK(seen.at("pages").as_array().empty());
}

TEST_CASE("slots: what shows a report that is not there is refused with its module") {
    WorkshopCompany shop({"workshop", "panel_of_nothing"});
    const auto&     all = shop.suite().kernel().modules();
    CHECK(std::ranges::find(all, "panel_of_nothing", &ModuleDescription::name)->refused ==
          "panel_of_nothing could not register: To declare the card panel_of_nothing.card, show a report of a module this one needs; \"panel_of_nothing.report\" is none.");
}
