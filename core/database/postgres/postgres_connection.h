#pragma once
// A connection to a PostgreSQL database. One that reads sees the database as it was when its snapshot began. Those that
// write take turns, over all servers of the database: a transaction that writes begins by taking the turn and keeps it until
// it has ended, so that ids, numbers, sums and seals follow one another as with one writer, and no command ever decides on
// what another is changing. Each turn has a number; whoever finds another number than it left knows that others have
// written (others_wrote()) and forgets what it remembers.
//
// What is announced travels with the commit.
//
// A commit whose answer was lost with its connection is looked up: the turn that was committed says which one it was.

#include "database/engine.h"
#include "database/postgres/postgres_statement.h"

#include <unordered_map>

namespace tessera::database::postgres {

class PostgresConnection final : public Connection {
public:
    PostgresConnection(const std::string& location, Access access, std::string server);
    ~PostgresConnection() override;

    Statement& prepare(std::string_view sql) override;
    void       release(Statement& statement) override;
    void       execute(std::string_view script) override;

    void         begin() override;
    void         begin_snapshot() override;
    void         commit() override;
    void         rollback() override;
    bool         in_transaction() const override;
    bool         others_wrote() const override { return others_wrote_; }
    std::int64_t changes() const override { return course_.writes; }
    void         check_references() override;
    void         announce(std::string_view text) override { announcement_ = text; }
    void         settle() override { pipeline_.await_all(); }
    void         step_by_step(bool on) override { course_.step_by_step = on; }
    void         savepoint() override;
    void         release_savepoint() override;
    void         rollback_to_savepoint() override;

    void limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) override;

    std::vector<std::string> create(const TableDefinition& table, bool execute) override;
    void                     define(std::string_view statement) override;
    void                     unprotect(std::string_view table) override;
    bool                     has_table(std::string_view table) override;
    bool                     may_alter(std::string_view table) override;
    std::string              stored_name(std::string_view table) override;
    std::vector<std::string> tables() override;
    std::vector<std::string> views() override;
    TableDefinition          stored(std::string_view table) override;
    void                     make_word_index() override;
    void                     put_words(std::int64_t document, const DocumentWords& words) override;
    void                     forget_words(std::int64_t document) override;
    void                     compact_words() override;
    WordSearch               word_search(const WordQuery& query) override;
    void                     continue_ids() override;

    void        open_channel();                 // from now on what is announced is said, where the server can
    std::string value(std::string_view query);  // the first column of the first row, "" without a row
    Pipeline&   pipeline() { return pipeline_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Kept = std::vector<std::unique_ptr<PostgresStatement>>;

    void begin_turn();
    void keep_turn();
    bool was_committed();

    Pipeline                                                     pipeline_;
    Access                                                       access_;
    std::string                                                  server_, channel_, announcement_;
    std::unordered_map<std::string, Kept, Hash, std::equal_to<>> statements_;
    PostgresStatement::Course                                    course_;
    std::int64_t                                                 checked_ = 0;  // of its writes
    std::int64_t                                                 turn_   = -1;  // of the last transaction
    std::size_t                                                  named_  = 0;
    bool                                                         begun_ = false, others_wrote_ = false;
};

}  // namespace tessera::database::postgres
