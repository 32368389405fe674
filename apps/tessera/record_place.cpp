#include "record_place.h"

#include <tessera/text.h>

#include <algorithm>
#include <charconv>

namespace tessera::program {

namespace record_place {

std::vector<std::int64_t> with_value(const Snapshot& tx, const EntityDescription& entity, const std::string& field,
                                     const std::string& value) {
    return tx.rows<std::int64_t>("SELECT id FROM " + entity.table + " WHERE " + field + " = :value ORDER BY id LIMIT 2",
                                 value);
}

std::optional<std::int64_t> by_id(const Snapshot& tx, const EntityDescription& entity, const std::string& word) {
    std::int64_t id            = 0;
    const auto [rest, problem] = std::from_chars(word.data(), word.data() + word.size(), id);
    if (problem != std::errc{} || rest != word.data() + word.size()) return std::nullopt;
    return tx.value<std::int64_t>("SELECT id FROM " + entity.table + " WHERE id = :id", id);
}

std::optional<std::int64_t> look_up(const Snapshot& tx, const EntityDescription& entity, const std::string& word) {
    const auto* display = entity.find(entity.display);
    for (const auto& field : entity.fields) {
        const bool names = &field == display || field.unique;
        if (!names || field.kind != FieldKind::text) continue;
        const auto ids = with_value(tx, entity, field.name, word);
        if (ids.size() > 1)
            throw Refused("kernel.ambiguous_reference", "To choose the {}, give its id: several are called \"{}\".",
                          lower_ascii(entity.title), excerpt(word));
        if (ids.size() == 1) return ids.front();
    }
    return by_id(tx, entity, word);
}

}  // namespace record_place

const EntityDescription* find_entity(const Kernel& kernel, std::string_view module, std::string_view word) {
    for (const auto* entity : kernel.entities())
        if (entity->module == module &&
            (entity->name == fmt::format("{}.{}", module, word) || entity->path == fmt::format("{}/{}", module, word)))
            return entity;
    return nullptr;
}

std::vector<const EntityDescription*> entities_with(const Kernel& kernel, std::string_view module,
                                                    std::string_view transition) {
    std::vector<const EntityDescription*> found;
    for (const auto* entity : kernel.entities())
        if (entity->module == module && entity->workflow.find(transition)) found.push_back(entity);
    return found;
}

std::optional<std::int64_t> find_record(Suite& suite, const EntityDescription& entity, const std::string& word) {
    std::optional<std::int64_t> id;
    suite.read(Actor{}, [&](const Snapshot& tx) { id = record_place::look_up(tx, entity, word); });
    return id;
}

std::int64_t record_named(Suite& suite, const EntityDescription& entity, const std::string& word) {
    if (const auto id = find_record(suite, entity, word)) return *id;
    throw Refused("kernel.not_found", "To choose the {}, name one that exists; \"{}\" does not.",
                  lower_ascii(entity.title), excerpt(word));
}

}  // namespace tessera::program
