#pragma once
// One prepared statement of a SQLite connection. It is in use from being handed out or bound until it has been stepped to
// its end, has failed, or is reset; only then does its connection hand it out again. It rewinds itself at the end, so that
// a loop over many rows to write may bind and step one statement again and again.

#include "database/sqlite/transaction_watch.h"

#include <tessera/sql.h>

#include <sqlite3.h>

#include <cstdint>

namespace tessera::database::sqlite {

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3_stmt* handle, TransactionWatch& watch);
    ~SqliteStatement() override;
    SqliteStatement(const SqliteStatement&)            = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;

    void bind(int parameter, std::int64_t value) override;
    void bind(int parameter, double value) override;
    void bind(int parameter, std::string_view value) override;
    void bind_blob(int parameter, std::string_view bytes) override;
    void bind_null(int parameter) override;
    int  parameter_count() const override;

    bool step() override;
    void reset() override;

    int              column_count() const override;
    std::string_view column_name(int column) override;
    bool             is_null(int column) override;
    bool             is_text(int column) override;
    ValueType        type(int column) override;
    std::int64_t     integer(int column) override;
    double           real(int column) override;
    std::string_view text(int column) override;
    std::int64_t     changes() const override;

    bool is_in_use() const { return in_use_; }
    void hand_out() {
        if (bound_ || stepping_) reset();
        in_use_ = true;
    }

private:
    void              bound(int parameter, int code);
    void              bind_what_is_left();
    bool              finish();
    [[noreturn]] void fail(int code);

    sqlite3_stmt*     handle_;
    TransactionWatch& watch_;
    std::int64_t      changes_   = 0;
    std::uint64_t     bound_now_ = 0;  // one bit for each parameter
    int               parameters_;
    bool              writes_;
    bool              in_use_   = false;
    bool              bound_    = false;  // some parameter has a value
    bool              large_    = false;  // that takes much memory
    bool              stepped_  = false;  // since it was rewound
    bool              stepping_ = false;  // stands on a row
};

}  // namespace tessera::database::sqlite
