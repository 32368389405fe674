#pragma once
// A PostgreSQL database, for a company that one machine does not carry: several servers may work on it at once (their
// transactions that write take turns, see postgres_connection.h). Opening it makes sure that what it acknowledges stays:
// version 13 or later, UTF-8, fsync and full_page_writes on. What `tessera init` makes beside the tables of the modules:
//
//     tessera_turn       one row with the number of the last turn; whoever has locked it has the turn
//     tessera_server     one row for each server that has written, and the number of the last turn it had
//     tessera_sum()      sum() of whole numbers that stays a whole number
//
// Only making and migrating a database needs the right to change its schema.

#include "database/engine.h"

namespace tessera::database::postgres {

bool is_location(std::string_view location);  // postgresql://… or postgres://…

class PostgresEngine final : public Engine {
public:
    PostgresEngine(const std::string& location, Create create);
    static bool is_made(const std::string& location);
    static void remove_new(const std::string& location);  // unless it has a company, or was never ours

    std::string                 name() const override { return name_; }
    std::unique_ptr<Connection> connect(Access access) override;
    bool                        is_shared() const override { return true; }
    std::unique_ptr<Listening>  listen(std::function<void(std::string_view)> heard) override;

    void                       lock_for_writing(std::string_view) override {}
    void                       change_lock_note(std::string_view) override {}
    std::optional<std::string> lock_holder() override { return std::nullopt; }
    std::vector<Profile>       profile() override;
    void                       checkpoint(Connection&) override {}
    std::vector<std::string>   check_integrity(Connection& reader) override;
    void                       copy_to(const std::string& file, const std::atomic<bool>* cancelled) override;

private:
    void refuse_unsafe_server();
    void refuse_foreign_database(Create create);
    void make_new();

    std::string location_, server_, name_;
};

}  // namespace tessera::database::postgres
