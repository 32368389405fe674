#include "metadata/record_lookup.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include <charconv>

namespace tessera::metadata {

namespace record_lookup {

bool is_text(const FieldDescription& f) { return f.kind == FieldKind::text || f.kind == FieldKind::choice || f.kind == FieldKind::date; }

std::optional<std::int64_t> only_one(const EntityDescription& e, const std::vector<std::int64_t>& ids, std::string_view text) {
    if (ids.size() > 1)
        throw Refused("kernel.ambiguous_reference", "To choose the {}, give its id: several are called \"{}\".", lower_ascii(e.title), excerpt(text)).with_status(422);
    return ids.empty() ? std::nullopt : std::optional(ids.front());
}

template <class Value>
std::vector<std::int64_t> with(const Snapshot& snapshot, const EntityDescription& e, const FieldDescription& f, const Value& value) {
    return snapshot.rows<std::int64_t>("SELECT id FROM " + e.table + " WHERE " + f.name + " = :value ORDER BY id LIMIT 2", value);
}

std::optional<std::int64_t> named(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    std::vector<const FieldDescription*> names;
    if (const auto* display = e.find(e.display); display && is_text(*display)) names.push_back(display);
    for (const auto& f : e.fields)
        if (f.unique && f.kind == FieldKind::text && f.name != e.display) names.push_back(&f);
    for (const auto* f : names)
        if (const auto id = only_one(e, with(snapshot, e, *f, text), text)) return id;
    return std::nullopt;
}

// A record that is shown as what it refers to is called as that is, one step far.
std::optional<std::int64_t> called_as_another(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    const auto* display = e.find(e.display);
    const auto* other   = display && display->kind == FieldKind::reference ? snapshot.kernel().find_entity(display->references) : nullptr;
    const auto  id      = other ? named(snapshot, *other, text) : std::nullopt;
    return id ? only_one(e, with(snapshot, e, *display, *id), text) : std::nullopt;
}

}  // namespace record_lookup

std::optional<std::int64_t> record_called(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    const auto id = record_lookup::called_as_another(snapshot, e, text);
    return id ? id : record_lookup::named(snapshot, e, text);
}

std::optional<std::int64_t> record_with_id(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    std::int64_t id            = 0;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc{} || rest != text.data() + text.size() || id <= 0) return std::nullopt;
    return snapshot.value<std::int64_t>("SELECT id FROM " + e.table + " WHERE id = :id", id);
}

}  // namespace tessera::metadata
