#include "views/tracking_schema.h"

#include <sales/records.h>

namespace sales {

namespace tracking_schema {

struct Member {
    const char* name;
    std::string schema;
};

std::string component(const char* name) { return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name); }
std::string or_null(const std::string& schema) { return fmt::format(R"({{"anyOf":[{},{{"type":"null"}}]}})", schema); }
std::string array_of(const std::string& items) { return fmt::format(R"({{"type":"array","items":{}}})", items); }

std::string object_of(const std::vector<Member>& members) {
    std::string names, properties;
    for (const auto& member : members) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ",", member.name);
        properties += fmt::format("{}\"{}\":{}", properties.empty() ? "" : ",", member.name, member.schema);
    }
    return fmt::format(R"({{"type":"object","required":[{}],"properties":{{{}}}}})", names, properties);
}

const char* const identity = R"({"type":"integer","format":"int64"})";
const char* const number   = R"({"type":"integer"})";
const char* const text     = R"({"type":"string"})";
const char* const flag     = R"({"type":"boolean"})";

std::string stage_names() {
    return R"({"type":"string","enum":["quoted","ordered","released","reserved","picked","packed","shipped","invoiced","paid"]})";
}

std::string stage() {
    const auto decimal = component("Decimal"), maybe_day = or_null(component("Day"));
    return object_of({{"stage", stage_names()},
                      {"promised", maybe_day},
                      {"actual", maybe_day},
                      {"days_late", number},
                      {"measure", R"({"type":"string","enum":["amount","quantity"]})"},
                      {"done", decimal},
                      {"whole", decimal},
                      {"complete", flag}});
}

std::string part() {
    return object_of({{"source", R"({"type":"string","enum":["on_hand","expected"]})"},
                      {"quantity", component("Decimal")},
                      {"on", or_null(component("Day"))},
                      {"document", or_null(text)},
                      {"entity", or_null(text)},
                      {"id", or_null(identity)}});
}

std::string actor() { return or_null(object_of({{"permission", text}, {"title", text}})); }

std::string line() {
    const auto decimal = component("Decimal");
    return object_of({{"order_line", identity},
                      {"line_number", number},
                      {"product", component("Reference")},
                      {"description", text},
                      {"promised", or_null(component("Day"))},
                      {"ordered", decimal},
                      {"shipped", decimal},
                      {"returned", decimal},
                      {"invoiced", decimal},
                      {"outstanding", decimal},
                      {"covered_by", array_of(part())},
                      {"missing", decimal},
                      {"blocked_by", or_null(text)},
                      {"acts_next", actor()}});
}

}  // namespace tracking_schema

std::string schema_of_tracking() {
    using namespace tracking_schema;
    return object_of({{"order", identity},
                      {"number", or_null(text)},
                      {"state", fmt::format(R"({{"type":"string","enum":["{}"]}})", fmt::join(names_of(OrderState{}), R"(",")"))},
                      {"stage", stage_names()},
                      {"promised", or_null(component("Day"))},
                      {"days_late", number},
                      {"currency", text},
                      {"total", component("Decimal")},
                      {"blocked_by", or_null(text)},
                      {"acts_next", actor()},
                      {"stages", array_of(stage())},
                      {"lines", array_of(line())}});
}

}  // namespace sales
