#include "assets/revisions.h"

#include <tessera/markdown.h>

#include "assets/declare.h"
#include "assets/line_difference.h"

#include <algorithm>

namespace knowledge {

namespace revisions {

using tessera::JsonWriter;

struct Changed {
    std::vector<Id<Asset>> assets{};
};

void keep(Transaction& tx, Id<Asset> id) {
    const auto asset = tx.find(id);
    if (!asset) return;
    const auto last = last_revision(tx, id);
    if (last && says_the_same(*last, *asset)) return;
    tx.insert(Revision{.asset      = id,
                       .number     = last ? last->number + 1 : 1,
                       .title      = asset->title,
                       .summary    = asset->summary,
                       .body       = asset->body,
                       .changed_by = tx.user().name,
                       .changed_at = tx.now(),
                       .why        = tx.reason()});
}

// New ones have no id when they are checked; ids grow, and each gets its first revision in its own command.
void keep_all(Transaction& tx) {
    auto       ids  = tx.scratch<Changed>().assets;
    const auto last = tx.value<std::int64_t>("SELECT max(asset) FROM knowledge_revision").value_or(0);
    std::ranges::move(tx.rows<Id<Asset>>("SELECT id FROM knowledge_asset WHERE id > :last ORDER BY id", last), std::back_inserter(ids));
    for (const auto id : ids) keep(tx, id);
}

constexpr auto schema = R"json({"type":"object","properties":{
    "before":{"type":["integer","null"]},
    "lines":{"type":"array","items":{"type":"object","properties":{"part":{"type":"string","enum":["title","summary","body"]},"change":{"type":"string","enum":["kept","added","removed"]},
        "text":{"type":"string"}}}}}})json";

void write_part(JsonWriter& json, std::string_view part, std::string_view before, std::string_view after) {
    for (const auto& line : line_difference(before, after)) {
        json.begin_object();
        json.member("part", part);
        json.member("change", tessera::name_of(line.change));
        json.member("text", line.text);
        json.end_object();
    }
}

void write_difference(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto after  = tx.load(Id<Revision>{id});
    const auto before = tx.first<Revision>("asset = :asset AND number < :number ORDER BY number DESC LIMIT 1", after.asset, after.number);
    json.begin_object();
    json.key("before");
    before ? json.value(before->id.value) : json.null();
    const auto old = before.value_or(Revision{});
    json.key("lines").begin_array();
    write_part(json, "title", old.title, after.title);
    write_part(json, "summary", old.summary, after.summary);
    write_part(json, "body", old.body, after.body);
    json.end_array();
    json.end_object();
}

}  // namespace revisions

std::optional<Revision> last_revision(const Snapshot& tx, Id<Asset> asset) { return tx.first<Revision>("asset = :asset ORDER BY number DESC LIMIT 1", asset); }

bool says_the_same(const Revision& revision, const Asset& asset) { return revision.title == asset.title && revision.summary == asset.summary && revision.body == asset.body; }

void check_text(const Asset& asset) {
    try {
        tessera::html_from_markdown(asset.body);
    } catch (tessera::Refused& refused) {
        throw refused.with_field("body");
    }
}

void keep_revision(Transaction& tx, const Asset& asset) {
    auto& changed = tx.scratch<revisions::Changed>().assets;
    if (asset.id && std::ranges::find(changed, asset.id) == changed.end()) changed.push_back(asset.id);
    tx.before_commit("knowledge.revisions", revisions::keep_all);
}

void declare_revision(tessera::Kernel& kernel) {
    using namespace tessera;
    kernel.entity<Revision>("knowledge.revision", "Revision")
        .help("What an asset has said: written once, never changed")
        .field("asset", &Revision::asset, required, indexed)
        .field("number", &Revision::number, required)
        .field("title", &Revision::title, required, longest(200))
        .field("summary", &Revision::summary, not_in_list, longest(1000))
        .field("body", &Revision::body, multiline, longest(200'000))
        .field("changed_by", &Revision::changed_by)
        .field("changed_at", &Revision::changed_at)
        .field("why", &Revision::why, longest(2000))
        .display("title")
        .unique_together({"asset", "number"})
        .seen_with("asset")
        .not_in_search()
        .menu(Menu::ledgers)
        .append_only();
    kernel.record_view("knowledge.revision", "difference", {"Line by line against the revision before", revisions::schema}, revisions::write_difference);
    kernel.panel("knowledge.asset_revisions", "knowledge.asset", "Revisions", list_view("knowledge.revision", {{"asset", "=id"}}));
}

}  // namespace knowledge
