#include "audit/changes.h"

#include <fmt/ranges.h>

namespace tessera::audit {

namespace changes {

std::int64_t parent_of(const EntityDescription& e, const void* record) {
    const auto* parent = e.parent_field.empty() ? nullptr : e.find(e.parent_field);
    return parent ? parent->number(record) : 0;
}

RecordOwner owner_of(const EntityDescription& e, const void* record) { return e.owner ? e.owner(record) : RecordOwner{}; }

}  // namespace changes

// The value is kept beside the text, of which only its digest is a part.
void Changes::write_personal(JsonWriter& json, std::string_view side, const FieldDescription& field, const void* record) {
    std::string value;
    JsonWriter  written(value);
    field.json(record, written);
    if (value == "null") return json.null();
    auto salt = fresh_salt();
    json.begin_object();
    json.member(digest_key, personal_digest(salt, value));
    json.end_object();
    if (keeps_personal_) personal_.push_back({fmt::format("{}.{}.{}", touched_.size() - 1, side, field.name), std::move(salt), std::move(value)});
}

template <class Shown>
void Changes::write(std::string_view side, const EntityDescription& e, const void* record, const Shown& is_shown) {
    ((json_ += ",\"") += side) += "\":";
    JsonWriter json(json_);
    json.begin_object();
    for (std::size_t i = 0; i < e.fields.size(); ++i) {
        const auto& f = e.fields[i];
        if (!is_shown(i, f)) continue;
        json.plain_key(f.name);
        f.personal ? write_personal(json, side, f, record) : f.json(record, json);
    }
    json.end_object();
}

void Changes::begin(const EntityDescription& e, std::int64_t id, std::string_view did, std::int64_t document, const RecordOwner& owner) {
    touched_.push_back({&e, id, document, std::string(owner.entity), owner.id});
    if (!json_.empty()) json_ += ',';
    json_ += "{\"entity\":\"";
    json_ += e.name;
    json_ += "\",\"id\":";
    json_ += std::to_string(id);
    if (document) json_ += ",\"document\":" + std::to_string(document);
    if (owner.id) json_ += fmt::format(R"(,"owner":{{"entity":"{}","id":{}}})", owner.entity, owner.id);
    json_ += ",\"did\":\"";
    json_ += did;
    json_ += '"';
}

void Changes::inserted(const EntityDescription& e, std::int64_t id, const void* record) {
    begin(e, id, "insert", changes::parent_of(e, record), changes::owner_of(e, record));
    // A quantity of nothing that nobody has touched says nothing.
    write("after", e, record, [&](std::size_t, const FieldDescription& f) {
        return !f.none(record) && (f.kind == FieldKind::choice || !f.equal(e.fresh.get(), record));
    });
    json_ += '}';
}

void Changes::changed(const EntityDescription& e, std::int64_t id, const void* before, const void* after, const std::vector<bool>& fields) {
    begin(e, id, "change", changes::parent_of(e, after), changes::owner_of(e, after));
    const auto changed = [&](std::size_t i, const FieldDescription&) { return fields[i]; };
    write("before", e, before, changed);
    write("after", e, after, changed);
    json_ += '}';
}

void Changes::removed(const EntityDescription& e, std::int64_t id, const void* record) {
    begin(e, id, "remove", changes::parent_of(e, record), changes::owner_of(e, record));
    write("before", e, record, [&](std::size_t, const FieldDescription& f) { return !f.none(record); });
    json_ += '}';
}

void Changes::end_erased(const std::vector<std::string>& fields) {
    json_ += fmt::format(",\"fields\":[\"{}\"]}}", fmt::join(fields, "\",\""));
}

void Changes::erased(const EntityDescription& e, std::int64_t id, const std::vector<std::string>& fields) {
    begin(e, id, "erase", 0);
    end_erased(fields);
}

void Changes::erased_lines(const EntityDescription& line, std::int64_t document, const std::vector<std::string>& fields) {
    begin(line, 0, "erase", document);
    end_erased(fields);
}

}  // namespace tessera::audit
