#include <tessera/kernel.h>
#include <tessera/text.h>

#include "access/narrowing.h"
#include "kernel/literal.h"
#include "kernel/state.h"
#include "metadata/list_condition.h"
#include "metadata/record_json.h"
#include "metadata/record_views.h"
#include "metadata/row_reader.h"

#include <algorithm>

namespace tessera::metadata {

namespace list_query {

std::vector<const FieldDescription*> shown_fields(const Actor& reader, const EntityDescription& e,
                                                  const std::vector<std::string>& names) {
    std::vector<const FieldDescription*> shown;
    for (const auto& f : e.fields)
        if (!access::hides(reader, e, f) && (names.empty() ? f.in_list : std::ranges::find(names, f.name) != names.end())) shown.push_back(&f);
    for (const auto& name : names)
        if (name != "id" && name != "version" && std::ranges::find(shown, name, &FieldDescription::name) == shown.end())
            throw Refused("kernel.unknown_field",
                          "To choose what is shown of {}, name fields they have; \"{}\" is none.",
                          lower_ascii(e.plural), excerpt(name))
                .with_status(400)
                .with_field("fields");
    return shown;
}

// One way to get the rows of the page: the text, and whether the ids of `few` are bound in place of the condition.
struct Page {
    std::string                 text{};
    std::vector<std::int64_t>   few{};
    bool                        by_ids = false;
    std::int64_t                offset = 0;      // into what the text finds
    std::optional<std::int64_t> total{};         // of all pages, where it is known
};

constexpr std::size_t few_max = 1000;

// All records that match, when they are few. In the order of an index that the condition does not use, a few could only
// be found by looking at nearly every record.
std::optional<std::vector<std::int64_t>> few_matches(const Snapshot& snapshot, const EntityDescription& e,
                                                     const ListCondition& which) {
    if (which.where().empty() || !which.sorted()) return {};
    const auto text = fmt::format("SELECT t.id FROM {} t{} LIMIT {}", e.table, which.where(), few_max + 1);
    std::vector<std::int64_t> ids;
    sql::Use                  use(snapshot, text);
    which.bind(*use);
    while (use->step()) ids.push_back(use->integer(0));
    if (ids.size() > few_max) return {};
    return ids;
}

// All of them in their order, as long as nothing is committed: of what somebody sees by rules.
access::SeenLists::Ids all_that_is_seen(const Snapshot& snapshot, const EntityDescription& e, const ListCondition& which) {
    const auto& state = snapshot.state();
    if (!state.narrowed || state.writing || !state.actor.permissions->narrowing()->narrows(e)) return {};
    const auto   text = "SELECT t.id FROM " + e.table + " t" + which.where() + which.order_by();
    LiteralTexts values(which.parameter_count());
    which.bind(values);
    const auto newest = snapshot.value<std::int64_t>("SELECT id FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(0);
    return state.actor.permissions->narrowing()->lists().ids(values.put_into(text), newest, [&]() -> std::optional<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        sql::Use                  use(snapshot, text);
        which.bind(*use);
        while (use->step()) {
            ids.push_back(use->integer(0));
            if (ids.size() > access::SeenLists::longest) return {};
        }
        return ids;
    });
}

// The number of parameters is a power of two, so that a handful of statements serves every number of ids.
std::string id_parameters(std::size_t ids) {
    std::size_t count = 1;
    while (count < ids) count *= 2;
    std::string list;
    for (std::size_t i = 1; i <= count; ++i) list += fmt::format("{}:i{}", i == 1 ? "" : ", ", i);
    return list;
}

// Skipping rows is cheap on an index alone: the ids of a later page are found first, then just its records are read.
std::string page_sql(const EntityDescription& e, const ListCondition& which, const std::string& columns,
                     bool later_page) {
    const auto page = which.where() + which.order_by() + " LIMIT :limit OFFSET :offset";
    if (!later_page) return "SELECT " + columns + " FROM " + e.table + " t" + page;
    return "SELECT " + columns + " FROM (SELECT t.id FROM " + e.table + " t" + page + ") page CROSS JOIN " + e.table +
           " t WHERE t.id = page.id" + which.order_by();
}

Page page_of_few(const EntityDescription& e, const ListCondition& which, const std::string& columns, std::vector<std::int64_t> few,
                 std::int64_t offset, std::size_t total) {
    auto text = "SELECT " + columns + " FROM " + e.table + " t WHERE t.id IN (" + id_parameters(few.size()) + ")" +
                which.order_by() + " LIMIT :limit OFFSET :offset";
    return {std::move(text), std::move(few), true, offset, static_cast<std::int64_t>(total)};
}

Page page_of(const Snapshot& snapshot, const EntityDescription& e, const ListCondition& which, const std::string& columns, const ListRequest& request) {
    if (const auto seen = all_that_is_seen(snapshot, e, which)) {
        const auto from = std::clamp<std::int64_t>(request.offset, 0, std::ssize(*seen));
        const auto to   = std::min(from + request.limit, std::ssize(*seen));
        return page_of_few(e, which, columns, {seen->begin() + from, seen->begin() + to}, 0, seen->size());
    }
    if (auto few = few_matches(snapshot, e, which)) {
        const auto total = few->size();
        return page_of_few(e, which, columns, std::move(*few), request.offset, total);
    }
    return {.text = page_sql(e, which, columns, request.offset > 0), .offset = request.offset};
}

void bind(const Page& page, const ListCondition& which, const ListRequest& request, Statement& s) {
    const int last = s.parameter_count();
    if (!page.by_ids)
        which.bind(s);
    else
        for (int i = 1; i <= last - 2; ++i) {
            const auto place = std::min<std::size_t>(static_cast<std::size_t>(i), page.few.size());
            place ? s.bind(i, page.few[place - 1]) : s.bind_null(i);
        }
    s.bind(last - 1, static_cast<std::int64_t>(request.limit));
    s.bind(last, page.offset);
}

void write_row(JsonWriter& json, const EntityDescription& e, const std::vector<const FieldDescription*>& shown,
               void* record, std::int64_t version, Labels& labels) {
    json.begin_object();
    json.member("id", e.id(record));
    json.member("version", version);
    for (const auto* f : shown) {
        json.key(f->name);
        write_field(json, *f, record, labels);
    }
    json.end_object();
}

std::int64_t count(const Snapshot& snapshot, const EntityDescription& e, const ListCondition& which) {
    const auto text = "SELECT count(*) FROM " + e.table + " t" + which.where();
    sql::Use   use(snapshot, text);
    which.bind(*use);
    return use->step() ? use->integer(0) : 0;
}

}  // namespace list_query

std::string list(const Snapshot& snapshot, const EntityDescription& e, const ListRequest& request) {
    if (!request.count_by.empty()) return list_counts(snapshot, e, request);
    const auto          shown = list_query::shown_fields(snapshot.user(), e, request.fields);
    const ListCondition which(snapshot, e, request);
    RowReader           rows(snapshot, e, shown);
    const auto          page = list_query::page_of(snapshot, e, which, rows.columns(), request);
    Labels       labels(snapshot);
    std::string  out;
    JsonWriter   json(out);
    std::int64_t found = 0;

    json.begin_object();
    json.key("rows").begin_array();
    {
        sql::Use use(snapshot, page.text);
        list_query::bind(page, which, request, *use);
        for (; use->step(); ++found) {
            void* record = rows.read(*use);
            list_query::write_row(json, e, shown, record, rows.version(), labels);
        }
    }
    json.end_array();
    if (request.count) {
        // A page that is not full is the last one, and says how many there are.
        const bool last = found < request.limit && (found > 0 || request.offset == 0);
        json.member("total", page.total ? *page.total
                             : last     ? request.offset + found
                                        : list_query::count(snapshot, e, which));
    }
    json.member("limit", request.limit);
    json.member("offset", request.offset);
    json.end_object();
    return out;
}

}  // namespace tessera::metadata
