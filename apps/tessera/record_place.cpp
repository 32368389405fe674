#include "record_place.h"

#include <tessera/text.h>

#include "metadata/record_lookup.h"

#include <algorithm>

namespace tessera::program {

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
    suite.read(Actor{}, [&](const Snapshot& tx) { 
        id = metadata::record_called(tx, entity, word);
        if (!id) id = metadata::record_with_id(tx, entity, word);
    });
    return id;
}

std::int64_t record_named(Suite& suite, const EntityDescription& entity, const std::string& word) {
    if (const auto id = find_record(suite, entity, word)) return *id;
    throw Refused("kernel.not_found", "To choose the {}, name one that exists; \"{}\" does not.",
                  lower_ascii(entity.title), excerpt(word));
}

}  // namespace tessera::program
