#pragma once
// What an import has made before: (entity, key in the other system) -> record, kept in the table kernel_import_key under
// the profile's name. A key is written in the transaction of its record, so an import that stopped knows exactly what it
// has. Transitions are remembered as "<entity>.<transition>", lines under the entity of the line.

#include <tessera/transaction.h>

#include <string>
#include <unordered_map>

namespace tessera::imports {

class ImportKeys {
public:
    ImportKeys(std::string profile, const Snapshot& snapshot);

    std::optional<std::int64_t> find(const std::string& entity, const std::string& key) const;
    void add(Transaction& tx, const std::string& entity, const std::string& key, std::int64_t record);

private:
    using OfEntity = std::unordered_map<std::string, std::int64_t>;
    std::string                               profile_;
    std::unordered_map<std::string, OfEntity> records_{};
};

}  // namespace tessera::imports
