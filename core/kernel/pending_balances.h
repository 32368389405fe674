#pragma once
// What commands have added to balances and is not in the database yet. Several commands share a commit: what each adds
// is kept apart until it has succeeded, and all of it is summed by its keys and written once before the commit, or
// before a statement that names the table.
//
// A balance that a command has asked for is followed from then on: it is not read again, and nothing has to be written
// before it is known.

#include <tessera/balance.h>

#include "database/engine.h"

#include <span>
#include <unordered_map>

namespace tessera {

class PendingBalances {
public:
    using Descriptions = std::span<const BalanceDescription* const>;
    using Numbers      = BalanceDescription::Numbers;

    void add(const BalanceDescription& balance, const void* row);
    // The sums of the row's keys: as they are with all that is pending, and as the database has them.
    Numbers        current(database::Connection& connection, const BalanceDescription& balance, const void* row);
    static Numbers written(database::Connection& connection, const BalanceDescription& balance, const void* row);

    void write_all(database::Connection& connection);              // before the commit, between two commands
    void write(database::Connection& connection, Descriptions balances);

    void command_done();
    void command_undone();                        // its own rows are dropped; what it wrote of others waits again
    void changed_by_sql();                        // some of them, by the command
    void forget();                                // the whole transaction was undone

private:
    struct Key {
        const BalanceDescription* balance = nullptr;
        Numbers                   numbers{};
        bool                      operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const;
    };
    struct Change {
        Key     key{};
        Numbers sums{};
        bool    written = false;                  // by the command that runs
    };
    using Changes = std::vector<Change>;

    static Key     key_of(const BalanceDescription& balance, const void* row);
    static Numbers written(database::Connection& connection, const Key& key);
    static void    write(database::Connection& connection, Changes& changes);
    void           follow(const Change& change, int sign);
    void           stop_following();

    Changes                                   of_command_, of_group_, written_by_command_;
    std::unordered_map<Key, Numbers, KeyHash> followed_;
    std::vector<const BalanceDescription*>    asked_;             // those of which any is followed
    bool                                      changed_by_sql_ = false;
};

}  // namespace tessera
