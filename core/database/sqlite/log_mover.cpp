#include "database/sqlite/log_mover.h"

#include "database/sqlite/sqlite_connection.h"

#include <utility>

namespace tessera::database::sqlite {

LogMover::~LogMover() {
    {
        const std::lock_guard guard{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void LogMover::start() {
    {
        const std::lock_guard guard{mutex_};
        if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
        asked_ = true;
    }
    changed_.notify_all();
}

void LogMover::wait() {
    std::unique_lock guard{mutex_};
    changed_.wait(guard, [&] { return !asked_; });
}

std::optional<int> LogMover::moved() {
    const std::lock_guard guard{mutex_};
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    return std::exchange(moved_, std::nullopt);
}

void LogMover::run() {
    std::unique_ptr<SqliteConnection> connection;
    std::unique_lock                  guard{mutex_};
    while (true) {
        changed_.wait(guard, [&] { return asked_ || stopping_; });
        if (!asked_) return;
        guard.unlock();
        std::optional<int> moved;
        std::exception_ptr failure;
        try {
            if (!connection) connection = std::make_unique<SqliteConnection>(file_, Access::write);
            connection->move_log();
            moved = connection->move_log();  // what came meanwhile: little is left for the writer
        } catch (...) {
            failure = std::current_exception();
        }
        guard.lock();
        moved_   = moved;
        if (failure) failure_ = failure;
        asked_   = false;
        changed_.notify_all();
    }
}

}  // namespace tessera::database::sqlite
