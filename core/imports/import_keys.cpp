#include "imports/import_keys.h"

namespace tessera::imports {

namespace import_keys {
struct Known {
    std::string  entity{}, key{};
    std::int64_t record = 0;
};
}  // namespace import_keys

ImportKeys::ImportKeys(std::string profile, const Snapshot& snapshot) : profile_(std::move(profile)) {
    snapshot.each<import_keys::Known>(
        "SELECT entity, key, record FROM kernel_import_key WHERE profile = :profile",
        [&](import_keys::Known& known) { records_[known.entity].emplace(std::move(known.key), known.record); },
        profile_);
}

std::optional<std::int64_t> ImportKeys::find(const std::string& entity, const std::string& key) const {
    const auto of_entity = records_.find(entity);
    if (of_entity == records_.end()) return std::nullopt;
    const auto record = of_entity->second.find(key);
    if (record == of_entity->second.end()) return std::nullopt;
    return record->second;
}

void ImportKeys::add(Transaction& tx, const std::string& entity, const std::string& key, std::int64_t record) {
    tx.execute("INSERT INTO kernel_import_key (profile, entity, key, record) VALUES (:profile, :entity, :key, :record)",
               profile_, entity, key, record);
    records_[entity].emplace(key, record);
}

}  // namespace tessera::imports
