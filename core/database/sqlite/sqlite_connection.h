#pragma once
// One connection to a SQLite file, set up so that what was acknowledged stays: write-ahead log, synchronous=FULL, foreign
// keys on, nothing in the file trusted. Connections that read cannot write and never checkpoint; they see the database as
// it was when their snapshot began. The log is moved into the file when tend() says so: most of it by the LogMover beside
// the work, the rest by the writing connection.

#include "database/engine.h"
#include "database/sqlite/statement_cache.h"
#include "database/sqlite/transaction_watch.h"

#include <sqlite3.h>

namespace tessera::database::sqlite {

// Closes the connection when the last statement of it is gone.
struct CloseConnection {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
using ConnectionHandle = std::unique_ptr<sqlite3, CloseConnection>;

class LogMover;

class SqliteConnection final : public Connection {
public:
    SqliteConnection(const std::string& file, Access access, Create create = Create::no);

    Statement& prepare(std::string_view sql) override;
    void       release(Statement& statement) override;
    void       execute(std::string_view script) override;

    void begin() override;
    void begin_snapshot() override;
    void commit() override;
    void commit_without_waiting() override;
    void rollback() override;
    bool in_transaction() const override;
    std::int64_t changes() const override;
    void check_references() override;
    void savepoint() override;
    void release_savepoint() override;
    void rollback_to_savepoint() override;

    void limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) override;

    std::vector<std::string> create(const TableDefinition& table, bool execute) override;
    void                     define(std::string_view statement) override;
    void                     unprotect(std::string_view table) override;
    bool                     has_table(std::string_view table) override;
    std::string stored_name(std::string_view table) override { return "main." + std::string(table); }
    std::vector<std::string> tables() override;
    std::vector<std::string> views() override;
    TableDefinition          stored(std::string_view table) override;
    void                     make_word_index() override;
    void                     put_words(std::int64_t document, const DocumentWords& words) override;
    void                     forget_words(std::int64_t document) override;
    void                     compact_words() override;
    WordSearch               word_search(const WordQuery& query) override;

    void        use_write_ahead_log();          // makes the file a WAL database, when it is not one yet
    std::string value(std::string_view query);  // the first column of the first row, "" without a row
    void        tend(LogMover& mover, Engine::Load load);
    void        truncate_log(LogMover& mover);
    int         move_log();                     // as far as readers allow, beside a writer; how many pages are in the file now
    sqlite3*    handle() const { return handle_.get(); }

private:
    // Fixed statements, prepared at their first use and found without looking up their text.
    class Fixed {
    public:
        explicit Fixed(const char* sql) : sql_(sql) {}
        Fixed(const Fixed&)            = delete;
        Fixed& operator=(const Fixed&) = delete;
        ~Fixed() { sqlite3_finalize(statement_); }
        void run(sqlite3* connection);

    private:
        const char*   sql_;
        sqlite3_stmt* statement_ = nullptr;
    };

    void set_up();
    int  checkpoint(int mode, int busy_timeout_ms, int* moved = nullptr);
    int  cut_log(LogMover& mover, int busy_timeout_ms);
    void refuse_broken_disk(int code);

    std::vector<std::string> names(std::string_view query);

    static int on_progress(void* self);
    static int on_commit(void* self, sqlite3*, const char*, int pages);

    Access           access_;
    ConnectionHandle handle_;
    TransactionWatch watch_{handle_.get()};
    StatementCache   statements_{handle_.get(), watch_};

    Fixed begin_{"BEGIN IMMEDIATE"};
    Fixed begin_snapshot_{"BEGIN"};
    Fixed take_snapshot_{"SELECT 1 FROM sqlite_schema LIMIT 1"};
    Fixed commit_{"COMMIT"};
    Fixed rollback_{"ROLLBACK"};
    Fixed savepoint_{"SAVEPOINT command"};
    Fixed release_savepoint_{"RELEASE command"};
    Fixed rollback_to_savepoint_{"ROLLBACK TO command"};

    std::chrono::steady_clock::time_point deadline_      = std::chrono::steady_clock::time_point::max();
    const std::atomic<bool>*              cancelled_     = nullptr;
    int                                   log_pages_     = 0;
    std::int64_t                          scripts_       = 0;
    int                                   checkpoint_at_ = 0;
    int                                   truncate_at_   = 0;
};

}  // namespace tessera::database::sqlite
