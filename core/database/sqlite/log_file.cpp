#include "database/sqlite/log_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

namespace tessera::database::sqlite {

namespace log_file {

constexpr std::size_t gathered_max = 120 * 1024;  // SQLite writes at most 128 KiB at a time
constexpr int         frame_header = 24;

struct LogFile {
    sqlite3_file      base;
    sqlite3_file*     real;
    std::vector<char> gathered;
    sqlite3_int64     start;
    sqlite3_int64     end;                       // of what was ever written since the log began
    bool              ends_commit;               // the frame whose header was written last is the last of a commit
};

LogFile&      of(sqlite3_file* file) { return *reinterpret_cast<LogFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file).real; }

int flush(LogFile& log) {
    if (log.gathered.empty()) return SQLITE_OK;
    const int code = log.real->pMethods->xWrite(log.real, log.gathered.data(), static_cast<int>(log.gathered.size()), log.start);
    log.gathered.clear();
    return code;
}

template <class Call>
int flushed(sqlite3_file* file, const Call& call) {
    const int code = flush(of(file));
    return code == SQLITE_OK ? call(real(file)) : code;
}

int close(sqlite3_file* file) {
    const int written = flush(of(file));
    const int closed  = real(file)->pMethods->xClose(real(file));
    of(file).~LogFile();
    return written == SQLITE_OK ? closed : written;
}

// Bytes 4 to 7 of a frame's header: the size of the database after the commit, in its last frame; else 0.
bool is_last_header(const void* data, int size) {
    static constexpr char zero[4]{};
    return size == frame_header && std::memcmp(static_cast<const char*>(data) + 4, zero, 4) != 0;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    auto&      log    = of(file);
    const auto length = static_cast<std::size_t>(size);
    const bool joins  = at == log.start + static_cast<sqlite3_int64>(log.gathered.size()) && log.gathered.size() + length <= gathered_max;
    if (!joins) {
        if (const int code = flush(log); code != SQLITE_OK) return code;
        log.start = at;
    }
    try {
        log.gathered.insert(log.gathered.end(), static_cast<const char*>(data), static_cast<const char*>(data) + length);
    } catch (const std::bad_alloc&) {
        return SQLITE_IOERR_NOMEM;
    }
    // Where a transaction has written a page twice, SQLite writes the headers of its frames anew after the last of them.
    const bool again = at != 0 && at + size <= log.end;
    const bool last  = is_last_header(data, size);
    const bool ended = (log.ends_commit && size != frame_header) || (last && again);
    log.end          = at == 0 ? size : std::max(log.end, at + size);
    log.ends_commit  = last;
    return ended ? flush(log) : SQLITE_OK;
}

// What is still gathered is read from memory: a read that had to write first could fail with a full disk, and SQLite would
// undo one statement for that and commit the rest, without the frames that were lost.
int read(sqlite3_file* file, void* data, int size, sqlite3_int64 at) {
    auto&      log = of(file);
    const auto end = log.start + static_cast<sqlite3_int64>(log.gathered.size());
    if (at >= log.start && at + size <= end) {
        std::memcpy(data, log.gathered.data() + (at - log.start), static_cast<std::size_t>(size));
        return SQLITE_OK;
    }
    if (at >= end || at + size <= log.start) return log.real->pMethods->xRead(log.real, data, size, at);
    return flushed(file, [&](sqlite3_file* f) { return f->pMethods->xRead(f, data, size, at); });
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    return flushed(file, [&](sqlite3_file* f) { return f->pMethods->xTruncate(f, size); });
}
int sync(sqlite3_file* file, int flags) {
    return flushed(file, [&](sqlite3_file* f) { return f->pMethods->xSync(f, flags); });
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return flushed(file, [&](sqlite3_file* f) { return f->pMethods->xFileSize(f, size); });
}
int control(sqlite3_file* file, int operation, void* argument) {
    if (operation == SQLITE_FCNTL_LAST_ERRNO) return real(file)->pMethods->xFileControl(real(file), operation, argument);  // asked after a failure: writes nothing
    return flushed(file, [&](sqlite3_file* f) { return f->pMethods->xFileControl(f, operation, argument); });
}
int lock(sqlite3_file* file, int kind) { return real(file)->pMethods->xLock(real(file), kind); }
int unlock(sqlite3_file* file, int kind) { return real(file)->pMethods->xUnlock(real(file), kind); }
int check_lock(sqlite3_file* file, int* held) { return real(file)->pMethods->xCheckReservedLock(real(file), held); }
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }

const sqlite3_io_methods methods = {
    .iVersion               = 1,
    .xClose                 = close,
    .xRead                  = read,
    .xWrite                 = write,
    .xTruncate              = truncate,
    .xSync                  = sync,
    .xFileSize              = file_size,
    .xLock                  = lock,
    .xUnlock                = unlock,
    .xCheckReservedLock     = check_lock,
    .xFileControl           = control,
    .xSectorSize            = sector_size,
    .xDeviceCharacteristics = characteristics,
};

sqlite3_vfs* system_files = nullptr;

int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
    if (!(flags & SQLITE_OPEN_WAL)) return system_files->xOpen(system_files, name, file, flags, flags_out);
    auto* const behind = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(LogFile));
    file->pMethods     = nullptr;
    const int code     = system_files->xOpen(system_files, name, behind, flags, flags_out);
    if (behind->pMethods) new (file) LogFile{.base = {&methods}, .real = behind, .gathered = {}, .start = 0, .end = 0, .ends_commit = false};
    return code;
}

bool make_default() {
    system_files = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs files = *system_files;
    files.zName    = "tessera";
    files.pNext    = nullptr;
    files.szOsFile = static_cast<int>(sizeof(LogFile)) + system_files->szOsFile;
    files.xOpen    = open;
    return sqlite3_vfs_register(&files, 1) == SQLITE_OK;
}

}  // namespace log_file

void gather_log_writes() { [[maybe_unused]] static const bool done = log_file::make_default(); }

}  // namespace tessera::database::sqlite
