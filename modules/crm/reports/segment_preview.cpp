// Who would belong to a segment before its rule is saved, and of what rules can be made.
#include "declare.h"
#include "services/segment_rule.h"

#include <tessera/text.h>

#include <boost/json.hpp>

#include <charconv>

namespace crm {

namespace segment_preview {

using tessera::Parameters;
using tessera::Refused;
namespace json = boost::json;

constexpr std::size_t names_shown = 5;

struct FactRow {
    std::string name{}, title{}, kind{};
};

struct CountRow {
    std::int64_t parties = 0, of = 0;
    std::string  first{};
};
struct Named {
    Id<Party>   id{};
    std::string name{};
};

Refused malformed(std::string_view what) {
    return std::move(Refused("crm.malformed_conditions", "To count who belongs to it, send its conditions as [{{\"fact\":\"country\",\"comparison\":\"is\",\"value\":\"DE\"}}]: {}.", what)
                         .with_status(422)
                         .with_field("conditions"));
}

std::string text_of(const json::object& condition, std::string_view name) {
    const auto* value = condition.if_contains(name);
    if (!value || value->is_null()) return {};
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (!value->is_string()) throw malformed(fmt::format("{} is no text", name));
    return std::string(value->get_string());
}

std::int64_t alternative_of(const std::string& text) {
    std::int64_t number = 1;
    const auto   end    = text.data() + text.size();
    if (!text.empty() && std::from_chars(text.data(), end, number).ptr != end) throw malformed(fmt::format("\"{}\" is no number of an alternative", tessera::excerpt(text)));
    return number;
}

std::vector<SegmentCondition> conditions_of(std::string_view text) {
    boost::system::error_code error;
    const auto                document = json::parse(text, error);
    if (error || !document.is_array()) throw malformed("that is no array in JSON");
    std::vector<SegmentCondition> conditions;
    for (const auto& one : document.get_array()) {
        if (!one.is_object()) throw malformed("each condition is an object");
        const auto& condition = one.get_object();
        const auto  comparison = text_of(condition, "comparison");
        conditions.push_back({.alternative = alternative_of(text_of(condition, "alternative")),
                              .fact        = text_of(condition, "fact"),
                              .comparison  = comparison.empty() ? Comparison::is : tessera::value_named<Comparison>(comparison),
                              .value       = text_of(condition, "value")});
    }
    return conditions;
}

void count(const Snapshot& tx, const Parameters& parameters, const std::function<void(const CountRow&)>& emit) {
    const auto conditions = conditions_of(parameters.text("conditions"));
    require_sound(tx, conditions);
    const auto               parties = parties_in(tx, conditions, parameters.date("on"));
    CountRow                 row{.parties = std::ssize(parties)};
    std::vector<std::string> first;
    tx.each<Named>("SELECT id, name FROM directory_party WHERE active = 1 AND crm_merged_into IS NULL ORDER BY name, id", [&](const Named& party) {
        ++row.of;
        if (first.size() < names_shown && parties.contains(party.id)) first.push_back(party.name);
    });
    for (const auto& name : first) row.first += (row.first.empty() ? "" : ", ") + name;
    emit(row);
}

}  // namespace segment_preview

void declare_segment_preview(tessera::Kernel& kernel) {
    using namespace tessera;
    using namespace segment_preview;
    kernel.report<FactRow>("crm.segment_facts", "Facts for segments")
        .not_in_menu()
        .help("What is known of parties, by this module and by others, and can be a condition of a segment")
        .column("name", &FactRow::name, titled("Fact"))
        .column("title", &FactRow::title)
        .column("kind", &FactRow::kind, meaning("text, number, day or flag (yes or no)"))
        .run([](const Snapshot& tx, const Parameters&, const auto& emit) {
            for (const auto& fact : tx.contributions<PartyFact>()) emit({fact.name, fact.title, std::string(tessera::name_of(fact.kind))});
        });
    kernel.report<CountRow>("crm.segment_count", "Who would belong to a segment")
        .not_in_menu()
        .help("How many active parties satisfy these conditions, before a segment is made of them")
        .parameter<std::string>("conditions", required, help("As JSON: [{\"fact\":\"country\",\"comparison\":\"is\",\"value\":\"DE\"}]; \"alternative\" numbers those of which one is enough"))
        .parameter<Date>("on", by_default("today"))
        .column("parties", &CountRow::parties)
        .column("of", &CountRow::of, titled("Of all"))
        .column("first", &CountRow::first, titled("The first by name"))
        .run(count);
}

}  // namespace crm
