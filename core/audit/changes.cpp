#include "audit/changes.h"

namespace tessera::audit {

namespace changes {

std::int64_t parent_of(const EntityDescription& e, const void* record) {
    const auto* parent = e.parent_field.empty() ? nullptr : e.find(e.parent_field);
    return parent ? parent->number(record) : 0;
}

template <class Shown>
void write(JsonWriter& json, const EntityDescription& e, const void* record, const Shown& is_shown) {
    json.begin_object();
    for (std::size_t i = 0; i < e.fields.size(); ++i) {
        const auto& f = e.fields[i];
        if (!is_shown(i, f)) continue;
        json.plain_key(f.name);
        f.json(record, json);
    }
    json.end_object();
}

}  // namespace changes

void Changes::begin(const EntityDescription& e, std::int64_t id, std::string_view did, const void* record) {
    touched_.push_back({&e, id, changes::parent_of(e, record)});
    if (!json_.empty()) json_ += ',';
    json_ += "{\"entity\":\"";
    json_ += e.name;
    json_ += "\",\"id\":";
    json_ += std::to_string(id);
    if (const auto document = touched_.back().parent) json_ += ",\"document\":" + std::to_string(document);
    json_ += ",\"did\":\"";
    json_ += did;
    json_ += '"';
}

void Changes::inserted(const EntityDescription& e, std::int64_t id, const void* record) {
    begin(e, id, "insert", record);
    json_ += ",\"after\":";
    JsonWriter json(json_);
    // A quantity of nothing that nobody has touched says nothing.
    changes::write(json, e, record, [&](std::size_t, const FieldDescription& f) {
        return !f.none(record) && (f.kind == FieldKind::choice || !f.equal(e.fresh.get(), record));
    });
    json_ += '}';
}

void Changes::changed(const EntityDescription& e, std::int64_t id, const void* before, const void* after, const std::vector<bool>& fields) {
    begin(e, id, "change", after);
    json_ += ",\"before\":";
    JsonWriter was(json_);
    const auto changed = [&](std::size_t i, const FieldDescription&) { return fields[i]; };
    changes::write(was, e, before, changed);
    json_ += ",\"after\":";
    JsonWriter is(json_);
    changes::write(is, e, after, changed);
    json_ += '}';
}

void Changes::removed(const EntityDescription& e, std::int64_t id, const void* record) {
    begin(e, id, "remove", record);
    json_ += ",\"before\":";
    JsonWriter json(json_);
    changes::write(json, e, record, [&](std::size_t, const FieldDescription& f) { return !f.none(record); });
    json_ += '}';
}

}  // namespace tessera::audit
