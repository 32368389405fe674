#include "database/sqlite/sqlite_connection.h"

#include "database/sqlite/log_file.h"
#include "database/sqlite/log_mover.h"
#include "database/sqlite/sqlite_failure.h"
#include "database/sqlite/sqlite_schema.h"
#include "database/sqlite/word_rank.h"

#include <algorithm>

namespace tessera::database::sqlite {

namespace connection {

constexpr int busy_timeout_ms     = 2000;
constexpr int progress_operations = 2000;  // between two looks at the clock; some tens of microseconds

// In pages of 4 KiB. Beyond 128 MB the log is cut even if that means waiting for readers.
constexpr int log_pages_to_move = 8000;
constexpr int log_pages_to_cut  = 32'768;
constexpr int cut_timeout_ms    = 250;

constexpr struct {
    int name, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 256 << 20},         {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},  {SQLITE_LIMIT_COLUMN, 500},
    {SQLITE_LIMIT_EXPR_DEPTH, 500},           {SQLITE_LIMIT_COMPOUND_SELECT, 100}, {SQLITE_LIMIT_ATTACHED, 1},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000}, {SQLITE_LIMIT_TRIGGER_DEPTH, 50},    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

// What a savepoint would undo is kept in one block of memory of this size, and what does not fit in a temporary file;
// only with files allowed, else in hundreds of small blocks. Reserved, not used, until a command changes as much.
constexpr int savepoint_block = 4 << 20;
bool          has_savepoint_block() {
    static const bool configured = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, savepoint_block) == SQLITE_OK;
    return configured;
}

ConnectionHandle open(const std::string& file, Create create) {
    has_savepoint_block();  // before SQLite starts
    gather_log_writes();
    sqlite3*  opened = nullptr;
    const int flags  = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (create == Create::yes ? SQLITE_OPEN_CREATE : 0);
    const int        code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    ConnectionHandle handle{opened};
    if (code != SQLITE_OK) throw_failure(opened, code, "open");
    return handle;
}

}  // namespace connection

SqliteConnection::SqliteConnection(const std::string& file, Access access, Create create)
    : access_(access), handle_(connection::open(file, create)) {
    set_up();
}

void SqliteConnection::set_up() {
    sqlite3* const db = handle_.get();
    sqlite3_busy_timeout(db, connection::busy_timeout_ms);
    for (const auto& limit : connection::limits) sqlite3_limit(db, limit.name, limit.value);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);  // bound values must not cause preparing again
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, access_ == Access::read ? 1 : 0, nullptr);
    // Recursive triggers: only with them does REPLACE fire the trigger that keeps a ledger append-only.
    execute(R"(
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA mmap_size = 0;
        PRAGMA temp_store = MEMORY;
        PRAGMA foreign_keys = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 0;)");
    if (access_ == Access::read) {
        execute("PRAGMA cache_size = -16384; PRAGMA query_only = ON");
    } else {
        // What is deleted is overwritten, where that costs no further page: erased is erased.
        execute("PRAGMA cache_size = -16384; PRAGMA secure_delete = FAST");
        if (connection::has_savepoint_block()) execute("PRAGMA temp_store = FILE");
        sqlite3_wal_hook(db, &SqliteConnection::on_commit, this);
    }
    add_word_rank(db);
}

void SqliteConnection::use_write_ahead_log() {
    if (const std::string mode = value("PRAGMA journal_mode = WAL"); mode != "wal")
        throw Refused("kernel.cannot_open",
                      "To use this database, move it to a local disk: its file system has no shared memory ({}).",
                      mode);
}

Statement& SqliteConnection::prepare(std::string_view sql) { return statements_.prepare(sql); }

void SqliteConnection::release(Statement& statement) { statement.reset(); }

void SqliteConnection::execute(std::string_view script) {
    watch_.refuse_if_given_up();
    ++scripts_;
    const std::string text{script};
    const int         code = sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_failure(handle_.get(), code, text);
}

void SqliteConnection::Fixed::run(sqlite3* connection) {
    if (statement_ == nullptr) {
        const int code = sqlite3_prepare_v3(connection, sql_, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
        if (code != SQLITE_OK) throw_failure(connection, code, sql_);
    }
    const int step = sqlite3_step(statement_);
    const int code = sqlite3_reset(statement_);
    if (step != SQLITE_DONE && step != SQLITE_ROW) throw_failure(connection, code, sql_);
}

void SqliteConnection::begin() {
    statements_.start_transaction();
    begin_.run(handle_.get());
    watch_.begin();
}

void SqliteConnection::begin_snapshot() {
    statements_.start_transaction();
    begin_snapshot_.run(handle_.get());
    try {
        take_snapshot_.run(handle_.get());  // BEGIN alone would let the first query choose the moment
    } catch (...) {
        rollback();  // whoever uses the connection next begins anew
        throw;
    }
}

void SqliteConnection::commit() {
    watch_.refuse_if_given_up();
    if (watch_.is_open()) throw watch_.refusal();
    commit_.run(handle_.get());
    watch_.end();
}

// SQLite still syncs the log before a checkpoint and where it begins anew, so the file is never damaged by this.
void SqliteConnection::commit_without_waiting() { execute("PRAGMA synchronous = NORMAL"); }

void SqliteConnection::rollback() {
    statements_.reset_all();  // a statement left on a row would hold the snapshot
    watch_.end();
    if (in_transaction()) rollback_.run(handle_.get());
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

std::int64_t SqliteConnection::changes() const { return watch_.writes() + scripts_; }

void SqliteConnection::check_references() {
    if (watch_.is_open()) throw watch_.refusal();
}

void SqliteConnection::savepoint() {
    watch_.forget();
    savepoint_.run(handle_.get());
}

void SqliteConnection::release_savepoint() {
    check_references();
    release_savepoint_.run(handle_.get());
}

void SqliteConnection::rollback_to_savepoint() {
    statements_.reset_all();
    watch_.forget();
    rollback_to_savepoint_.run(handle_.get());
    release_savepoint_.run(handle_.get());
}

void SqliteConnection::limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) {
    deadline_          = deadline;
    cancelled_         = cancelled;
    const bool limited = cancelled != nullptr || deadline != std::chrono::steady_clock::time_point::max();
    sqlite3_progress_handler(handle_.get(), limited ? connection::progress_operations : 0,
                             limited ? &SqliteConnection::on_progress : nullptr, this);
}

int SqliteConnection::on_progress(void* self) {
    const auto& connection = *static_cast<const SqliteConnection*>(self);
    if (connection.cancelled_ != nullptr && connection.cancelled_->load(std::memory_order_relaxed)) return 1;
    return std::chrono::steady_clock::now() >= connection.deadline_ ? 1 : 0;
}

std::vector<std::string> SqliteConnection::create(const TableDefinition& table, bool execute) {
    auto statements = schema_changes(*this, table);
    if (!execute || statements.empty()) return statements;
    const bool own_transaction = !in_transaction();
    if (own_transaction) begin();
    try {
        for (const auto& statement : statements) this->execute(statement);
        if (own_transaction) commit();
    } catch (...) {
        if (own_transaction) rollback();
        throw;
    }
    return statements;
}

void SqliteConnection::define(std::string_view statement) { sqlite::define(*this, statement); }

bool SqliteConnection::has_table(std::string_view table) {
    Statement& find = prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = :name");
    find.bind(1, table);
    const bool found = find.step();
    find.reset();
    return found;
}

void SqliteConnection::unprotect(std::string_view table) {
    for (const char* verb : {"update", "delete"}) execute(fmt::format("DROP TRIGGER IF EXISTS {}__no_{}", table, verb));
}

std::vector<std::string> SqliteConnection::tables() {
    return names("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
}

std::vector<std::string> SqliteConnection::views() { return names("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"); }

std::vector<std::string> SqliteConnection::names(std::string_view query) {
    std::vector<std::string> found;
    Statement&               list = prepare(query);
    while (list.step()) found.emplace_back(list.text(0));
    return found;
}

TableDefinition SqliteConnection::stored(std::string_view table) { return sqlite::stored(*this, table); }

std::string SqliteConnection::value(std::string_view query) {
    Statement&  statement = prepare(query);
    std::string text{statement.step() ? statement.text(0) : std::string_view{}};
    statement.reset();
    return text;
}

int SqliteConnection::on_commit(void* self, sqlite3*, const char*, int pages) {
    auto& connection = *static_cast<SqliteConnection*>(self);
    if (pages < connection.log_pages_) connection.checkpoint_at_ = connection.truncate_at_ = 0;  // it began anew
    connection.log_pages_ = pages;
    return SQLITE_OK;
}

int SqliteConnection::checkpoint(int mode, int busy_timeout_ms, int* moved) {
    sqlite3_busy_timeout(handle_.get(), busy_timeout_ms);
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), "main", mode, nullptr, moved);
    sqlite3_busy_timeout(handle_.get(), connection::busy_timeout_ms);
    return code;
}

// A checkpoint that readers hold up, or that fails, loses nothing: the log still has everything, and the next one tries
// again. So its outcome is no error here, except that damage and broken disks are told at once.
void SqliteConnection::refuse_broken_disk(int code) {
    if ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CORRUPT) throw_failure(handle_.get(), code, "checkpoint");
}

int SqliteConnection::move_log() {
    int moved = 0;
    refuse_broken_disk(checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0, &moved));
    return std::max(moved, 0);
}

int SqliteConnection::cut_log(LogMover& mover, int busy_timeout_ms) {
    mover.wait();
    mover.moved();  // throws what it failed with: a disk does not say it twice
    const int code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE, busy_timeout_ms);
    if (code == SQLITE_OK) log_pages_ = checkpoint_at_ = truncate_at_ = 0;
    return code;
}

void SqliteConnection::tend(LogMover& mover, Engine::Load load) {
    using namespace connection;
    if (log_pages_ == 0) return;
    if (load == Engine::Load::idle) {
        refuse_broken_disk(cut_log(mover, 0));
    } else if (log_pages_ >= std::max(log_pages_to_cut, truncate_at_)) {
        truncate_at_ = log_pages_ + log_pages_to_move;
        refuse_broken_disk(cut_log(mover, cut_timeout_ms));
    } else if (const auto moved = mover.moved()) {
        if (*moved <= log_pages_ && log_pages_ - *moved < log_pages_to_move) move_log();  // then it begins anew
    } else if (log_pages_ >= checkpoint_at_ + log_pages_to_move) {
        checkpoint_at_ = log_pages_;
        mover.start();
    }
}

void SqliteConnection::truncate_log(LogMover& mover) {
    const int code = cut_log(mover, connection::busy_timeout_ms);
    if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED)
        throw_failure(handle_.get(), code, "checkpoint");
}

}  // namespace tessera::database::sqlite
