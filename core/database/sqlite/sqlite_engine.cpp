#include "database/sqlite/sqlite_engine.h"

#include "database/sqlite/sqlite_connection.h"
#include "database/sqlite/sqlite_failure.h"
#include "database/sqlite/sqlite_version.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace tessera::database::sqlite {

namespace engine {

constexpr int application_id = 0x54535352;  // "TSSR", in the header of every database of ours

namespace fs = std::filesystem;

void refuse_unsound_library() {
    if (is_sound_version(sqlite3_libversion_number())) return;
    throw Refused("kernel.unsound_sqlite",
                  "To keep the books safe, build Tessera with SQLite 3.51.3 or later: {} can damage a database.",
                  sqlite3_libversion());
}

bool is_empty(const std::string& file) {
    std::error_code error;
    return fs::file_size(file, error) == 0 || error;
}

bool has_log(const std::string& file) {
    std::error_code error;
    const auto      size = fs::file_size(file + "-wal", error);
    return !error && size > 0;
}

// One name for one file, however it was reached: the lock beside it depends on that.
std::string place_of(const std::string& location) {
    std::error_code error;
    const auto      place = fs::weakly_canonical(location, error);
    return error ? location : place.string();
}

void make_directory_durable(const std::string& file) {
    auto      directory = fs::path(file).parent_path();
    const int opened    = ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return;
    ::fsync(opened);
    ::close(opened);
}

std::vector<std::string> check(Connection& reader, std::string_view pragma) {
    std::vector<std::string> damage;
    try {
        Statement& rows = reader.prepare(pragma);
        while (rows.step())
            if (rows.text(0) != "ok") damage.emplace_back(rows.text(0));
    } catch (const Refused& refused) {  // too damaged to be checked to the end
        if (refused.code() != "kernel.damaged_database") throw;
        damage.push_back(refused.sentence());
    }
    return damage;
}

}  // namespace engine

class SqliteEngine::Log {
public:
    explicit Log(const std::string& file) : log_(::open((engine::place_of(file) + "-wal").c_str(), O_RDONLY | O_CLOEXEC)), error_(errno) {}
    Log(const Log&)            = delete;
    Log& operator=(const Log&) = delete;
    ~Log() {
        if (log_ >= 0) ::close(log_);
    }

    bool is_missing() const { return log_ < 0 && error_ == ENOENT; }
    void sync() const {
        if (log_ < 0) throw failure(error_);
        if (::fdatasync(log_) != 0) throw failure(errno);
    }

private:
    static Refused failure(int error) {
        return Refused("kernel.storage_failed",
                       "To go on, check the disk that holds the database and start the program again: it reported {}.",
                       std::generic_category().message(error))
            .with_status(503);
    }

    int log_, error_;
};

SqliteEngine::SqliteEngine(const std::string& location, Create create) : file_(engine::place_of(location)) {
    engine::refuse_unsound_library();
    if (engine::fs::is_directory(file_))
        throw Refused("kernel.no_database", "To open a database, name the file: {} is a folder.", file_);
    const bool exists = engine::fs::exists(file_);
    if (!exists && create == Create::no)
        throw Refused("kernel.no_database", "To use {}, make it first with: tessera init --database {}", file_, file_);

    stopped_uncleanly_ = engine::has_log(file_) && !lock_holder();
    if (create == Create::yes && (!exists || engine::is_empty(file_)))
        make_new();
    else
        refuse_foreign_file(create);
}

void SqliteEngine::make_new() {
    lock_for_writing("being made");
    SqliteConnection connection{file_, Access::write, Create::yes};
    connection.execute(fmt::format("PRAGMA application_id = {}", engine::application_id));
    connection.use_write_ahead_log();
    engine::make_directory_durable(file_);
}

// A file that make_new() was stopped at: SQLite's, of no program, without a table.
bool SqliteEngine::is_half_made() {
    lock_for_writing("being made");
    SqliteConnection connection{file_, Access::write, Create::yes};
    return connection.value("PRAGMA application_id") == "0" && connection.value("SELECT count(*) FROM sqlite_schema") == "0";
}

void SqliteEngine::refuse_foreign_file(Create create) {
    const auto made_by = SqliteConnection{file_, Access::read}.value("PRAGMA application_id");
    if (made_by == std::to_string(engine::application_id)) return;
    if (create == Create::yes && made_by == "0" && is_half_made()) return make_new();
    throw Refused("kernel.not_a_database", "To open a database, name one that Tessera made: {} is not.", file_);
}

std::string SqliteEngine::name() const { return fmt::format("SQLite {}", sqlite3_libversion()); }

std::unique_ptr<Connection> SqliteEngine::connect(Access access) {
    if (access == Access::read) return std::make_unique<SqliteConnection>(file_, access);
    {
        const std::lock_guard guard{mutex_};
        if (!lock_) lock_.emplace(file_, "");
        log_.reset();  // without a connection there was perhaps no log for a while, and it is another file now
    }
    auto connection = std::make_unique<SqliteConnection>(file_, access);
    connection->use_write_ahead_log();
    return connection;
}

void SqliteEngine::lock_for_writing(std::string_view note) {
    const std::lock_guard guard{mutex_};
    if (lock_)
        lock_->change_note(note);
    else
        lock_.emplace(file_, note);
}

void SqliteEngine::change_lock_note(std::string_view note) {
    const std::lock_guard guard{mutex_};
    if (lock_) lock_->change_note(note);
}

std::optional<std::string> SqliteEngine::lock_holder() { return WriterLock::holder(file_); }

std::vector<Profile> SqliteEngine::profile() {
    SqliteConnection     connection{file_, Access::read};
    std::vector<Profile> profile;
    const auto           add = [&](std::string name, std::string value, std::string expected) {
        const bool sound = expected.empty() || value == expected;
        profile.push_back({std::move(name), std::move(value), std::move(expected), sound});
    };
    const auto setting = [&](std::string name, std::string expected) {
        const auto value = connection.value("PRAGMA " + name);
        add(std::move(name), value, std::move(expected));
    };
    profile.push_back(
        {"sqlite_version", sqlite3_libversion(), "3.51.3 or later", is_sound_version(sqlite3_libversion_number())});
    setting("journal_mode", "wal");
    setting("synchronous", "2");
    setting("foreign_keys", "1");
    setting("recursive_triggers", "1");
    setting("trusted_schema", "0");
    setting("cell_size_check", "1");
    setting("mmap_size", "");
    setting("temp_store", "2");
    setting("wal_autocheckpoint", "0");
    setting("query_only", "1");
    setting("page_size", "4096");
    setting("application_id", std::to_string(engine::application_id));
    int defensive = 0;
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_DEFENSIVE, -1, &defensive);
    add("defensive", std::to_string(defensive), "1");
    add("tables_not_strict",
        connection.value(
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"),
        "0");
    return profile;
}

void SqliteEngine::make_durable() {
    const std::lock_guard one_at_a_time{sync_mutex_};  // an error is told only once, to one who asks
    if (unsynced_) std::rethrow_exception(unsynced_);
    std::shared_ptr<const Log> log;
    {
        const std::lock_guard guard{mutex_};
        // Beside another process that writes, the log may be another file each time, or not there when nothing is in it.
        if (!log_ || !lock_) log_ = std::make_shared<const Log>(file_);
        log = log_;
        if (!lock_ && log->is_missing()) return;
    }
    try {
        log->sync();
    } catch (...) {
        unsynced_ = std::current_exception();
        throw;
    }
}

void SqliteEngine::checkpoint(Connection& writer) { dynamic_cast<SqliteConnection&>(writer).truncate_log(mover_); }

void SqliteEngine::tend(Connection& writer, Load load) { dynamic_cast<SqliteConnection&>(writer).tend(mover_, load); }

std::vector<std::string> SqliteEngine::check_integrity(Connection& reader) {
    auto damage = engine::check(reader, "PRAGMA integrity_check(100)");
    if (!damage.empty()) return damage;
    Statement& orphans = reader.prepare("PRAGMA foreign_key_check");
    while (orphans.step())
        damage.push_back(fmt::format("row {} of {} refers to a row of {} that does not exist", orphans.integer(1),
                                     orphans.text(0), orphans.text(2)));
    return damage;
}

std::vector<std::string> SqliteEngine::check_quickly(Connection& reader) {
    return engine::check(reader, "PRAGMA quick_check(100)");
}

void SqliteEngine::copy_to(const std::string& file, const std::atomic<bool>* cancelled) {
    if (engine::fs::exists(file) && !engine::is_empty(file))
        throw Refused("kernel.file_exists", "To make a copy, name a file that does not exist yet: {} does.", file);
    SqliteConnection connection{file_, Access::read};
    connection.execute("PRAGMA query_only = OFF");  // it writes into the new file only
    if (cancelled != nullptr) connection.limit(std::chrono::steady_clock::time_point::max(), cancelled);
    Statement& copy = connection.prepare("VACUUM INTO :file");
    copy.bind(1, std::string_view(file));
    copy.step();
    make_durable();

    const int written = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (written < 0 || ::fsync(written) != 0)
        throw Refused("kernel.storage_failed", "To make a copy, check the disk that {} is on.", file).with_status(503);
    ::close(written);
    engine::make_directory_durable(file);
}

// The application's number stands in the header at byte 68, the highest of its bytes first.
bool is_file_of_ours(const std::string& file) {
    constexpr std::string_view first = "SQLite format 3";
    std::string                header(72, '\0');
    std::ifstream(file, std::ios::binary).read(header.data(), static_cast<std::streamsize>(header.size()));
    std::uint32_t number = 0;
    for (std::size_t at = 68; at < 72; ++at) number = number << 8 | static_cast<unsigned char>(header[at]);
    return header.starts_with(first) && number == static_cast<std::uint32_t>(engine::application_id);
}

std::unique_ptr<Connection> open_scratch() {
    auto connection = std::make_unique<SqliteConnection>(":memory:", Access::write, Create::yes);
    connection->execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF");      // nothing to save, nothing to undo
    return connection;
}

}  // namespace tessera::database::sqlite
