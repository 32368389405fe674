// The reports whose names and columns are promised, and the JSON that the pages read.
#include "tests/buying.h"

#include <boost/json.hpp>

namespace purchasing::tests {

namespace {

struct Year {
    Buying            buying{};
    Id<Product>       chain = buying.product("Chain"), wheel = buying.product("Wheel");
    Id<Order>         first{}, second{};
    Id<VendorInvoice> invoice{};
    Year() {
        first  = buying.order({{chain, "10", "12.50"}, {wheel, "2", "80"}}, "2026-02-01"_date);
        second = buying.order({{wheel, "4", "70"}}, "2026-03-01"_date);
        buying.draft({{wheel, "1", "1"}}, "2026-03-01"_date);
        buying.receive(first, {"10/2", "1"}, "2026-02-10"_date);
        invoice = buying.invoice(first, {"10 @ 12.50", "2 @ 80"}, "2026-02-15"_date);
    }
};

// Where a value has a member that its schema does not name, or lacks one that the schema requires.
std::string undescribed(const boost::json::value& schema, const boost::json::value& value, const std::string& place) {
    if (const auto* either = schema.as_object().if_contains("anyOf"))
        return value.is_null() ? "" : undescribed(either->as_array().front(), value, place);
    if (schema.as_object().contains("$ref")) return "";
    const auto& type = schema.at("type").as_string();
    std::string found;
    if (type == "array")
        for (const auto& element : value.as_array()) found += undescribed(schema.at("items"), element, place + "[]");
    if (type != "object") return found;
    for (const auto& name : schema.at("required").as_array())
        if (!value.as_object().contains(name.as_string())) found += fmt::format("{} lacks {}; ", place, std::string(name.as_string()));
    for (const auto& [name, member] : value.as_object()) {
        const auto inside = place + "." + std::string(name);
        const auto* known = schema.at("properties").as_object().if_contains(name);
        found += known ? undescribed(*known, member, inside) : inside + " is not described; ";
    }
    return found;
}

}  // namespace

TEST_CASE("reports: orders by year and status") {
    Year year;
    CHECK(year.buying.company.report("purchasing.order_summary") ==
          "2026 | approved | 1 | 280.00 | 0.00 | 0.00 | 280.00\n"
          "2026 | draft | 1 | 1.00 | 0.00 | 0.00 | 1.00\n"
          "2026 | part_received | 1 | 285.00 | 0.00 | 0.00 | 285.00\n"
          "=  |  | 3 | 566.00 | 0.00 | 0.00 | 566.00\n");
    CHECK(year.buying.company.report("purchasing.order_summary", {{"to", "2026-02-28"}}).find("approved") ==
          std::string::npos);
}

TEST_CASE("reports: receipts by year of the order") {
    Year       year;
    const auto result = year.buying.company.report("purchasing.receipt_summary");
    CHECK(result.substr(0, result.find('\n')) == "2026 | 4 | 17 | 11 | 2 | 9 | 3 | 25.00");
}

TEST_CASE("reports: the three-way match in one line, and its holds") {
    Year year;
    CHECK(year.buying.company.report("purchasing.match_summary").starts_with("2 | 285.00 | 180.00 | 105.00 | 2 | 1"));
    CHECK(year.buying.company.report("purchasing.match_summary", {{"as_of", "2026-02-14"}})
              .starts_with("0 | 0.00 | 0.00 | 0.00 | 0 | 0"));
    const auto holds = year.buying.company.report("purchasing.holds");
    CHECK(holds.find(
              "Acme | VI-2026-00001 | PO-2026-00001 | Chain | quantity_exceeds_receipt | 25.00 | USD | 25.00 | 2026-02-15 | "
              "Receive 2 more, or have the supplier credit 25.00.") != std::string::npos);
    CHECK(holds.find("Wheel | quantity_exceeds_receipt | 80.00 | USD | 80.00") != std::string::npos);
}

TEST_CASE("reports: received and not invoiced is the balance of its account, as of a day and as known at a moment") {
    Year       year;
    auto&      buying = year.buying;
    const auto known  = tessera::Instant::now();
    CHECK(buying.open_orders() == "80.00");
    CHECK(buying.company.report("purchasing.received_not_invoiced") ==
          "PO-2026-00001 | 2 | Acme | Wheel | 1 | 2 | -1 | -80.00\n=  |  |  |  |  |  |  | -80.00\n");
    CHECK(buying.company.report("purchasing.received_not_invoiced", {{"as_of", "2026-02-10"}})
              .find("=  |  |  |  |  |  |  | 205.00") != std::string::npos);
    buying.receive(year.second, {"4"}, "2026-03-05"_date);
    CHECK(buying.company.report("purchasing.received_not_invoiced").find("=  |  |  |  |  |  |  | 200.00") !=
          std::string::npos);
    CHECK(buying.company.report("purchasing.received_not_invoiced", {{"known_at", known.str()}})
              .find("=  |  |  |  |  |  |  | -80.00") != std::string::npos);
}

TEST_CASE("reports: supplier performance, largest first, with rates to four decimals") {
    Year       year;
    const auto other = year.buying.company.insert(Party{.number = "BIG", .name = "Big", .supplier = true});
    const auto order = year.buying.draft({{year.wheel, "3", "1000"}}, Buying::day, {}, other);
    year.buying.company.transition(order, "approve", Buying::day);
    const auto text = year.buying.company.report("purchasing.supplier_performance");
    CHECK(text.starts_with("Big | 1 | 3000.00 | 0 | 0 | 0 | "));
    CHECK(text.find("Acme | 2 | 565.00 | 11 | 2 | 18.1818 | ") != std::string::npos);
}

TEST_CASE("reports: open orders are the lines of which something is to come") {
    Year       year;
    const auto text = year.buying.company.report("purchasing.open_orders");
    CHECK(text.find("PO-2026-00001 | 2026-02-01 | Acme | part_received | 1 | Chain |  | 10 | 10 | 2 | 10 | 2 | 12.5 | "
                    "USD | 25.00") != std::string::npos);
    CHECK(text.find("PO-2026-00002") != std::string::npos);
}

TEST_CASE("reports: what was held and matched, as of any day and as known at any moment") {
    Year        year;
    auto&       company = year.buying.company;
    const auto  moment  = [&] {
        std::string text;
        company.read([&](const Snapshot& tx) { text = tx.now().str(); });
        return text;
    };
    const auto held = [&](const std::string& as_of, const std::string& known_at = {}) {
        const auto  result = company.report_result("purchasing.holds", {{"as_of", as_of}, {"known_at", known_at}});
        std::string text;
        for (const auto& row : result.rows) text += tessera::text_of(row[3]) + " " + tessera::text_of(row[7]) + " since " + tessera::text_of(row[8]) + "; ";
        return text;
    };
    const auto matched = [&](const std::string& as_of, const std::string& known_at = {}) {
        return company.report("purchasing.match_summary", {{"as_of", as_of}, {"known_at", known_at}});
    };
    const auto open = [&](const std::string& as_of, const std::string& known_at = {}) {
        const auto result = company.report_result("purchasing.received_not_invoiced", {{"as_of", as_of}, {"known_at", known_at}});
        return tessera::text_of(result.totals[7]);
    };
    const auto invoiced = moment();
    year.buying.receive(year.first, {"1", "1"}, "2026-02-20"_date);       // of 2 chains and 1 wheel that were missing
    const auto received = moment();
    company.transition(year.invoice, "reverse", "2026-03-05"_date);

    CHECK(held("2026-02-14") == "");
    CHECK(held("2026-02-19") == "Chain 25.00 since 2026-02-15; Wheel 80.00 since 2026-02-15; ");
    CHECK(held("2026-02-20") == "Chain 12.50 since 2026-02-15; ");
    CHECK(held("2026-03-04") == "Chain 12.50 since 2026-02-15; ");
    CHECK(held("2026-03-05") == "");
    CHECK(held("") == "");
    CHECK(held("2026-03-05", invoiced) == "Chain 25.00 since 2026-02-15; Wheel 80.00 since 2026-02-15; ");
    CHECK(held("", received) == "Chain 12.50 since 2026-02-15; ");
    CHECK(held("2026-02-14", received) == "");

    CHECK(matched("2026-02-14") == "0 | 0.00 | 0.00 | 0.00 | 0 | 0\n");
    CHECK(matched("2026-02-19") == "2 | 285.00 | 180.00 | 105.00 | 2 | 1\n");
    CHECK(matched("2026-02-20") == "2 | 285.00 | 272.50 | 12.50 | 1 | 1\n");
    CHECK(matched("2026-03-05") == "0 | 0.00 | 0.00 | 0.00 | 0 | 0\n");
    CHECK(matched("") == "0 | 0.00 | 0.00 | 0.00 | 0 | 0\n");
    CHECK(matched("", invoiced) == "2 | 285.00 | 180.00 | 105.00 | 2 | 1\n");
    CHECK(matched("2026-03-05", received) == "2 | 285.00 | 272.50 | 12.50 | 1 | 1\n");
    CHECK(matched("2026-02-14", received) == "0 | 0.00 | 0.00 | 0.00 | 0 | 0\n");

    CHECK(open("2026-02-14") == "205.00");
    CHECK(open("2026-02-15") == "-80.00");
    CHECK(open("2026-03-04", invoiced) == "-80.00");
    CHECK(open("2026-03-04", received) == "12.50");
    CHECK(open("2026-03-05") == "297.50");
    CHECK(company.verify() == "");
}

TEST_CASE("views: the match of an order tells the three quantities and what is held") {
    Year       year;
    const auto json = year.buying.company.suite().record_view({}, "purchasing.order", year.first.value, "match");
    for (const char* part :
         {R"("order":{"id":1,"number":"PO-2026-00001")", R"("ordered":"10","received":"10","rejected":"2")",
          R"("price":"12.5")", R"("invoice_price":"12.5")", R"("ordered_value":"125.00")", R"("status":"held")",
          R"("explanation":"Receive 2 more, or have the supplier credit 25.00.")",
          R"("reason":"quantity_exceeds_receipt","blocking":true,"amount":"25.00","since":"2026-02-15")"}) {
        INFO(part);
        CHECK(json.find(part) != std::string::npos);
    }
    const auto why =
        year.buying.company.suite().record_view({}, "purchasing.vendor_invoice", year.invoice.value, "explanation");
    CHECK(why.find("VI-2026-00001 is held for 105.00 of 285.00: on PO-2026-00001 line 1 (Chain)") != std::string::npos);
    CHECK(year.buying.company.suite()
              .record_view({}, "purchasing.vendor_invoice", year.invoice.value, "match")
              .find(R"("orders":[{"order":{"id":1)") != std::string::npos);
}

TEST_CASE("views: the description of the interface names every member that a view answers") {
    Year        year;
    auto&       suite = year.buying.company.suite();
    const auto  paths = boost::json::parse(suite.openapi()).at("paths");
    const auto  check = [&](const char* entity, const char* path, std::int64_t id, const char* view) {
        const auto& schema = paths.at(fmt::format("/api/purchasing/{}/{{id}}/{}", path, view))
                                 .at("get").at("responses").at("200").at("content").at("application/json").at("schema");
        CHECK(undescribed(schema, boost::json::parse(suite.record_view({}, entity, id, view)), view) == "");
    };
    check("purchasing.order", "orders", year.first.value, "match");
    check("purchasing.order", "orders", year.second.value, "match");
    check("purchasing.vendor_invoice", "vendor_invoices", year.invoice.value, "match");
    check("purchasing.vendor_invoice", "vendor_invoices", year.invoice.value, "explanation");
}

TEST_CASE("records: a receipt and an invoice are made and posted from JSON that names order lines alone") {
    Buying     buying;
    const auto chain = buying.product("Chain");
    const auto order = buying.order({{chain, "10", "12.50"}});
    const auto line  = buying.line(order).id;
    const auto make  = [&](const char* entity, const std::string& body) {
        return buying.company.suite().run(
             {.verb = tessera::RecordCommand::Verb::create, .entity = entity, .body = body, .transition = "post"});
    };
    const auto receipt = make(
        "purchasing.goods_receipt",
        fmt::format(
            R"({{"date":"2026-03-02","delivery_note":"L-1","lines":[{{"order_line":{},"quantity":"10","rejected":"1","reason":"Bent"}}]}})",
            line));
    CHECK(receipt.json.find(R"("state":"posted")") != std::string::npos);
    CHECK(receipt.json.find(R"("number":"GR-2026-00001")") != std::string::npos);
    const auto invoice = make(
        "purchasing.vendor_invoice",
        fmt::format(
            R"({{"date":"2026-03-03","supplier_number":"X-1","freight":"5.00","tax":"10.40","total":"140.40","lines":[{{"order_line":{},"quantity":"10"}}]}})",
            line));
    const auto posted = buying.company.load(Id<VendorInvoice>{invoice.id});
    CHECK(posted.supplier == buying.acme);
    CHECK(posted.lines[0].price == UnitPrice::parse("12.5"));
    CHECK(posted.total == buying.company.money("140.40"));
    CHECK(posted.held == buying.company.money("12.50"));
    buying.check_sound();
}

}  // namespace purchasing::tests
