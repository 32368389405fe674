#include "metadata/list_condition.h"
#include "metadata/record_views.h"

#include "access/narrowing.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include <algorithm>
#include <map>

namespace tessera::metadata {

namespace counting {

const FieldDescription& counted_field(const Snapshot& snapshot, const EntityDescription& e, const std::string& name) {
    const auto* f = e.find(name);
    if (f && !access::hides(snapshot.user(), e, *f) && (f->kind == FieldKind::choice || f->kind == FieldKind::boolean)) return *f;
    throw Refused("kernel.unknown_count", "To count {}, name a field of theirs that is a choice or a yes or no; \"{}\" is none.", lower_ascii(e.plural), excerpt(name))
        .with_status(400)
        .with_field("count_by");
}

}  // namespace counting

std::string list_counts(const Snapshot& snapshot, const EntityDescription& e, const ListRequest& request) {
    const auto&                         field = counting::counted_field(snapshot, e, request.count_by);
    const ListCondition                 which(snapshot, e, request);
    const auto                          text = fmt::format("SELECT t.{}, count(*) FROM {} t{} GROUP BY t.{}", field.name, e.table, which.where(), field.name);
    std::map<std::string, std::int64_t> counts;
    std::int64_t                        total = 0;
    {
        sql::Use use(snapshot, text);
        which.bind(*use);
        for (; use->step(); total += use->integer(1))
            counts[field.kind == FieldKind::boolean ? (use->integer(0) ? "true" : "false") : std::string(use->text(0))] = use->integer(1);
    }
    std::string out;
    JsonWriter  json(out);
    const auto  write = [&](std::string_view value, std::int64_t count) {
        json.begin_object();
        field.kind == FieldKind::boolean ? json.member("value", value == "true") : json.member("value", value);
        json.member("count", count);
        json.end_object();
    };
    json.begin_object();
    json.key("counts").begin_array();
    for (const auto value : field.kind == FieldKind::boolean ? std::vector<std::string_view>{"false", "true"} : field.choices)
        if (const auto counted = counts.find(std::string(value)); counted != counts.end()) write(value, counted->second);
    json.end_array();
    json.member("total", total);
    json.end_object();
    return out;
}

}  // namespace tessera::metadata
