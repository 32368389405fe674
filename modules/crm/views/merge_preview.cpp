// GET …/merges/<id>/preview: what the survivor will be, what will be re-pointed, what stays, and what stands in the way.
#include <crm/people.h>

#include "declare.h"
#include "services/party_merge.h"
#include "services/party_references.h"
#include "views/json_parts.h"

namespace crm {

using tessera::JsonWriter;

namespace merge_preview {

constexpr auto schema = R"json({"type":"object","properties":{
    "survivor":{"$ref":"#/components/schemas/Reference"},"duplicate":{"$ref":"#/components/schemas/Reference"},
    "obstacles":{"type":"array","items":{"type":"string"}},
    "fields":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"label":{"type":"string"},"kept":{},"dropped":{},
        "take":{"type":"string","enum":["kept","dropped"]}}}},
    "records":{"type":"array","items":{"type":"object","properties":{"entity":{"type":"string"},"title":{"type":"string"},"field":{"type":"string"},
        "moved":{"type":"integer"},"stays":{"type":"integer"}}}}}})json";

// A party as the kernel reads it, with what extensions add.
struct Whole {
    Whole(const Snapshot& tx, const tessera::EntityDescription& e, Id<Party> party) : record(e.make()) {
        tx.load_record(e.type, party.value, record.get(), true);
        for (std::size_t i = 0; i < e.extensions.size(); ++i) tx.read_extension(e.type, e.extensions[i].type, party.value, e.part(record.get(), i));
    }
    std::shared_ptr<void> record;
};

void write_fields(JsonWriter& json, const Snapshot& tx, const Merge& merge) {
    const auto& e = *tx.kernel().find_entity("directory.party");
    const Whole kept(tx, e, merge.survivor), dropped(tx, e, merge.duplicate);
    json.key("fields");
    json.begin_array();
    for (const auto* f : choosable_fields(tx)) {
        if (f->equal(kept.record.get(), dropped.record.get())) continue;
        json.begin_object();
        json.member("field", f->name);
        json.member("label", f->label);
        json.key("kept");
        f->json(kept.record.get(), json);
        json.key("dropped");
        f->json(dropped.record.get(), json);
        json.member("take", tessera::name_of(taken_from(merge, *f, kept.record.get(), dropped.record.get())));
        json.end_object();
    }
    json.end_array();
}

void write_records(JsonWriter& json, const Snapshot& tx, Id<Party> drop) {
    json.key("records");
    json.begin_array();
    for (const auto& reference : references_to_parties(tx)) {
        const auto all = count_of(tx, reference, drop);
        if (!all) continue;
        const auto moved = std::ssize(to_be_moved(tx, reference, drop));
        json.begin_object();
        json.member("entity", reference.entity->name);
        json.member("title", reference.entity->plural);
        json.member("field", reference.field->name);
        json.member("moved", static_cast<std::int64_t>(moved));
        json.member("stays", all - moved);
        json.end_object();
    }
    json.end_array();
}

void write(const Snapshot& tx, std::int64_t id, JsonWriter& json) {
    const auto merge = tx.load(Id<Merge>{id});
    json.begin_object();
    write_reference(json, "survivor", tx, "directory.party", merge.survivor.value);
    write_reference(json, "duplicate", tx, "directory.party", merge.duplicate.value);
    json.key("obstacles");
    json.begin_array();
    for (const auto& obstacle : obstacles_to(tx, merge)) json.value(obstacle);
    json.end_array();
    write_fields(json, tx, merge);
    write_records(json, tx, merge.duplicate);
    json.end_object();
}

}  // namespace merge_preview

void declare_merge_preview(tessera::Kernel& kernel) {
    kernel.record_view("crm.merge", "preview", {"What merging will change", merge_preview::schema}, merge_preview::write);
}

}  // namespace crm
