#include "database/sqlite/sqlite_statement.h"

#include "database/rows_stepped.h"
#include "database/sqlite/sqlite_failure.h"

#include <algorithm>
#include <bit>

namespace tessera::database::sqlite {

namespace statement {

constexpr int         followed_max = 64;    // parameters of which each is known to be bound or not
constexpr std::size_t kept_max     = 1024;  // bytes of a value that are kept from one use to the next

}  // namespace statement

SqliteStatement::SqliteStatement(sqlite3_stmt* handle, TransactionWatch& watch)
    : handle_(handle), watch_(watch), parameters_(sqlite3_bind_parameter_count(handle)), writes_(sqlite3_stmt_readonly(handle) == 0) {}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

void SqliteStatement::bound(int parameter, int code) {
    in_use_ = true;
    bound_  = true;
    if (code != SQLITE_OK) [[unlikely]]
        fail(code);
    if (parameter <= statement::followed_max) bound_now_ |= std::uint64_t{1} << (parameter - 1);
}

void SqliteStatement::bind(int parameter, std::int64_t value) { bound(parameter, sqlite3_bind_int64(handle_, parameter, value)); }

void SqliteStatement::bind(int parameter, double value) { bound(parameter, sqlite3_bind_double(handle_, parameter, value)); }

void SqliteStatement::bind(int parameter, std::string_view value) {
    const char* text = value.data() == nullptr ? "" : value.data();  // a null pointer would bind NULL
    large_ |= value.size() > statement::kept_max;
    bound(parameter, sqlite3_bind_text64(handle_, parameter, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind_blob(int parameter, std::string_view bytes) {
    const char* start = bytes.data() == nullptr ? "" : bytes.data();
    large_ |= bytes.size() > statement::kept_max;
    bound(parameter, sqlite3_bind_blob64(handle_, parameter, start, bytes.size(), SQLITE_TRANSIENT));
}

void SqliteStatement::bind_null(int parameter) { bound(parameter, sqlite3_bind_null(handle_, parameter)); }

int SqliteStatement::parameter_count() const { return parameters_; }

// What was bound the last time stays where it is, so that SQLite reuses its memory; what was not bound this time is NULL.
void SqliteStatement::bind_what_is_left() {
    for (int parameter = 1; parameter <= std::min(parameters_, statement::followed_max); ++parameter)
        if (!(bound_now_ >> (parameter - 1) & 1)) bind_null(parameter);
}

bool SqliteStatement::step() {
    if (writes_) watch_.refuse_if_given_up();
    if (!stepped_) {
        if (std::popcount(bound_now_) < parameters_) bind_what_is_left();
        stepped_ = true;
    }
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) {
        ++database::rows_stepped;
        in_use_ = stepping_ = true;
        return true;
    }
    if (code == SQLITE_DONE) return finish();
    fail(code);
}

bool SqliteStatement::finish() {
    if (writes_) {
        changes_ = sqlite3_changes64(sqlite3_db_handle(handle_));
        watch_.wrote(handle_);
    }
    sqlite3_reset(handle_);
    in_use_ = stepping_ = stepped_ = false;
    return false;
}

void SqliteStatement::reset() {
    if (stepped_) sqlite3_reset(handle_);
    if (large_ || parameters_ > statement::followed_max) sqlite3_clear_bindings(handle_);
    bound_now_ = 0;
    in_use_ = bound_ = stepping_ = stepped_ = large_ = false;
}

void SqliteStatement::fail(int code) {
    struct GiveBack {
        SqliteStatement& statement;
        ~GiveBack() { statement.reset(); }
    } give_back{*this};
    throw_failure(sqlite3_db_handle(handle_), code, sqlite3_sql(handle_));
}

int SqliteStatement::column_count() const { return sqlite3_column_count(handle_); }

std::string_view SqliteStatement::column_name(int column) {
    const char* name = sqlite3_column_name(handle_, column);
    return name == nullptr ? std::string_view{} : name;
}

bool SqliteStatement::is_null(int column) { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

bool SqliteStatement::is_text(int column) { return sqlite3_column_type(handle_, column) == SQLITE_TEXT; }

ValueType SqliteStatement::type(int column) {
    switch (sqlite3_column_type(handle_, column)) {
        case SQLITE_NULL: return ValueType::none;
        case SQLITE_INTEGER: return ValueType::integer;
        case SQLITE_FLOAT: return ValueType::real;
        case SQLITE_TEXT: return ValueType::text;
        default: return ValueType::other;
    }
}

std::int64_t SqliteStatement::integer(int column) { return sqlite3_column_int64(handle_, column); }

double SqliteStatement::real(int column) { return sqlite3_column_double(handle_, column); }

std::string_view SqliteStatement::text(int column) {
    const void* start = sqlite3_column_blob(handle_, column);  // as stored, for TEXT and BLOB; else converted to text
    return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::int64_t SqliteStatement::changes() const { return changes_; }

}  // namespace tessera::database::sqlite
