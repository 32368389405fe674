#include "views/match_schema.h"

#include <purchasing/records.h>

#include <initializer_list>

namespace purchasing {

namespace match_schema {

struct Member {
    const char* name;
    std::string schema;
};
using Members = std::vector<Member>;

std::string component(const char* name) { return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name); }
std::string or_null(const std::string& schema) { return fmt::format(R"({{"anyOf":[{},{{"type":"null"}}]}})", schema); }
std::string array_of(const std::string& items) { return fmt::format(R"({{"type":"array","items":{}}})", items); }

template <class Choices>
std::string one_of(const Choices& choices) {
    return fmt::format(R"({{"type":"string","enum":["{}"]}})", fmt::join(choices, R"(",")"));
}

std::string object_of(const Members& members) {
    std::string names, properties;
    for (const auto& member : members) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ",", member.name);
        properties += fmt::format("{}\"{}\":{}", properties.empty() ? "" : ",", member.name, member.schema);
    }
    return fmt::format(R"({{"type":"object","required":[{}],"properties":{{{}}}}})", names, properties);
}

Members joined(std::initializer_list<Members> parts) {
    Members all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

const char* const identity  = R"({"type":"integer","format":"int64"})";
const char* const text      = R"({"type":"string"})";
const char* const flag      = R"({"type":"boolean"})";
const auto        decimal   = component("Decimal");
const auto        reference = component("Reference");

std::string line() {
    return object_of({{"order_line", identity},
                      {"line_number", R"({"type":"integer"})"},
                      {"product", or_null(reference)},
                      {"description", text},
                      {"ordered", decimal},
                      {"received", decimal},
                      {"rejected", decimal},
                      {"returned", decimal},
                      {"accepted", decimal},
                      {"invoiced", decimal},
                      {"price", decimal},
                      {"invoice_price", or_null(decimal)},
                      {"ordered_value", decimal},
                      {"received_value", decimal},
                      {"invoiced_value", decimal},
                      {"status", one_of(std::initializer_list<const char*>{"ok", "open", "warn", "held"})},
                      {"explanation", text}});
}

Members holds() {
    return {{"holds", array_of(object_of({{"id", identity},
                                          {"invoice", or_null(reference)},
                                          {"order_line", identity},
                                          {"reason", one_of(names_of(HoldReason{}))},
                                          {"blocking", flag},
                                          {"amount", decimal},
                                          {"since", component("Day")},
                                          {"clears_when", text}}))}};
}

Members order() {
    return {{"order", object_of({{"id", identity}, {"number", text}, {"state", one_of(names_of(OrderState{}))}})},
            {"currency", text},
            {"lines", array_of(line())}};
}

Members explanation() {
    return {{"invoice", reference}, {"total", decimal}, {"held", decimal}, {"explanation", text}};
}

}  // namespace match_schema

std::string schema_of_order_match() {
    using namespace match_schema;
    return object_of(joined({order(), holds()}));
}

std::string schema_of_invoice_match() {
    using namespace match_schema;
    return object_of(joined({explanation(), {{"orders", array_of(object_of(order()))}}, holds()}));
}

std::string schema_of_explanation() {
    using namespace match_schema;
    return object_of(explanation());
}

}  // namespace purchasing
