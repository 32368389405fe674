#include "database/postgres/pipeline.h"

#include <tessera/refused.h>

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace tessera::database::postgres {

namespace pipeline {

constexpr std::size_t awaited_max  = 512;  // then their answers are read, so that neither side's memory grows
constexpr std::size_t unsent_max   = 6;    // then they are sent, so that the server is at work while we are
constexpr std::chrono::microseconds awake_max{50};
constexpr std::size_t unwanted_max = 100'000;  // rows nobody looks at: then the query is cancelled, and with it the snapshot

struct Arrays {
    std::vector<const char*> values;
    std::vector<int>         lengths, formats;

    explicit Arrays(std::span<const Value> all) {
        values.reserve(all.size());
        lengths.reserve(all.size());
        formats.reserve(all.size());
        for (const auto& one : all) {
            const bool binary = one.type == 20 || one.type == 17;
            values.push_back(one.none ? nullptr : one.bytes.data());
            lengths.push_back(static_cast<int>(one.bytes.size()));
            formats.push_back(binary ? 1 : 0);
        }
    }
};

std::int64_t rows_changed(const PGresult* result) {
    const char*  text  = PQcmdTuples(const_cast<PGresult*>(result));
    std::int64_t count = 0;
    std::from_chars(text, text + std::strlen(text), count);
    return count;
}

}  // namespace pipeline

// Our own options stand before those of the location, which may change them.
PGconn* open_session(const std::string& location) {
    const char* const names[]  = {"application_name", "connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "client_encoding", "dbname", nullptr};
    const char* const values[] = {"tessera", "10", "10", "5", "3", "30000", "UTF8", location.c_str(), nullptr};
    return PQconnectdbParams(names, values, 1);
}

std::string shown(const std::string& location) {
    std::string text   = location;
    const auto  scheme = text.find("://"), at = text.find('@');
    if (scheme != text.npos && at != text.npos) {
        const auto colon = text.find(':', scheme + 3);
        if (colon != text.npos && colon < at) text.erase(colon, at - colon);
    }
    for (const std::string_view parameter : {"password=", "sslpassword="})
        for (auto begin = text.find(parameter); begin != text.npos; begin = text.find(parameter, begin + parameter.size())) {
            if (begin == 0 || (text[begin - 1] != '?' && text[begin - 1] != '&')) continue;
            const auto value = begin + parameter.size();
            text.replace(value, text.find('&', value) - value, "***");
        }
    return text;
}

Pipeline::Pipeline(std::string location, std::string settings) : location_(std::move(location)), settings_(std::move(settings)) { connect(); }

Pipeline::~Pipeline() { PQfinish(connection_); }

void Pipeline::connect() {
    PQfinish(connection_);
    awaited_.clear();
    failure_.reset();
    not_found_.clear();
    if (stream_ != nullptr) std::exchange(stream_, nullptr)->open = false;
    synced_     = true;
    lost_       = true;
    connection_ = open_session(location_);
    if (connection_ == nullptr || PQstatus(connection_) != CONNECTION_OK) throw_cannot_connect(connection_, shown(location_));
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    const Result set(PQexec(connection_, settings_.c_str()));
    if (PQresultStatus(set.get()) != PGRES_COMMAND_OK) throw_failure(set.get(), settings_);
    PQenterPipelineMode(connection_);
    lost_ = false;
    ++session_;
    for (auto& one : controls_) one.there = false;
}

void Pipeline::be_connected() {
    discard_all();
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    if (!lost_ && ::poll(&socket, 1, 0) > 0) lost_ = !PQconsumeInput(connection_) || PQstatus(connection_) != CONNECTION_OK;
    if (lost_) connect();
}

bool Pipeline::is_lost() const { return lost_; }

PGTransactionStatusType Pipeline::status() const { return lost_ ? PQTRANS_UNKNOWN : PQtransactionStatus(connection_); }

// Before anything is sent.
void Pipeline::refuse_lost() {
    if (lost_) throw_lost();
    if (stream_ != nullptr) read_to_end_of_stream();
}

void Pipeline::lose() {
    lost_ = true;
    awaited_.clear();
    failure_.reset();
    not_found_.clear();
    if (stream_ != nullptr) std::exchange(stream_, nullptr)->open = false;
    throw_lost();
}

void Pipeline::sent(int succeeded, Awaited awaited) {
    if (!succeeded) lose();
    awaited_.push_back(awaited);
    synced_ = awaited.syncs;
    if (awaited.syncs) unsent_ = 0;
    else if (++unsent_ >= pipeline::unsent_max) flush();
    if (awaited_.size() >= pipeline::awaited_max && !awaited.syncs) await_all();
}

void Pipeline::flush() {
    unsent_ = 0;
    if (PQflush(connection_) < 0) lose();
}

void Pipeline::prepare(const std::string& name, const std::string& sql, std::span<const Oid> types, bool& there) {
    refuse_lost();
    there = true;
    sent(PQsendPrepare(connection_, name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data()), {.sql = &sql, .there = &there});
}

void Pipeline::send(const std::string& name, std::span<const Value> values, const std::string& sql, std::int64_t* changed) {
    refuse_lost();
    const pipeline::Arrays arrays(values);
    sent(PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(values.size()), arrays.values.data(), arrays.lengths.data(), arrays.formats.data(), 0),
         {.sql = &sql, .changed = changed});
}

Result Pipeline::query(const std::string& name, std::span<const Value> values, const std::string& sql) {
    refuse_lost();
    const pipeline::Arrays arrays(values);
    if (!PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(values.size()), arrays.values.data(), arrays.lengths.data(), arrays.formats.data(), 0)) lose();
    awaited_.push_back({.sql = &sql});
    synced_ = false;
    return await(true);
}

Pipeline::Control& Pipeline::control(const char* sql) {
    auto found = std::ranges::find(controls_, std::string_view(sql), &Control::text);
    if (found == controls_.end()) {
        controls_.push_back({fmt::format("control_{}", controls_.size()), sql});
        found = controls_.end() - 1;
    }
    if (!found->there) prepare(found->name, found->text, {}, found->there);
    return *found;
}

void Pipeline::run(const char* sql) {
    refuse_lost();
    const auto& statement = control(sql);
    send(statement.name, {}, statement.text, nullptr);
}

Result Pipeline::ask(const char* sql) {
    refuse_lost();
    const auto& statement = control(sql);
    return query(statement.name, {}, statement.text);
}

// Scripts of several statements need the simple protocol, which a pipeline does not have.
void Pipeline::run_script(const std::string& script) {
    await_all();
    PQexitPipelineMode(connection_);
    const Result result(PQexec(connection_, script.c_str()));
    if (PQstatus(connection_) != CONNECTION_OK) lose();
    PQenterPipelineMode(connection_);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) throw_failure(result.get(), script);
}

void Pipeline::sync() {
    if (synced_) return;
    sent(PQpipelineSync(connection_), {.syncs = true});
}

void Pipeline::push() {
    refuse_lost();
    sync();
}

bool Pipeline::is_overdue() const { return std::chrono::steady_clock::now() >= deadline_ || (cancelled_ != nullptr && *cancelled_); }

void Pipeline::wait_for_answer() {
    bool asked = false;
    while (PQisBusy(connection_)) {
        pollfd socket{PQsocket(connection_), POLLIN, 0};
        ::poll(&socket, 1, 20);
        if (!PQconsumeInput(connection_)) return;
        if (asked || !is_overdue()) continue;
        asked = true;
        cancel();
    }
}

void Pipeline::cancel() {
    char            message[256];
    PGcancel* const handle = PQgetCancel(connection_);
    PQcancel(handle, message, sizeof message);
    PQfreeCancel(handle);
}

// To be put to sleep and woken takes as long as most answers do.
void Pipeline::wait_awake() {
    const auto until = std::chrono::steady_clock::now() + pipeline::awake_max;
    while (PQisBusy(connection_)) {
        pollfd socket{PQsocket(connection_), POLLIN, 0};
        if (::poll(&socket, 1, 0) > 0) {
            if (!PQconsumeInput(connection_)) return;
        } else if (std::chrono::steady_clock::now() >= until) {
            return;
        }
    }
}

Result Pipeline::next() {
    if (stays_awake) wait_awake();
    if (deadline_ != std::chrono::steady_clock::time_point::max() || cancelled_ != nullptr) wait_for_answer();
    Result result(PQgetResult(connection_));
    if (PQstatus(connection_) != CONNECTION_OK) lose();
    return result;
}

void Pipeline::keep_failure(Result result, const std::string* sql) {
    if (failure_) return;
    failure_    = std::move(result);
    failed_sql_ = sql == nullptr ? "" : *sql;
}

void Pipeline::settle(const Awaited& awaited, const PGresult* result) {
    if (awaited.changed == nullptr) return;
    *awaited.changed = pipeline::rows_changed(result);
    if (*awaited.changed == 0 && !awaited.title.empty() && not_found_.empty()) not_found_ = fmt::format("{} {}", awaited.title, awaited.id);
}

Result Pipeline::await(bool last_wanted) {
    sync();
    Result last;
    while (!awaited_.empty()) {
        const auto awaited = awaited_.front();
        if (awaited.syncs) {
            const auto synced = next();
            if (PQresultStatus(synced.get()) != PGRES_PIPELINE_SYNC) lose();  // the server says good-bye
            awaited_.pop_front();
            continue;
        }
        while (auto result = next()) {
            const auto status = PQresultStatus(result.get());
            if (awaited.there != nullptr) *awaited.there = status == PGRES_COMMAND_OK;
            if (status == PGRES_FATAL_ERROR) keep_failure(std::move(result), awaited.sql);
            else if (status == PGRES_COMMAND_OK) settle(awaited, result.get());
            if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) last = std::move(result);
        }
        awaited_.pop_front();
    }
    if (failure_) {
        const auto failure = std::move(failure_);
        not_found_.clear();
        throw_failure(failure.get(), failed_sql_);
    }
    if (!not_found_.empty())
        throw Refused("kernel.not_found", "To save {}, choose one that exists.", std::exchange(not_found_, {})).with_status(404);
    if (last_wanted && !last) throw std::logic_error("a query gave no rows and no failure");
    return last;
}

void Pipeline::open(Stream& stream, const std::string& name, std::span<const Value> values, const std::string& sql) {
    await_all();
    refuse_lost();
    const pipeline::Arrays arrays(values);
    if (!PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(values.size()), arrays.values.data(), arrays.lengths.data(), arrays.formats.data(), 0)) lose();
    awaited_.push_back({.sql = &sql});
    synced_ = false;
    sync();
    stream_      = &stream;
    stream.begun = stream.open = true;
}

// Where the statement was prepared with it, the answer to that comes first.
Result Pipeline::next_of_stream() {
    PQsetSingleRowMode(connection_);
    return next();
}

bool Pipeline::next_row(Stream& stream, Result& row) {
    if (++rows_read_ % 64 == 0 || cancelled_ != nullptr)
        if (is_overdue()) {
            if (stream.open) cancel();
            close(stream);
            throw Refused("kernel.query_cancelled", "To get an answer in time, ask for less, or try again later.").with_status(503);
        }
    if (!stream.read.empty()) {
        row = std::move(stream.read.front());
        stream.read.pop_front();
        return true;
    }
    if (!stream.open) return false;
    auto result = next_of_stream();
    if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
        row = std::move(result);
        return true;
    }
    stream_     = nullptr;
    stream.open = false;
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) keep_failure(std::move(result), awaited_.front().sql);
    await(false);
    row = std::move(result);  // without a row: what columns it would have
    return false;
}

void Pipeline::read_to_end_of_stream() {
    auto& stream = *stream_;
    while (stream.open) {
        auto result = next_of_stream();
        if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) {
            stream.read.push_back(std::move(result));
            continue;
        }
        stream_     = nullptr;
        stream.open = false;
        if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) keep_failure(std::move(result), awaited_.front().sql);
        await(false);
    }
}

void Pipeline::close(Stream& stream) {
    if (stream.open && stream_ == &stream) try {
            for (std::size_t left = 0;; ++left) {
                if (left == pipeline::unwanted_max) cancel();
                auto result = next_of_stream();
                if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) continue;
                stream_ = nullptr;
                if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) keep_failure(std::move(result), awaited_.front().sql);
                await(false);
                break;
            }
        } catch (const std::exception&) {  // nobody wants the rows any more, nor what became of them
            stream_ = nullptr;
        }
    stream = {};
}

void Pipeline::await_all() {
    if (stream_ != nullptr) read_to_end_of_stream();
    if (awaited_.empty() && synced_ && !failure_ && not_found_.empty()) return;
    refuse_lost();
    await(false);
}

void Pipeline::discard_all() noexcept {
    try {
        await_all();
    } catch (...) {  // it was asked for by somebody who no longer wants to know
    }
}

bool Pipeline::require_change(std::string_view title, std::int64_t id) {
    if (awaited_.empty()) return false;
    awaited_.back().title = title;
    awaited_.back().id    = id;
    return true;
}

void Pipeline::limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) {
    deadline_  = deadline;
    cancelled_ = cancelled;
}

}  // namespace tessera::database::postgres
