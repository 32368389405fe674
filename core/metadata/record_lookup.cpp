#include "metadata/record_lookup.h"

#include <tessera/text.h>

#include <charconv>

namespace tessera::metadata {

std::optional<std::int64_t> record_called(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    std::vector<const FieldDescription*> names;
    if (const auto* display = e.find(e.display)) names.push_back(display);
    for (const auto& f : e.fields)
        if (f.unique && f.kind == FieldKind::text && f.name != e.display) names.push_back(&f);
    for (const auto* f : names) {
        const auto ids = snapshot.rows<std::int64_t>("SELECT id FROM " + e.table + " WHERE " + f->name + " = :text ORDER BY id LIMIT 2", text);
        if (ids.size() == 1) return ids.front();
        if (ids.size() > 1)
            throw Refused("kernel.ambiguous_reference", "To choose the {}, give its id: several are called \"{}\".", lower_ascii(e.title), excerpt(text)).with_status(422);
    }
    return std::nullopt;
}

std::optional<std::int64_t> record_with_id(const Snapshot& snapshot, const EntityDescription& e, std::string_view text) {
    std::int64_t id            = 0;
    const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (problem != std::errc{} || rest != text.data() + text.size() || id <= 0) return std::nullopt;
    return snapshot.value<std::int64_t>("SELECT id FROM " + e.table + " WHERE id = :id", id);
}

}  // namespace tessera::metadata
