#pragma once
// A company's books in one SQLite file (with <file>-wal and <file>-shm beside it while it is open, and <file>.lock). The
// file is marked as Tessera's, so that no other program's database is taken for one; a new file is readable by its owner
// alone. See core/database/engine.h for what the functions promise.

#include "database/engine.h"
#include "database/sqlite/log_mover.h"
#include "database/sqlite/writer_lock.h"

#include <memory>
#include <mutex>

namespace tessera::database::sqlite {

class SqliteEngine final : public Engine {
public:
    SqliteEngine(const std::string& location, Create create);

    std::string                 name() const override;
    std::unique_ptr<Connection> connect(Access access) override;
    void                        lock_for_writing(std::string_view note) override;
    void                        change_lock_note(std::string_view note) override;
    std::optional<std::string>  lock_holder() override;
    std::vector<Profile>        profile() override;
    void                        make_durable() override;
    void                        checkpoint(Connection& writer) override;
    void                        tend(Connection& writer, Load load) override;
    std::vector<std::string>    check_integrity(Connection& reader) override;
    std::vector<std::string>    check_quickly(Connection& reader) override;
    bool                        was_stopped_uncleanly() const override { return stopped_uncleanly_; }
    void                        copy_to(const std::string& file, const std::atomic<bool>* cancelled) override;

private:
    void make_new();
    void refuse_foreign_file(Create create);
    bool is_half_made();

    class Log;  // the file's log, opened a second time to be synced

    std::string                file_;
    bool                       stopped_uncleanly_ = false;
    std::mutex                 mutex_;
    std::optional<WriterLock>  lock_;
    std::shared_ptr<const Log> log_;
    std::mutex                 sync_mutex_;
    std::exception_ptr         unsynced_;        // after a failure the system calls lost what it could not write clean
    LogMover                   mover_{file_};
};

// A database in memory, of one connection.
bool                        is_file_of_ours(const std::string& file);
std::unique_ptr<Connection> open_scratch();

}  // namespace tessera::database::sqlite
