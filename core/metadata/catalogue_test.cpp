#include <doctest/doctest.h>

#include "metadata/record_views.h"
#include "metadata/workshop_fixture.h"

#include <boost/json.hpp>

using namespace tessera;
using namespace tessera::metadata::workshop;

namespace catalogue_test {

boost::json::object catalogue(Workshop& workshop, Actor actor = {}) {
    std::string json;
    workshop.read([&](const Snapshot& tx) { json = metadata::catalogue(tx, "Acme"); }, std::move(actor));
    return boost::json::parse(json).as_object();
}

const boost::json::object& named(const boost::json::value& list, std::string_view name) {
    for (const auto& one : list.as_array())
        if (std::string_view(one.at("name").as_string()) == name) return one.as_object();
    throw std::logic_error("nothing is called " + std::string(name));
}

}  // namespace catalogue_test

using namespace catalogue_test;

TEST_CASE("catalogue: it says who asks, in which company, on which day") {
    Workshop   workshop;
    const auto all = catalogue(workshop);
    CHECK(boost::json::serialize(all.at("company")) == R"({"id":1,"name":"Acme","currency":"USD","decimals":2})");
    CHECK(boost::json::serialize(all.at("user")) ==
          R"({"name":"administrator","permissions":["shop.read","shop.edit"]})");
    CHECK(boost::json::serialize(all.at("today")) == R"("2026-06-15")");
    CHECK(boost::json::serialize(all.at("modules")) ==
          R"([{"name":"shop","title":"Shop","version":"1.0.0","needs":[]}])");
    CHECK(boost::json::serialize(all.at("pages")) == R"([{"path":"shop/board","title":"Board","report":"","views":[]}])");
}

TEST_CASE("catalogue: an entity with its fields, its lines and what may be done to it") {
    Workshop    workshop;
    const auto  all   = catalogue(workshop);
    const auto& order = named(all.at("entities"), "shop.order");
    CHECK(order.at("path") == "shop/orders");
    CHECK(order.at("display") == "number");
    CHECK(order.at("menu") == "documents");
    CHECK(order.at("creatable") == true);
    CHECK(
        boost::json::serialize(named(order.at("fields"), "total")) ==
        R"({"name":"total","label":"Total","kind":"money","entity":null,"required":false,"read_only":true,"searchable":false,"sortable":true,"filterable":true,"in_list":true,"help":null,"default":null,"choices":null,"decimals":2,"multiline":false,"currency_field":"currency"})");
    CHECK(boost::json::serialize(named(order.at("fields"), "state").at("choices")) ==
          R"([{"value":"draft","label":"Draft"},{"value":"approved","label":"Approved"}])");
    CHECK(named(order.at("fields"), "supplier").at("entity") == "shop.supplier");
    CHECK(named(order.at("fields"), "reckoned_in").at("currency_field").is_null());
    CHECK(named(order.at("fields"), "lines").at("kind") == "lines");
    CHECK(named(order.at("fields"), "lines").at("entity") == "shop.order_line");
    CHECK(
        boost::json::serialize(order.at("workflow"))
            .starts_with(
                R"({"field":"state","states":[{"name":"draft","label":"Draft","editable":true},{"name":"approved","label":"Approved","editable":false}],"transitions":[{"name":"approve","label":"Approve","from":["draft"],"to":"approved","permission":"shop.edit","permitted":true,"help":"Lets it be sent","destructive":false,"input":[{"name":"reason","label":"Reason","kind":"text",)"));

    const auto& line = named(all.at("entities"), "shop.order_line");
    CHECK(line.at("menu") == "hidden");
    CHECK(line.at("creatable") == false);
    const auto& supplier = named(all.at("entities"), "shop.supplier");
    CHECK(supplier.at("workflow").is_null());
    CHECK(named(supplier.at("fields"), "payment_days").at("default") == 30);
    CHECK(named(supplier.at("fields"), "active").at("default") == true);
    CHECK(named(supplier.at("fields"), "note").at("sortable") == false);
}

TEST_CASE("catalogue: reports with their parameters, defaults being those of today") {
    Workshop    workshop;
    const auto  all    = catalogue(workshop);
    const auto& report = named(all.at("reports"), "shop.turnover");
    CHECK(
        boost::json::serialize(named(report.at("parameters"), "to")) ==
        R"({"name":"to","label":"To","kind":"date","required":false,"default":"2026-06-15","help":"Inclusive","entity":null,"choices":null})");
    CHECK(named(report.at("parameters"), "supplier").at("entity") == "shop.supplier");
    CHECK(report.at("in_menu") == true);
    CHECK(named(all.at("reports"), "shop.amounts").at("in_menu") == false);
}

TEST_CASE("catalogue: a reader sees everything and may change nothing") {
    Workshop    workshop;
    const auto  all   = catalogue(workshop, Actor::reader("rita"));
    const auto& order = named(all.at("entities"), "shop.order");
    CHECK(boost::json::serialize(all.at("user")) == R"({"name":"rita","permissions":["shop.read"]})");
    CHECK(boost::json::serialize(all.at("permissions")) == R"([{"name":"shop.read","title":"See Shop"}])");
    for (const auto* verb : {"creatable", "editable", "deletable"}) CHECK(order.at(verb) == false);
    CHECK(order.at("workflow").at("transitions").at(0).at("permitted") == false);
}
