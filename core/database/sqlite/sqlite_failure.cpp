#include "database/sqlite/sqlite_failure.h"

#include "database/constraint_refusal.h"

#include <tessera/refused.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <stdexcept>
#include <vector>

namespace tessera::database::sqlite {

namespace failure {

using constraint::Place;

std::string_view after(std::string_view text, std::string_view mark) {
    const auto at = text.find(mark);
    return at == text.npos ? std::string_view{} : text.substr(at + mark.size());
}

// "table.a, table.b", or the name of an index or check of ours: "index 'table__a'", "table__a".
Place parse_place(std::string_view text) {
    if (text.starts_with("index '")) text = text.substr(7, text.size() - 8);
    if (const auto at = text.find("__"); at != text.npos && text.find('.') == text.npos)
        return {std::string(text.substr(0, at)), {std::string(text.substr(at + 2))}};

    Place place;
    while (!text.empty()) {
        const auto       end = text.find(", ");
        std::string_view one = text.substr(0, end);
        const auto       dot = one.find('.');
        if (dot == one.npos) break;
        place.table = one.substr(0, dot);
        place.columns.emplace_back(one.substr(dot + 1));
        text = end == text.npos ? std::string_view{} : text.substr(end + 2);
    }
    return place;
}

Refused unfit(std::string_view message) {
    Place place = parse_place(after(message, "failed: "));
    if (place.columns.empty()) place = parse_place(after(message, " column "));
    return constraint::unfit(place);
}

bool is_code(std::string_view text) {
    return text.find('.') != text.npos && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
           });
}

Refused from_trigger(std::string_view message, std::string_view sql) {
    if (message.starts_with("append_only: "))
        return constraint::append_only(message.substr(13));
    const auto colon = message.find(": ");
    if (colon == message.npos || !is_code(message.substr(0, colon)))
        throw std::runtime_error(fmt::format("{} in: {}", message, sql));
    return Refused(Refused::Plain{}, message.substr(0, colon), std::string(message.substr(colon + 2)));
}

Refused from_constraint(int code, std::string_view message, std::string_view sql) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return constraint::duplicate(parse_place(after(message, "failed: ")));
        case SQLITE_CONSTRAINT_NOTNULL:
            return constraint::missing(parse_place(after(message, "failed: ")));
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return constraint::unknown_reference({}, {});
        case SQLITE_CONSTRAINT_TRIGGER:
            return from_trigger(message, sql);
        default:
            return unfit(message);
    }
}

// A write that found no room has not happened, wherever the limit lies; after a failed fsync nobody knows.
bool found_no_room(sqlite3* connection, int code) {
    if (code != SQLITE_IOERR_WRITE && code != SQLITE_IOERR_SHMSIZE && code != SQLITE_IOERR_TRUNCATE) return false;
    const int reason = sqlite3_system_errno(connection);
    return reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
}

// SQLite takes a file that the disk cannot read for one that is damaged (SQLITE_IOERR_CORRUPTFS); whoever restores a backup for
// that loses what is on the disk.
bool could_not_be_read(sqlite3* connection) {
    for (const int which : {SQLITE_FCNTL_FILE_POINTER, SQLITE_FCNTL_JOURNAL_POINTER}) {
        sqlite3_file* file   = nullptr;
        int           reason = 0;
        if (sqlite3_file_control(connection, "main", which, &file) != SQLITE_OK || file == nullptr || file->pMethods == nullptr) continue;
        if (file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &reason) != SQLITE_OK) continue;
        if (reason == EIO || reason == ENXIO) return true;
    }
    return false;
}

Refused storage_failed(int code) {
    return Refused("kernel.storage_failed",
                   "To go on, check the disk that holds the database and start the program again: it reported error {}.", code)
        .with_status(503);
}

Refused storage_full() {
    return Refused("kernel.storage_full", "To save changes, free space on the disk that holds the database.")
        .with_status(507);
}

Refused from_code(sqlite3* connection, int code, std::string_view sql) {
    const std::string message = sqlite3_errmsg(connection);
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            return from_constraint(code, message, sql);
        case SQLITE_FULL:
            return storage_full();
        case SQLITE_IOERR:
            if (found_no_room(connection, code)) return storage_full();
            return storage_failed(code);
        case SQLITE_INTERRUPT:
            return Refused("kernel.query_cancelled", "To get an answer in time, ask for less, or try again later.")
                .with_status(503);
        case SQLITE_CORRUPT:
            if (could_not_be_read(connection)) return storage_failed(SQLITE_IOERR_READ);
            return Refused("kernel.damaged_database",
                           "To go on, restore the last good backup: the database file is damaged.")
                .with_status(500);
        case SQLITE_NOTADB:
            return Refused("kernel.not_a_database",
                           "To open a database, name one that Tessera made: this file is not.");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return Refused("kernel.database_in_use",
                           "To write, wait until the other program has let go of the database.")
                .with_status(503);
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return Refused("kernel.cannot_open",
                           "To open the database, make its file and folder accessible to this user.");
        case SQLITE_READONLY:
            if (sqlite3_db_readonly(connection, "main") != 1) break;
            return Refused("kernel.read_only_database",
                           "To write, make the database file and its folder writable for this user.");
        case SQLITE_TOOBIG:
            return Refused("kernel.too_large",
                           "To save this, make it smaller: the database does not take texts this long.")
                .with_status(413);
        default:
            break;
    }
    throw std::runtime_error(fmt::format("{} ({}) in: {}", message, code, sql));
}

}  // namespace failure

void throw_failure(sqlite3* connection, int code, std::string_view sql) {
    if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
    throw failure::from_code(connection, code, sql);
}

}  // namespace tessera::database::sqlite
