#pragma once
// What a Snapshot or Transaction stands on: its connection, the kernel, the moment, and for a Transaction what the
// command has done so far.

#include <tessera/transaction.h>

#include "audit/changes.h"
#include "database/engine.h"
#include "kernel/held_records.h"

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

// The last record that was inserted, and how much had been written then: as long as nothing is written after it, the
// database says what the command knows of it.
struct JustInserted {
    const EntityDescription* entity  = nullptr;
    std::int64_t             id      = 0;
    std::int64_t             changes = -1;
};

struct Snapshot::State {
    database::Connection* connection = nullptr;
    const Kernel*         kernel     = nullptr;
    const Books*          books      = nullptr;
    Actor                 actor{};
    Date                  today{};
    Instant               now{};

    // ---- of a Transaction only
    bool                                                                         writing  = false;
    Registry*                                                                    registry = nullptr;
    HeldRecords                                                                  held{};
    JustInserted                                                                 just_inserted{};
    std::unordered_map<std::type_index, std::shared_ptr<void>>                   scratch{};
    std::vector<std::pair<std::string, std::function<void(Transaction&)>>>       before_commit{};
    std::string                                                                  reason{};
    audit::Changes                                                               changes{};
    int                                                                          event_depth = 0;
    bool                                                                         replayed    = false;     // answered as before; nothing was done
};

}  // namespace tessera
