#pragma once
// What a Snapshot or Transaction stands on: its connection, the kernel, the moment, and for a Transaction what the
// command has done so far.

#include <tessera/transaction.h>

#include "audit/changes.h"
#include "database/engine.h"
#include "events/pending_notice.h"
#include "kernel/held_records.h"
#include "kernel/number_series.h"
#include "kernel/pending_balances.h"
#include "kernel/recent_records.h"
#include "kernel/table_mentions.h"

#include <unordered_map>

namespace tessera {

// The newest entry of the audit trail.
struct AuditHead {
    std::int64_t id = 0;
    std::string  hash{};
};

// What the writer's commands share: ids and numbers are given in the program, because one writer gives them all, and
// balances are added up over the commands of a commit.
class Registry {
public:
    std::int64_t next_id(const Snapshot& snapshot, const EntityDescription& entity);

    void command_done(const HeldRecords& held, events::CommandNotice told, const std::string& by);
    void command_undone();
    void before_commit(database::Connection& connection);
    void forget();                                // the whole transaction was undone

    std::optional<AuditHead> audit_head{};        // none: to be read

    TableMentions   mentions{};
    RecentRecords   recent{};
    NumberSeries    numbers{};
    PendingBalances balances{};

    events::PendingNotice notice{};

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
    bool                  narrowed = false;       // reads only what the actor sees

    // ---- of a Transaction only
    bool                                                                         writing  = false;
    Registry*                                                                    registry = nullptr;
    HeldRecords                                                                  held{};
    std::vector<std::pair<std::type_index, std::shared_ptr<void>>>               scratch{};
    std::vector<std::pair<std::string, std::function<void(Transaction&)>>>       before_commit{};
    std::string                                                                  reason{};
    audit::Changes                                                               changes{};
    events::CommandNotice                                                        notice{};
    int                                                                          event_depth = 0;
    bool                                                                         replayed    = false;     // answered as before; nothing was done
};

}  // namespace tessera
