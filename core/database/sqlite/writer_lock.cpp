#include "database/sqlite/writer_lock.h"

#include <tessera/refused.h>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace tessera::database::sqlite {

namespace writer_lock {

std::string lock_file(const std::string& database) { return database + ".lock"; }

struct flock whole_file(short type) {
    struct flock lock {};
    lock.l_type   = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

// Locks of the open file, not of the process: they also keep two engines of one process apart.
bool take(int file) {
    auto lock = whole_file(F_WRLCK);
    return ::fcntl(file, F_OFD_SETLK, &lock) == 0;
}

bool is_taken(int file) {
    auto lock = whole_file(F_WRLCK);
    return ::fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

std::string read_note(int file) {
    char       text[512];
    const auto size = ::pread(file, text, sizeof text, 0);
    return {text, static_cast<std::size_t>(size > 0 ? size : 0)};
}

Refused in_use(const std::string& database, const std::string& note) {
    return Refused("kernel.database_in_use",
                   "To write to {}, stop the other program that has it open, or go through it{}{}{}.", database,
                   note.empty() ? "" : " (", note, note.empty() ? "" : ")");
}

}  // namespace writer_lock

WriterLock::WriterLock(const std::string& database, std::string_view note)
    : file_(::open(writer_lock::lock_file(database).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (file_ < 0)
        throw Refused("kernel.cannot_open", "To write to {}, make its folder writable for this user.", database);
    if (!writer_lock::take(file_)) {
        const auto holder = writer_lock::read_note(file_);
        ::close(file_);
        throw writer_lock::in_use(database, holder);
    }
    change_note(note);
}

WriterLock::~WriterLock() { ::close(file_); }

// Best effort: a note that cannot be written (full disk) takes nothing from the lock.
void WriterLock::change_note(std::string_view note) {
    if (::ftruncate(file_, 0) != 0) return;
    [[maybe_unused]] const auto written = ::pwrite(file_, note.data(), note.size(), 0);
}

std::optional<std::string> WriterLock::holder(const std::string& database) {
    const int file = ::open(writer_lock::lock_file(database).c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    std::optional<std::string> note;
    if (writer_lock::is_taken(file)) note = writer_lock::read_note(file);
    ::close(file);
    return note;
}

}  // namespace tessera::database::sqlite
