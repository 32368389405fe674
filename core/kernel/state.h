#pragma once
// What a Snapshot or Transaction stands on: its connection, the kernel, the moment, and for a Transaction what the
// command has done so far.

#include <tessera/transaction.h>

#include "audit/changes.h"
#include "database/engine.h"

#include <unordered_map>

namespace tessera {

// What the writer's commands share: ids and numbers are given in the program, because one writer gives them all.
class Registry {
public:
    std::int64_t next_id(const Snapshot& snapshot, const EntityDescription& entity);
    void         forget() { next_.clear(); }      // after a failed commit: read the tables again

private:
    std::unordered_map<const EntityDescription*, std::int64_t> next_;
};

struct Snapshot::State {
    database::Connection* connection = nullptr;
    const Kernel*         kernel     = nullptr;
    const Books*          books      = nullptr;
    Actor                 actor{};
    Date                  today{};
    Instant               now{};

    // ---- of a Transaction only
    struct Original { std::shared_ptr<void> record; };
    struct Key {
        const EntityDescription* entity;
        std::int64_t             id;
        bool                     operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& k) const { return std::hash<const void*>{}(k.entity) * 31 + std::hash<std::int64_t>{}(k.id); }
    };
    bool                                                                         writing  = false;
    Registry*                                                                    registry = nullptr;
    std::unordered_map<Key, std::shared_ptr<void>, KeyHash>                      originals{};   // records as the database has them
    std::unordered_map<std::type_index, std::shared_ptr<void>>                   scratch{};
    std::vector<std::pair<std::string, std::function<void(Transaction&)>>>       before_commit{};
    std::string                                                                  reason{};
    audit::Changes                                                               changes{};
    int                                                                          event_depth = 0;
};

}  // namespace tessera
