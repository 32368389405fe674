#pragma once
// What commands have added to balances and is not in the database yet. Several commands share a commit: what each adds
// is kept apart until it has succeeded, and all of it is summed by its keys and written once before the commit, or
// before a statement that names the table.

#include <tessera/balance.h>

#include "database/engine.h"

#include <span>

namespace tessera {

class PendingBalances {
public:
    using Descriptions = std::span<const BalanceDescription* const>;

    void add(const BalanceDescription& balance, const void* row);
    void write_all(database::Connection& connection);              // before the commit, between two commands
    void write(database::Connection& connection, Descriptions balances);

    void command_done();
    void command_undone();                        // its own rows are dropped; what it wrote of others waits again
    void forget();                                // the whole transaction was undone

private:
    using Numbers = BalanceDescription::Numbers;
    struct Change {
        const BalanceDescription* balance = nullptr;
        Numbers                   key{}, sums{};
    };
    using Changes = std::vector<Change>;

    static void    write(database::Connection& connection, Changes& changes);
    static Changes take(Changes& from, Descriptions balances);

    Changes of_command_, of_group_, written_by_command_;
};

}  // namespace tessera
