#include "named_record.h"
#include "assets/asset_links.h"

#include <tessera/access.h>

#include "assets/declare.h"

#include <algorithm>

namespace knowledge {

namespace asset_links {

using tessera::JsonWriter;
using tessera::Refused;

constexpr std::string_view own = "knowledge.asset";

bool is_known(const AssetLink& link, const std::optional<Asset>& before) {
    return before && std::ranges::any_of(before->links, [&](const AssetLink& old) { return old.entity == link.entity && old.record == link.record && old.relation == link.relation; });
}

void check(const Transaction& tx, const Asset& asset, const AssetLink& link, const std::string& place) {
    require_named(tx, "link this", {link.entity, link.record}, place + ".");
    if (link.entity == own && link.record == asset.id.value)
        throw Refused("knowledge.links_to_itself", "To link this, choose another asset than {} itself.", asset.title).with_status(422).with_field(place + ".record");
    const bool of_assets = link.relation == Relation::contradicted_by || link.relation == Relation::replaced_by;
    if (of_assets && link.entity != own)
        throw Refused("knowledge.link_of_asset", "To say by what this is contradicted or replaced, link another asset, not a {}.", link.entity).with_status(422).with_field(place + ".relation");
}

struct Back {
    std::int64_t asset = 0;
    std::string  title{};
    AssetState   state{};
    Relation     relation{};
    std::string  note{};
};

std::vector<Back> back_links(const Snapshot& tx, std::int64_t asset) {
    return tx.rows<Back>(R"sql(
        SELECT a.id, a.title, a.state, l.relation, l.note
          FROM knowledge_asset_link l JOIN knowledge_asset a ON a.id = l.document
         WHERE l.entity = 'knowledge.asset' AND l.record = :asset ORDER BY a.title, a.id, l.id)sql", asset);
}

constexpr auto schema = R"json({"type":"object","properties":{
    "links":{"type":"array","items":{"type":"object","properties":{"entity":{"type":"string"},"record":{"$ref":"#/components/schemas/Reference"},"relation":{"type":"string"},
        "note":{"type":["string","null"]},"effective_from":{"$ref":"#/components/schemas/Day"},"linked_back":{"type":"boolean"}}}},
    "back_links":{"type":"array","items":{"type":"object","properties":{"asset":{"$ref":"#/components/schemas/Reference"},"state":{"type":"string"},"relation":{"type":"string"},
        "note":{"type":["string","null"]}}}},
    "contradicted_by":{"type":"array","items":{"$ref":"#/components/schemas/Reference"}}}})json";

void reference(JsonWriter& json, std::int64_t id, std::string_view label) {
    json.begin_object();
    json.member("id", id);
    json.member("label", label);
    json.end_object();
}

void text_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
    json.key(key);
    text.empty() ? json.null() : json.value(text);
}

void write_links(const Snapshot& tx, const Asset& asset, const std::vector<Back>& back, JsonWriter& json) {
    json.key("links").begin_array();
    for (const auto& link : asset.links) {
        if (!tessera::access::sees(tx, link.entity, link.record)) continue;
        json.begin_object();
        json.member("entity", link.entity);
        json.key("record");
        reference(json, link.record, tx.label_of(link.entity, link.record));
        json.member("relation", tessera::name_of(link.relation));
        text_or_null(json, "note", link.note);
        text_or_null(json, "effective_from", link.effective_from.empty() ? std::string() : link.effective_from.str());
        json.member("linked_back", link.entity == own && std::ranges::find(back, link.record, &Back::asset) != back.end());
        json.end_object();
    }
    json.end_array();
}

// Who says so, and whom the asset itself names.
void write_contradictions(const Snapshot& tx, const Asset& asset, const std::vector<Back>& back, JsonWriter& json) {
    std::vector<std::int64_t> seen;
    json.key("contradicted_by").begin_array();
    const auto name = [&](std::int64_t id) {
        if (std::ranges::find(seen, id) != seen.end() || !tessera::access::sees(tx, own, id)) return;
        seen.push_back(id);
        reference(json, id, tx.label_of(own, id));
    };
    for (const auto& link : asset.links)
        if (link.relation == Relation::contradicted_by) name(link.record);
    for (const auto& one : back)
        if (one.relation == Relation::contradicted_by) name(one.asset);
    json.end_array();
}

void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto asset = tx.load(Id<Asset>{id});
    const auto back  = back_links(tx, id);
    json.begin_object();
    write_links(tx, asset, back, json);
    json.key("back_links").begin_array();
    for (const auto& one : back) {
        json.begin_object();
        json.key("asset");
        reference(json, one.asset, one.title);
        json.member("state", tessera::name_of(one.state));
        json.member("relation", tessera::name_of(one.relation));
        text_or_null(json, "note", one.note);
        json.end_object();
    }
    json.end_array();
    write_contradictions(tx, asset, back, json);
    json.end_object();
}

}  // namespace asset_links

void check_links(const Transaction& tx, const Asset& asset, const std::optional<Asset>& before) {
    for (std::size_t i = 0; i < asset.links.size(); ++i)
        if (!asset_links::is_known(asset.links[i], before)) asset_links::check(tx, asset, asset.links[i], fmt::format("links[{}]", i));
}

void declare_asset_links(tessera::Kernel& kernel) {
    kernel.record_view("knowledge.asset", "links", {"What it is linked to, what links to it, and what contradicts it", asset_links::schema}, asset_links::write);
}

}  // namespace knowledge
