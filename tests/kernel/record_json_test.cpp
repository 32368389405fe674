#include "workshop_company.h"

#include <doctest/doctest.h>

using namespace tessera;

namespace {

struct Shop : WorkshopCompany {
    // The field and the code a body is refused with.
    std::string told(const RecordCommand& command) {
        try {
            send(command);
            return "done";
        } catch (const Refused& refused) {
            return fmt::format("{} {} {}", refused.status(), refused.code(), refused.field());
        }
    }
    std::string created(std::string body) { return told(create(std::move(body))); }
    boost::json::object answer(const RecordCommand& command) { return boost::json::parse(send(command).json).as_object(); }
    boost::json::object order_with(std::string lines) { return answer(create(R"({"customer":)" + std::to_string(customer().value) + R"(,"lines":)" + lines + "}")); }
};

std::string text(const boost::json::value& v) { return boost::json::serialize(v); }

}  // namespace

TEST_CASE("json: every kind of field goes in and comes out the same") {
    Shop       shop;
    const auto printer = shop.insert(workshop::Printer{.name = "P1"});
    const auto body    = fmt::format(R"({{"code":"T-1","description":"heavy\nand old","count":-3,"shelf":2147483647,"lent":true,"before":"1.25","currency":"JPY",)"
                                        R"("value":"1200","weight":"0.000001","price":"12.5","rate":"0.0000000001","wear":"8.25","bought_on":"2026-02-28",)"
                                        R"("used_at":"2026-01-31T10:15:30.123456Z","wish":"estimate","owner":{{"id":{},"label":"Ada"}},"drawer":0,"length":"2",)"
                                        R"("sold_on":null,"next_wish":"repair","printer":{{"id":{},"label":"P1"}}}})",
                                     shop.customer(), printer);
    const auto answer = shop.send(shop.create(body, "workshop.tool"));
    auto       record = boost::json::parse(answer.json).as_object();
    CHECK(record.at("id").as_int64() == answer.id);
    CHECK(record.at("version").as_int64() == 1);
    record.erase("id");
    record.erase("version");
    CHECK(record == boost::json::parse(body).as_object());

    RecordAnswer again;
    REQUIRE(shop.suite().get({}, "workshop.tool", answer.id, again));
    CHECK(again.json == answer.json);
    CHECK_FALSE(shop.suite().get({}, "workshop.tool", 99, again));

    // All of it sent back changes nothing, not even the version.
    CHECK(shop.send(shop.change(answer.id, answer.json, "workshop.tool")).version == 1);
}

TEST_CASE("json: what is left out keeps its fresh value; what is null is cleared") {
    Shop shop;
    auto tool = shop.answer(shop.create(R"({"code":"T-1","drawer":5,"description":"x"})", "workshop.tool"));
    CHECK(text(tool.at("shelf")) == "7");
    CHECK(text(tool.at("wish")) == R"("draft")");
    CHECK(text(tool.at("currency")) == R"("USD")");
    CHECK(text(tool.at("value")) == R"("0.00")");
    CHECK(text(tool.at("next_wish")) == "null");
    tool = shop.answer(shop.change(tool.at("id").as_int64(), R"({"drawer":null,"description":null})", "workshop.tool"));
    CHECK(text(tool.at("drawer")) == "null");
    CHECK(text(tool.at("description")) == "null");
    CHECK(text(tool.at("code")) == R"("T-1")");
}

TEST_CASE("json: what cannot be meant is refused with the field it is about") {
    Shop       shop;
    const auto with = [&](std::string member) { return shop.created(R"({"customer":)" + std::to_string(shop.customer().value) + "," + member + "}"); };
    CHECK(with(R"("note":"fine")") == "done");
    CHECK(with(R"("nte":"x")") == "422 kernel.unknown_field nte");
    CHECK(with(R"("number":"WO-1")") == "422 kernel.read_only_field number");
    CHECK(with(R"("total":"5.00")") == "422 kernel.read_only_field total");
    CHECK(with(R"("number":null)") == "done");                                          // as it was given out
    CHECK(with(R"("number":{"any":"thing"})") == "422 kernel.read_only_field number");
    CHECK(with(R"("state":"draft")") == "done");
    CHECK(with(R"("state":null)") == "422 kernel.read_only_field state");
    CHECK(with(R"("note":5)") == "422 kernel.wrong_type note");
    CHECK(with(R"("note":["x"])") == "422 kernel.wrong_type note");
    CHECK(with(R"("note":{"id":5})") == "422 kernel.wrong_type note");
    CHECK(with(R"("priority":{"id":5})") == "422 kernel.wrong_type priority");           // only references are objects
    CHECK(with(R"("priority":1.5)") == "422 kernel.wrong_type priority");
    CHECK(with(R"("priority":"many")") == "422 kernel.malformed_number priority");
    CHECK(with(R"("hours":0.5)") == "422 kernel.wrong_type hours");                      // decimals are text
    CHECK(with(R"("hours":"0.1234567")") == "422 kernel.too_many_decimals hours");
    CHECK(with(R"("hours":"1e3")") == "422 kernel.malformed_number hours");
    CHECK(with(R"("wish":"dance")") == "422 kernel.unknown_choice wish");
    CHECK(with(R"("ordered_on":"2026-02-30")") == "422 kernel.malformed_date ordered_on");
    CHECK(with(R"("currency":"XQX")") == "422 kernel.unknown_currency currency");
    CHECK(with(R"("note":"bell\u0007")") == "422 kernel.malformed_text note");
    CHECK(with(R"("note":")" + std::string(41, 'x') + "\"") == "422 kernel.too_long note");
    std::string dashes;
    for (int i = 0; i < 40; ++i) dashes += "–";
    CHECK(with(R"("note":")" + dashes + "\"") == "done");                                // forty characters, more bytes
    CHECK(with(R"("lines":{})") == "422 kernel.wrong_type lines");
    CHECK(with(R"("lines":[7])") == "422 kernel.wrong_type lines");
    CHECK(with(R"("lines":[{"article":"a","quantity":"1"},{"article":"b","quantity":"x"}])") == "422 kernel.malformed_number lines[1].quantity");
    CHECK(with(R"("lines":[{"article":"a","quantity":"1"},{"article":"b"}])") == "422 kernel.not_positive lines[1].quantity");
    CHECK(with(R"("lines":[{"artikel":"a"}])").starts_with("422 kernel.unknown_field lines[0]"));
    CHECK(shop.created("[]") == "400 kernel.wrong_type ");
    CHECK(shop.created("{").starts_with("400 kernel.malformed_json"));
    CHECK(shop.created("{}") == "422 kernel.required customer");
}

TEST_CASE("json: a reference is an id, an object with an id, a number as text, or the label of one record") {
    Shop       shop;
    const auto grace = shop.insert(workshop::Customer{.name = "Grace"});
    const auto seven = shop.insert(workshop::Customer{.name = "7007"});
    const auto who   = [&](std::string customer) { return text(shop.answer(shop.create(R"({"customer":)" + customer + "}")).at("customer")); };
    const auto is_grace = fmt::format(R"({{"id":{},"label":"Grace"}})", grace);
    CHECK(who(std::to_string(grace.value)) == is_grace);
    CHECK(who(fmt::format(R"({{"id":{}}})", grace)) == is_grace);
    CHECK(who(fmt::format("\"{}\"", grace)) == is_grace);
    CHECK(who("\"Grace\"") == is_grace);
    CHECK(who("\"7007\"") == fmt::format(R"({{"id":{},"label":"7007"}})", seven));        // no such id: the label is meant

    const auto told = [&](std::string customer) { return shop.created(R"({"customer":)" + customer + "}"); };
    CHECK(told("\"Linus\"") == "422 kernel.unknown_reference customer");
    CHECK(told("4711").find("kernel.unknown_reference") != std::string::npos);
    CHECK(told("{}") == "422 kernel.wrong_type customer");
    CHECK(told(R"({"id":"Grace"})") == "422 kernel.wrong_type customer");
    shop.insert(workshop::Customer{.name = "Grace"});
    CHECK(told("\"Grace\"") == "422 kernel.ambiguous_reference customer");
    CHECK(told("null") == "422 kernel.required customer");
}

TEST_CASE("json: lines are known by their ids: kept, changed, new, gone") {
    Shop       shop;
    const auto order = shop.order_with(R"([{"article":"a","quantity":"1"},{"article":"b","quantity":"2"},{"article":"c","quantity":"3"}])");
    const auto id    = order.at("id").as_int64();
    const auto line  = [&](int i) { return order.at("lines").as_array()[static_cast<std::size_t>(i)].at("id").as_int64(); };
    CHECK(text(shop.answer(shop.change(id, R"({"note":"lines not named stay"})")).at("lines")) == text(order.at("lines")));

    const auto changed = shop.answer(shop.change(id, fmt::format(R"({{"lines":[{{"id":{},"quantity":"30"}},{{"article":"d","quantity":"4"}},{{"id":{}}}]}})", line(2), line(0))));
    std::string list;
    for (const auto& l : changed.at("lines").as_array()) list += fmt::format("{}:{} ", std::string(l.at("article").as_string()), std::string(l.at("quantity").as_string()));
    CHECK(list == "a:1 c:30 d:4 ");
    CHECK(changed.at("lines").as_array()[0].at("id").as_int64() == line(0));
    CHECK(changed.at("lines").as_array()[1].at("id").as_int64() == line(2));

    CHECK(shop.told(shop.change(id, fmt::format(R"({{"lines":[{{"id":{}}}]}})", line(1)))) == "422 kernel.unknown_line lines");       // deleted
    CHECK(shop.told(shop.change(id, fmt::format(R"({{"lines":[{{"id":{0}}},{{"id":{0}}}]}})", line(0)))) == "422 kernel.unknown_line lines");
    CHECK(shop.told(shop.change(id, R"({"lines":[{"id":"first"}]})")) == "422 kernel.wrong_type lines[0].id");
    const auto other = shop.order_with(R"([{"article":"z","quantity":"1"}])").at("lines").as_array()[0].at("id").as_int64();
    CHECK(shop.told(shop.change(id, fmt::format(R"({{"lines":[{{"id":{}}}]}})", other))) == "422 kernel.unknown_line lines");
}

TEST_CASE("json: the currency of a record governs the amounts after it, and those of its lines") {
    Shop       shop;
    const auto tool = [&](std::string members) { return shop.told(shop.create(R"({"code":"T",)" + members + "}", "workshop.tool")); };
    CHECK(tool(R"("value":"1.50","currency":"JPY")") == "422 kernel.too_many_decimals value");      // the order in which they are sent does not matter
    CHECK(tool(R"("before":"1.50","value":"2","currency":"JPY")") == "done");                        // before the currency: of the books

    auto answer = shop.answer(shop.change(1, R"({"value":"77"})", "workshop.tool"));                 // the currency it has
    CHECK(text(answer.at("value")) == R"("77")");
    CHECK(text(answer.at("before")) == R"("1.50")");
    CHECK(shop.told(shop.change(1, R"({"value":"7.7"})", "workshop.tool")) == "422 kernel.too_many_decimals value");

    const auto yen = shop.answer(shop.create(R"({"customer":1,"currency":"JPY","lines":[{"article":"a","quantity":"3","price":"99.5"}]})"));
    CHECK(text(yen.at("total")) == R"("299")");                                                      // 298.5 in whole yen
    CHECK(text(yen.at("lines").at(0).at("amount")) == R"("299")");
    CHECK(shop.told(shop.create(R"({"customer":1,"currency":"JPY","lines":[{"article":"a","quantity":"3","amount":"0"}]})")) == "done");
    CHECK(shop.load(Id<workshop::Order>{yen.at("id").as_int64()}).lines[0].amount.currency().code() == "JPY");
}

TEST_CASE("json: what may not be done from outside is refused, with the way to do it") {
    Shop       shop;
    const auto order = shop.confirmed_order();
    CHECK(shop.refused(shop.create(R"({"text":"x"})", "workshop.label")) == "kernel.not_editable: To create a label, use the documents that make it: it cannot be done directly.");
    CHECK(shop.refused(shop.change(order.value, R"({"note":"x"})")) == "kernel.wrong_state: To change this work order, use its transitions: it is confirmed and no longer draft.");
    CHECK(shop.refused(shop.remove(order.value)).starts_with("kernel.wrong_state"));
    CHECK(shop.refused(shop.create("{}", "workshop.order_line")) == "kernel.is_a_line: To change a order line, change the document it belongs to.");
    CHECK(shop.refused(shop.create("{}", "workshop.ordre")) == "kernel.no_entity: To use \"workshop.ordre\", name an entity of a loaded module.");
    CHECK(shop.refused(shop.change(4711, "{}")).starts_with("kernel.not_found"));
    CHECK(shop.refused(shop.remove(4711)).starts_with("kernel.not_found"));
    CHECK(shop.told(shop.create(R"({"code":"T"})", "workshop.tool")) == "done");
    CHECK(shop.told(shop.create(R"({"code":"T"})", "workshop.tool")).starts_with("409 kernel.duplicate"));
}
