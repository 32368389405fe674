#pragma once
// The lock that lets at most one process write a database: a file beside it, <database>.lock, locked for as long as the
// process lives and holding one line for people ("served on http://127.0.0.1:8080"). The operating system lets go of it
// however the process ends, so a lock file that is left over means nothing. The database file itself is never opened for
// this: closing it would drop the locks SQLite has on it.

#include <optional>
#include <string>
#include <string_view>

namespace tessera::database::sqlite {

class WriterLock {
public:
    // Refuses with "kernel.database_in_use" and the note of the one who has it.
    WriterLock(const std::string& database, std::string_view note);
    ~WriterLock();
    WriterLock(const WriterLock&)            = delete;
    WriterLock& operator=(const WriterLock&) = delete;

    void change_note(std::string_view note);

    // The note of whoever has the lock now, this process included; nothing when nobody has it.
    static std::optional<std::string> holder(const std::string& database);

private:
    int file_ = -1;
};

}  // namespace tessera::database::sqlite
