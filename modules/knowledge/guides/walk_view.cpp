// GET …/walks/<id>/here: where a walk stands, what may be answered there, and how it came there.
#include "guides/declare.h"
#include "guides/guide_tree.h"

namespace knowledge {

namespace walk_view {

using tessera::JsonWriter;

constexpr auto schema = R"json({"type":"object","properties":{
    "state":{"type":"string"},"guide":{"$ref":"#/components/schemas/Reference"},
    "step":{"type":"object","properties":{"code":{"type":"string"},"kind":{"type":"string"},"text":{"type":"string"},
        "asset":{"oneOf":[{"$ref":"#/components/schemas/Reference"},{"type":"null"}]},"entity":{"type":["string","null"]}}},
    "answers":{"type":"array","items":{"type":"string"}},
    "path":{"type":"array","items":{"type":"object","properties":{"step":{"type":"string"},"question":{"type":"string"},"answer":{"type":"string"}}}}}})json";

void reference(JsonWriter& json, std::string_view key, const Snapshot& tx, std::string_view entity, std::int64_t id) {
    json.key(key);
    if (!id) return json.null();
    json.begin_object();
    json.member("id", id);
    json.member("label", tx.label_of(entity, id));
    json.end_object();
}

void write_step(const Snapshot& tx, const GuideStep& step, JsonWriter& json) {
    json.key("step").begin_object();
    json.member("code", step.code);
    json.member("kind", tessera::name_of(step.kind));
    json.member("text", step.text);
    reference(json, "asset", tx, "knowledge.asset", step.asset.value);
    json.key("entity");
    step.entity.empty() ? json.null() : json.value(step.entity);
    json.end_object();
}

void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto walk    = tx.load(Id<Walk>{id});
    const auto version = tx.load(walk.guide_version);
    json.begin_object();
    json.member("state", tessera::name_of(walk.state));
    reference(json, "guide", tx, "knowledge.guide", walk.guide.value);
    if (const auto* step = step_of(version, walk.step)) write_step(tx, *step, json);
    json.key("answers").begin_array();
    for (const auto& answer : version.answers)
        if (answer.step == walk.step) json.value(answer.text);
    json.end_array();
    json.key("path").begin_array();
    for (const auto& given : walk.answers) {
        json.begin_object();
        json.member("step", given.step);
        json.member("question", given.question);
        json.member("answer", given.answer);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace walk_view

void declare_walk_view(tessera::Kernel& kernel) { kernel.record_view("knowledge.walk", "here", {"Where the walk stands", walk_view::schema}, walk_view::write); }

}  // namespace knowledge
