#pragma once
// Watches the transaction of one connection for two things that SQLite does not tell by itself.
//
// Open references. The foreign keys are checked at the commit (a document and its lines may be saved in any order), but a
// commit carries many commands, and SQLite does not say which of them left a reference open. So after every statement that
// wrote, the watch asks whether one is open now and remembers the statement that opened it. When a command ends with one
// still open, it alone is refused, with a sentence that names the table and the column.
//
// A transaction given up. After some failures (full disk, input/output error, interruption) SQLite undoes the whole
// transaction. Code that catches such a failure and goes on would write outside any transaction: it is refused.
//
// Either question reads a counter of the connection and costs a few nanoseconds.

#include <tessera/refused.h>

#include <sqlite3.h>

#include <cstdint>
#include <string>

namespace tessera::database::sqlite {

class TransactionWatch {
public:
    explicit TransactionWatch(sqlite3* connection) : connection_(connection) {}

    bool is_open() const {
        int open = 0, unused = 0;
        sqlite3_db_status(connection_, SQLITE_DBSTATUS_DEFERRED_FKS, &open, &unused, 0);
        return open != 0;
    }

    // How many statements that write have run.
    std::int64_t writes() const { return writes_; }

    void wrote(sqlite3_stmt* statement) {
        ++writes_;
        if (!is_open()) {
            opened_by_ = nullptr;
        } else if (opened_by_ == nullptr) {
            opened_by_ = statement;
            row_       = sqlite3_last_insert_rowid(connection_);
        }
    }

    void begin() {
        begun_ = true;
        forget();
    }
    void end() {
        begun_ = false;
        forget();
    }
    void forget() { opened_by_ = nullptr; }

    void refuse_if_given_up() const {
        if (begun_ && sqlite3_get_autocommit(connection_) != 0) [[unlikely]]
            throw given_up();
    }

    // "kernel.in_use" when a deletion opened the reference, else "kernel.unknown_reference".
    Refused refusal() const;

private:
    static Refused given_up();
    std::string    unknown_column(const std::string& table) const;

    sqlite3*      connection_;
    sqlite3_stmt* opened_by_ = nullptr;
    std::int64_t  row_       = 0;
    std::int64_t  writes_    = 0;
    bool          begun_     = false;
};

}  // namespace tessera::database::sqlite
