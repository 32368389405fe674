#include "database/postgres/postgres_statement.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "database/rows_stepped.h"

namespace tessera::database::postgres {

namespace statement {

constexpr Oid boolean = 16, blob = 17, integer = 20, small_integer = 21, medium_integer = 23, text = 25, real = 701;

std::string big_endian(std::int64_t value) {
    std::uint64_t bits = static_cast<std::uint64_t>(value);
    std::string   bytes(8, '\0');
    for (int i = 7; i >= 0; --i, bits >>= 8) bytes[static_cast<std::size_t>(i)] = static_cast<char>(bits & 0xff);
    return bytes;
}

}  // namespace statement

PostgresStatement::PostgresStatement(Pipeline& pipeline, Course& course, std::string_view sql, std::string name)
    : pipeline_(pipeline), course_(course), sql_(sql), translated_(translate(sql)), name_(std::move(name)), values_(static_cast<std::size_t>(translated_.parameters)) {
    if (translated_.text.find_first_not_of(" \t\r\n;") == std::string::npos) throw std::logic_error("an empty statement was prepared");
}

Value& PostgresStatement::value(int parameter) {
    if (parameter < 1 || parameter > translated_.parameters) throw std::logic_error(fmt::format("parameter {} of {} in: {}", parameter, translated_.parameters, sql_));
    in_use_ = bound_ = true;
    return values_[static_cast<std::size_t>(parameter - 1)];
}

void PostgresStatement::bind(int parameter, std::int64_t number) {
    auto& v = value(parameter);
    v.type  = statement::integer;
    v.none  = false;
    v.bytes = statement::big_endian(number);
}

void PostgresStatement::bind(int parameter, double number) {
    auto& v = value(parameter);
    v.type  = statement::real;
    v.none  = false;
    v.bytes = fmt::format("{}", number);
}

void PostgresStatement::bind(int parameter, std::string_view text) {
    if (text.find('\0') != text.npos) throw Refused("kernel.constraint", "To save this, leave out the character with the code 0: texts cannot have it.").with_status(422);
    auto& v = value(parameter);
    v.type  = statement::text;
    v.none  = false;
    v.bytes.assign(text);
}

void PostgresStatement::bind_blob(int parameter, std::string_view bytes) {
    auto& v = value(parameter);
    v.type  = statement::blob;
    v.none  = false;
    v.bytes.assign(bytes);
}

void PostgresStatement::bind_null(int parameter) {
    auto& v = value(parameter);
    v.type  = 0;
    v.none  = true;
    v.bytes.clear();
}

// Nothing has no type of its own: it takes that of what stood there when the statement was prepared. One that was prepared
// for nothing there, type 0, is for nothing only.
bool PostgresStatement::fits(const Prepared& one) const {
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (!values_[i].none && values_[i].type != one.types[i]) return false;
    return true;
}

PostgresStatement::Prepared& PostgresStatement::another() {
    std::vector<Oid>  types;
    std::vector<bool> none;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        none.push_back(values_[i].none);
        types.push_back(!values_[i].none ? values_[i].type : translated_.is_only_asked(static_cast<int>(i) + 1) ? statement::text : 0);
    }
    return prepared_.emplace_back(Prepared{types, fmt::format("{}_{}", name_, prepared_.size()), pipeline_.session(), translated_.answered(none)});
}

const PostgresStatement::Prepared& PostgresStatement::prepared() {
    if (!prepared_.empty() && prepared_.front().session != pipeline_.session()) prepared_.clear();
    const auto found     = std::ranges::find_if(prepared_, [&](const Prepared& one) { return fits(one); });
    auto&      statement = found == prepared_.end() ? another() : *found;
    if (!statement.there) pipeline_.prepare(statement.name, statement.text, statement.types, statement.there);
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (values_[i].none) values_[i].type = statement.types[i];
    return statement;
}

void PostgresStatement::run() {
    const auto& statement = prepared();
    row_                  = -1;
    if (translated_.writes) {
        ++course_.writes;
        return pipeline_.send(statement.name, values_, sql_, &changes_);
    }
    if (course_.reading == Reading::streaming) return pipeline_.open(stream_, statement.name, values_, sql_);
    result_ = pipeline_.query(statement.name, values_, sql_);
    if (PQresultStatus(result_.get()) == PGRES_COMMAND_OK) ++course_.writes;  // it made or dropped something
}

void PostgresStatement::run_by_itself() {
    pipeline_.run("SAVEPOINT statement");
    try {
        run();
        pipeline_.run("RELEASE SAVEPOINT statement");
        pipeline_.await_all();
    } catch (...) {
        pipeline_.discard_all();
        pipeline_.run("ROLLBACK TO SAVEPOINT statement");
        pipeline_.run("RELEASE SAVEPOINT statement");
        pipeline_.await_all();
        throw;
    }
}

bool PostgresStatement::next_row() {
    if (!stream_.begun) {
        check_columns();
        return ++row_ < PQntuples(result_.get());
    }
    row_ = 0;
    const bool found = pipeline_.next_row(stream_, result_);
    check_columns();
    return found;
}

void PostgresStatement::check_columns() {
    const int expected = std::exchange(expected_columns, -1);
    if (expected >= 0 && column_count() >= 0 && column_count() != expected)
        throw std::logic_error(fmt::format("{} members for {} columns of: {}", expected, column_count(), sql_));
}

void PostgresStatement::begin() {
    if (!result_ && !stream_.begun) course_.step_by_step ? run_by_itself() : run();
}

bool PostgresStatement::step() {
    try {
        begin();
        if (!translated_.writes && next_row()) {
            ++rows_stepped;
            return in_use_ = true;
        }
    } catch (...) {
        ++course_.writes;  // the server has given the transaction up
        reset();
        throw;
    }
    reset();
    return false;
}

void PostgresStatement::reset() {
    for (auto& v : values_) v.none = true;
    if (stream_.begun) pipeline_.close(stream_);
    result_.reset();
    described_.reset();
    row_    = -1;
    in_use_ = bound_ = false;
}

// Known when it has run; a statement is not described beforehand, that would be another round trip.
int PostgresStatement::column_count() const { return result_ ? PQnfields(result_.get()) : -1; }

std::string_view PostgresStatement::column_name(int column) {
    begin();
    if (stream_.begun && !result_ && !described_) {
        if (pipeline_.next_row(stream_, described_)) stream_.read.push_front(Result(PQcopyResult(described_.get(), PG_COPYRES_ATTRS | PG_COPYRES_TUPLES)));
        check_columns();
    }
    const char* name = result_ ? PQfname(result_.get(), column) : described_ ? PQfname(described_.get(), column) : nullptr;
    return name == nullptr ? std::string_view{} : name;
}

std::string_view PostgresStatement::cell(int column) const {
    if (!result_ || column >= PQnfields(result_.get())) throw std::logic_error(fmt::format("no column {} in: {}", column + 1, sql_));
    return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

bool PostgresStatement::is_null(int column) {
    cell(column);
    return PQgetisnull(result_.get(), row_, column) != 0;
}

bool PostgresStatement::is_text(int column) {
    const auto type = PQftype(result_.get(), column);
    return !is_null(column) && (type == statement::text || type == 1043 || type == 19 || type == 705);
}

ValueType PostgresStatement::type(int column) {
    if (is_null(column)) return ValueType::none;
    if (is_text(column)) return ValueType::text;
    switch (PQftype(result_.get(), column)) {
        case statement::boolean:
        case statement::integer:
        case statement::small_integer:
        case statement::medium_integer: return ValueType::integer;
        case statement::real: return ValueType::real;
        default: return ValueType::other;
    }
}

std::int64_t PostgresStatement::integer(int column) {
    const auto text = cell(column);
    if (text.empty()) return 0;
    if (PQftype(result_.get(), column) == statement::boolean) return text == "t" ? 1 : 0;
    std::int64_t value   = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec == std::errc::result_out_of_range) throw std::runtime_error(fmt::format("{} is too large a number, from: {}", text, sql_));
    return value;
}

double PostgresStatement::real(int column) {
    const auto text  = cell(column);
    double     value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string_view PostgresStatement::text(int column) {
    const auto text = cell(column);
    if (PQftype(result_.get(), column) != statement::blob) return text;
    std::size_t length = 0;
    auto* const plain  = PQunescapeBytea(reinterpret_cast<const unsigned char*>(text.data()), &length);
    bytes_.assign(reinterpret_cast<const char*>(plain), length);
    PQfreemem(plain);
    return bytes_;
}

std::int64_t PostgresStatement::changes() const {
    pipeline_.await_all();
    return changes_;
}

void PostgresStatement::require_change(std::string_view title, std::int64_t id) {
    if (!pipeline_.require_change(title, id)) Statement::require_change(title, id);
}

}  // namespace tessera::database::postgres
