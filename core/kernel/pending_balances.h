#pragma once
// What commands have added to balances and is not in the database yet. Several commands share a commit: what each adds
// is kept apart until it has succeeded, then added up, and written once before the commit, or before a statement that
// names the table.

#include <tessera/balance.h>

#include "database/engine.h"

#include <map>
#include <span>

namespace tessera {

class PendingBalances {
public:
    using Descriptions = std::span<const BalanceDescription* const>;

    void add(const BalanceDescription& balance, const void* row);
    bool any() const { return !of_command_.empty() || !of_group_.empty(); }
    void write_all(database::Connection& connection);              // before the commit, between two commands
    void write(database::Connection& connection, Descriptions balances);

    void command_done();
    void command_undone();                        // its own rows are dropped; what it wrote of others waits again
    void forget();                                // the whole transaction was undone

private:
    struct Sums {
        std::shared_ptr<void>       row{};        // for its keys
        BalanceDescription::Numbers numbers{};
    };
    using Rows   = std::map<BalanceDescription::Numbers, Sums>;
    using ByName = std::map<const BalanceDescription*, Rows>;

    static void add_up(ByName& into, const ByName& from);
    void        write(database::Connection& connection, const BalanceDescription& balance);

    ByName of_command_, of_group_, written_by_command_;
};

}  // namespace tessera
