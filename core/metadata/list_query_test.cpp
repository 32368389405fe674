#include <doctest/doctest.h>

#include "metadata/record_views.h"
#include "metadata/workshop_fixture.h"

#include <boost/json.hpp>

#include <chrono>

using namespace tessera;
using namespace tessera::metadata::workshop;

namespace list_query_test {

std::string listed(Workshop& workshop, const char* entity, const ListRequest& request) {
    std::string json;
    workshop.read([&](const Snapshot& tx) { json = metadata::list(tx, workshop.entity(entity), request); });
    boost::json::parse(json);
    return json;
}

// The ids of the rows, as "1 2 3", and the total after "of".
std::string ids(Workshop& workshop, const char* entity, const ListRequest& request) {
    const auto  answer = boost::json::parse(listed(workshop, entity, request)).as_object();
    std::string text;
    for (const auto& row : answer.at("rows").as_array()) text += std::to_string(row.at("id").as_int64()) + " ";
    if (const auto* total = answer.if_contains("total")) text += "of " + std::to_string(total->as_int64());
    return text;
}

std::string code_of(Workshop& workshop, const char* entity, const ListRequest& request) {
    const auto refusal = refused_with([&] { listed(workshop, entity, request); });
    return refusal.substr(0, refusal.find(':'));
}

void fill(Workshop& workshop) {
    const auto acme = workshop.insert(Supplier{.number = "S1", .name = "Acme 100% cotton"});
    const auto superior =
        workshop.insert(Supplier{.number = "S2", .name = "superior bicycles", .active = false, .note = "slow"});
    workshop.insert(Supplier{.number = "S3", .name = "Zebra_stripes", .payment_days = 14});
    const auto yen = Currency::of("JPY");
    workshop.insert(Order{.supplier = superior,
                          .date     = Date(2026, 1, 5),
                          .lines    = {OrderLine{.product  = workshop.insert(Product{.code = "1001", .name = "Chain"}),
                                                 .quantity = Quantity::parse("1"),
                                                 .amount   = workshop.books.money("12.50")}}});
    workshop.insert(Order{.supplier = acme, .date = Date(2026, 2, 6)});
    workshop.insert(Order{
        .supplier = acme,
        .reckoned_in = Currency::of("EUR"),
        .currency = yen,
        .lines = {OrderLine{.product = Id<Product>{1}, .quantity = Quantity::parse("2"), .amount = Money{1250, yen}}}});
    workshop.write([&](Transaction& tx) {
        auto order        = tx.load(Id<Order>{2});
        order.state       = OrderState::approved;
        order.approved_at = Instant::parse("2026-02-07T08:30:00Z");
        tx.save(order);
    });
}

}  // namespace list_query_test

using namespace list_query_test;

TEST_CASE("list: each operation finds the records it says, by the type of the field") {
    Workshop workshop;
    fill(workshop);
    using Filters = std::vector<ListFilter>;
    struct Case {
        const char* entity;
        Filters     filters;
        const char* ids;
    };
    const Case cases[] = {
        {"shop.supplier", {}, "1 2 3 of 3"},
        {"shop.supplier", {{"id", "gt", "1"}}, "2 3 of 2"},
        {"shop.supplier", {{"payment_days", "lt", "30"}}, "3 of 1"},
        {"shop.supplier", {{"payment_days", "not", "30"}}, "3 of 1"},
        {"shop.supplier", {{"active", "eq", "false"}}, "2 of 1"},
        {"shop.supplier", {{"number", "in", "S1, S3,S9"}}, "1 3 of 2"},
        {"shop.supplier", {{"note", "is", "null"}}, "1 3 of 2"},
        {"shop.supplier", {{"note", "is", "not_null"}}, "2 of 1"},
        {"shop.supplier", {{"note", "eq", ""}}, "1 3 of 2"},
        {"shop.supplier", {{"note", "not", "slow"}}, "1 3 of 2"},
        {"shop.supplier", {{"name", "contains", "SUPERIOR"}}, "2 of 1"},
        {"shop.supplier", {{"name", "contains", "0% c"}}, "1 of 1"},
        {"shop.supplier", {{"name", "contains", "_"}}, "3 of 1"},
        {"shop.supplier", {{"name", "contains", "'; DROP TABLE shop_order; --"}}, "of 0"},
        {"shop.order", {{"date", "gte", "2026-01-05"}, {"date", "lt", "2026-02-06"}}, "1 of 1"},
        {"shop.order", {{"date", "is", "null"}}, "3 of 1"},
        {"shop.order", {{"state", "in", "draft,approved"}}, "1 2 3 of 3"},
        {"shop.order", {{"state", "eq", "approved"}}, "2 of 1"},
        {"shop.order", {{"supplier", "eq", "1"}}, "2 3 of 2"},
        {"shop.order", {{"supplier", "eq", "superior bicycles"}}, "1 of 1"},
        {"shop.order", {{"supplier", "contains", "cotton"}}, "2 3 of 2"},
        {"shop.order", {{"total", "eq", "12.50"}}, "1 3 of 2"},
        {"shop.order", {{"total", "gte", "1250"}, {"currency", "eq", "JPY"}}, "3 of 1"},
        {"shop.order", {{"approved_at", "eq", "2026-02-07"}}, "2 of 1"},
        {"shop.order", {{"approved_at", "gte", "2026-02-07"}}, "2 of 1"},
        {"shop.order", {{"approved_at", "gt", "2026-02-07"}}, "of 0"},
        {"shop.order", {{"approved_at", "gte", "1970-01-01"}}, "2 of 1"},
        {"shop.order", {{"approved_at", "lte", "2026-02-07"}}, "2 of 1"},
        {"shop.order_line", {{"document", "eq", "3"}}, "2 of 1"},
        {"shop.order_line", {{"quantity", "eq", "2.0"}}, "2 of 1"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.filters.empty() ? "" : c.filters[0].field + "." + c.filters[0].operation + "=" + c.filters[0].value);
        CHECK(ids(workshop, c.entity, {.filters = c.filters}) == c.ids);
    }
}

TEST_CASE("list: how many there are of each state, of those that are asked for") {
    Workshop workshop;
    fill(workshop);
    CHECK(listed(workshop, "shop.order", {.count_by = "state"}) == R"({"counts":[{"value":"draft","count":2},{"value":"approved","count":1}],"total":3})");
    CHECK(listed(workshop, "shop.order", {.filters = {{"supplier", "eq", "1"}}, .count_by = "state"}) == R"({"counts":[{"value":"draft","count":1},{"value":"approved","count":1}],"total":2})");
    CHECK(listed(workshop, "shop.supplier", {.count_by = "active"}) == R"({"counts":[{"value":false,"count":1},{"value":true,"count":2}],"total":3})");
    CHECK(listed(workshop, "shop.supplier", {.filters = {{"number", "eq", "S9"}}, .count_by = "active"}) == R"({"counts":[],"total":0})");
}

TEST_CASE("list: a question that makes no sense is refused by name") {
    Workshop workshop;
    fill(workshop);
    struct Case {
        ListRequest request;
        const char* code;
    };
    const Case cases[] = {
        {{.filters = {{"colour", "eq", "red"}}}, "kernel.unknown_filter"},
        {{.filters = {{"id; DROP TABLE shop_order", "eq", "1"}}}, "kernel.unknown_filter"},
        {{.filters = {{"date", "contains", "2026"}}}, "kernel.unknown_filter"},
        {{.filters = {{"date", "around", "2026-01-01"}}}, "kernel.unknown_filter"},
        {{.filters = {{"date", "is", "empty"}}}, "kernel.unknown_filter"},
        {{.filters = {{"date", "gte", "tomorrow"}}}, "kernel.malformed_date"},
        {{.filters = {{"date", "gte", ""}}}, "kernel.required"},
        {{.filters = {{"state", "eq", "lost"}}}, "kernel.unknown_choice"},
        {{.filters = {{"supplier", "eq", "nobody"}}}, "kernel.unknown_reference"},
        {{.sort = {"colour"}}, "kernel.unknown_sort"},
        {{.fields = {"colour"}}, "kernel.unknown_field"},
        {{.count_by = "colour"}, "kernel.unknown_count"},
        {{.count_by = "supplier"}, "kernel.unknown_count"},
    };
    for (const auto& c : cases) CHECK(code_of(workshop, "shop.order", c.request) == c.code);
    CHECK(code_of(workshop, "shop.supplier", {.sort = {"note"}}) == "kernel.unknown_sort");
    CHECK(refused_with([&] {
              listed(workshop, "shop.supplier", {.filters = {{"colour", "eq", "red"}}});
          }) ==
          "kernel.unknown_filter: To filter suppliers, use the fields they have (id, number, name, currency, "
          "payment_days, active, note); \"colour\" is none of them.");
}

TEST_CASE("list: rows carry the fields of the list, references with their labels, amounts in their currency") {
    Workshop workshop;
    fill(workshop);
    CHECK(
        listed(workshop, "shop.order", {.filters = {{"id", "eq", "3"}}, .count = false}) ==
        R"({"rows":[{"id":3,"version":1,"number":"PO-2026-00003","supplier":{"id":1,"label":"Acme 100% cotton"},"date":null,"currency":"JPY","state":"draft","total":"1250"}],"limit":50,"offset":0})");
    CHECK(
        listed(workshop, "shop.order", {.filters = {{"total", "gt", "0"}}, .fields = {"total"}}) ==
        R"({"rows":[{"id":1,"version":1,"total":"12.50"},{"id":3,"version":1,"total":"1250"}],"total":2,"limit":50,"offset":0})");
    CHECK(
        listed(workshop, "shop.order_line", {.fields = {"amount"}}) ==
        R"({"rows":[{"id":1,"version":1,"amount":"12.50"},{"id":2,"version":1,"amount":"1250"}],"total":2,"limit":50,"offset":0})");
}

TEST_CASE("list: a currency that governs no amounts is said, may be asked for, and changes no amount") {
    Workshop workshop;
    fill(workshop);
    CHECK(listed(workshop, "shop.order", {.fields = {"reckoned_in", "total"}}) ==
          R"({"rows":[{"id":1,"version":1,"reckoned_in":null,"total":"12.50"},{"id":2,"version":2,"reckoned_in":null,"total":"0.00"},{"id":3,"version":1,"reckoned_in":"EUR","total":"1250"}],"total":3,"limit":50,"offset":0})");
    CHECK(ids(workshop, "shop.order", {.filters = {{"reckoned_in", "eq", "EUR"}}}) == "3 of 1");
    CHECK(ids(workshop, "shop.order", {.filters = {{"reckoned_in", "eq", "JPY"}, {"total", "gt", "12.49"}}}) == "of 0");
    workshop.read([](const Snapshot& tx) { CHECK(tx.load(Id<Order>{3}).lines.at(0).amount.currency() == Currency::of("JPY")); });
}

TEST_CASE("list: search looks into the searchable fields, sort into any, and the order is always definite") {
    Workshop workshop;
    fill(workshop);
    CHECK(ids(workshop, "shop.supplier", {.search = "s2"}) == "2 of 1");
    CHECK(ids(workshop, "shop.supplier", {.search = "E"}) == "1 2 3 of 3");
    CHECK(ids(workshop, "shop.product", {.search = "1001"}) == "1 of 1");
    CHECK(code_of(workshop, "shop.price", {.search = "1001"}) == "kernel.not_searchable");
    CHECK(ids(workshop, "shop.supplier", {.sort = {"-name"}}) == "2 3 1 of 3");
    CHECK(ids(workshop, "shop.supplier", {.sort = {"active", "-payment_days"}}) == "2 1 3 of 3");
    CHECK(ids(workshop, "shop.order", {.sort = {"date"}}) == "3 1 2 of 3");
    CHECK(ids(workshop, "shop.order", {.sort = {"-date"}}) == "2 1 3 of 3");
    CHECK(ids(workshop, "shop.order", {.sort = {"supplier"}}) == "2 3 1 of 3");
    CHECK(ids(workshop, "shop.order", {.sort = {"-id"}}) == "3 2 1 of 3");
}

TEST_CASE("list: pages follow each other without gaps, and say how many there are in all") {
    Workshop workshop;
    fill(workshop);
    CHECK(ids(workshop, "shop.supplier", {.sort = {"name"}, .limit = 2}) == "1 3 of 3");
    CHECK(ids(workshop, "shop.supplier", {.sort = {"name"}, .limit = 2, .offset = 2}) == "2 of 3");
    CHECK(ids(workshop, "shop.supplier", {.sort = {"-name"}, .limit = 1, .offset = 1}) == "3 of 3");
    CHECK(ids(workshop, "shop.supplier", {.limit = 2, .offset = 9}) == "of 3");
    CHECK(ids(workshop, "shop.supplier", {.limit = 0}) == "of 3");
    CHECK(ids(workshop, "shop.supplier", {.search = "e", .sort = {"-number"}, .limit = 1, .offset = 2}) == "1 of 3");
}

TEST_CASE("list: of 100,000 suppliers any page comes in a moment") {
    Workshop workshop;
    workshop.write([&](Transaction& tx) {
        tx.execute(R"sql(INSERT INTO shop_supplier (id, version, number, name, currency, payment_days, active, note)
                         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                         SELECT i, 1, 'P' || i, 'Supplier ' || (i * 7919 % 100003), 'USD', 30, 1, 'A note of some length, so that rows are as wide as they are' FROM n)sql");
    });
    struct Case {
        const char* name;
        ListRequest request;
        const char* total;
    };
    const Case cases[] = {
        {"first page", {}, "of 100000"},
        {"deep page", {.offset = 90000}, "of 100000"},
        {"deep page by name", {.sort = {"name"}, .offset = 90000}, "of 100000"},
        {"deep page backwards", {.sort = {"-name"}, .offset = 90000}, "of 100000"},
        {"search, rare", {.search = "plier 4711"}, "of 11"},
        {"search, rare, by name", {.search = "plier 4711", .sort = {"name"}}, "of 11"},
        {"search, common, by name", {.search = "upplier", .sort = {"-name"}}, "of 100000"},
        {"search, some, by name", {.search = "P5", .sort = {"name"}, .offset = 500}, "of 11111"},
        {"search, common", {.search = "upplier"}, "of 100000"},
        {"by number", {.filters = {{"number", "eq", "P77777"}}}, "of 1"},
    };
    for (const auto& c : cases) {
        ids(workshop, "shop.supplier", c.request);
        const auto start  = std::chrono::steady_clock::now();
        const auto answer = ids(workshop, "shop.supplier", c.request);
        const auto spent  = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
        CHECK(answer.ends_with(c.total));
        CHECK_MESSAGE(spent < 250,
                      std::string(c.name));  // far above what it takes, for machines that do other things too
    }
}
