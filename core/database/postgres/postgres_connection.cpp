#include "database/postgres/postgres_connection.h"

#include "database/postgres/postgres_listener.h"
#include "database/postgres/postgres_schema.h"

#include <fmt/format.h>

#include <thread>
#include <utility>

namespace tessera::database::postgres {

namespace connection {

constexpr std::size_t          kept_max = 4000;
constexpr std::chrono::seconds commit_sought{30};  // so long is the outcome of a commit looked up

const char* const common =
    "SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 1; SET standard_conforming_strings = on; "
    "SET bytea_output = 'hex'; SET client_min_messages = error; SET statement_timeout = 0; SET lock_timeout = '60s'; SET jit = off; ";
// A table that was empty when a statement was planned may hold millions when it runs: never plan to read all of one.
const char* const of_writer =
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') <> 'remote_apply'; "
    "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET idle_in_transaction_session_timeout = '10min'";
const char* const of_reader = "SET default_transaction_read_only = on";

std::string settings(Access access) { return std::string(common) + (access == Access::read ? of_reader : of_writer); }

}  // namespace connection

PostgresConnection::PostgresConnection(const std::string& location, Access access, std::string server)
    : pipeline_(location, connection::settings(access)), access_(access), server_(std::move(server)) {
    if (access == Access::read) course_.reading = PostgresStatement::Reading::streaming;
}

PostgresConnection::~PostgresConnection() = default;

Statement& PostgresConnection::prepare(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) found = statements_.emplace(std::string(sql), Kept{}).first;
    for (const auto& statement : found->second) {
        if (statement->is_in_use()) continue;
        statement->hand_out();
        return *statement;
    }
    auto& added = *found->second.emplace_back(std::make_unique<PostgresStatement>(pipeline_, course_, sql, fmt::format("s{}", ++named_)));
    added.hand_out();
    return added;
}

void PostgresConnection::release(Statement& statement) { statement.reset(); }

void PostgresConnection::execute(std::string_view script) {
    ++course_.writes;
    pipeline_.run_script(std::string(script));
}

// One that was lost is made anew here, between two transactions, where nothing of it can be lost.
void PostgresConnection::begin() {
    pipeline_.be_connected();
    if (statements_.size() > connection::kept_max) {
        pipeline_.discard_all();
        statements_.clear();
        pipeline_.connect();
    }
    if (access_ == Access::read) return pipeline_.run("BEGIN ISOLATION LEVEL READ COMMITTED");
    begin_turn();
}

void PostgresConnection::begin_turn() {
    pipeline_.stays_awake = false;
    pipeline_.run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    begun_ = true;
    try {
        const auto found = pipeline_.ask("SELECT turn FROM tessera_turn FOR UPDATE");
        if (PQntuples(found.get()) != 1) throw Refused("kernel.damaged_database", "To go on, restore a backup: the table tessera_turn has lost its row.").with_status(500);
        const auto turn  = std::stoll(PQgetvalue(found.get(), 0, 0));
        others_wrote_    = turn != turn_;
        pipeline_.stays_awake = !others_wrote_;
        turn_            = turn;
        checked_         = course_.writes;
    } catch (...) {
        rollback();
        throw;
    }
}

void PostgresConnection::begin_snapshot() {
    pipeline_.be_connected();
    pipeline_.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    begun_ = true;
}

// What is announced rides in the statement that is sent anyway.
void PostgresConnection::keep_turn() {
    static constexpr std::string_view known = " ON CONFLICT (server) DO UPDATE SET turn = excluded.turn, at = excluded.at";
    static const auto quietly = fmt::format("INSERT INTO tessera_server (server, turn, at) VALUES (:server, :turn, clock_timestamp()){}", known);
    static const auto aloud   = fmt::format("INSERT INTO tessera_server (server, turn, at) SELECT :server, :turn, clock_timestamp() FROM pg_notify(:channel, :text){}", known);
    const bool says = !channel_.empty() && !announcement_.empty();
    auto&      turn = prepare(says ? aloud : quietly);
    turn.bind(1, std::string_view(server_));
    turn.bind(2, turn_ + 1);
    if (says) turn.bind(3, std::string_view(channel_));
    if (says) turn.bind(4, std::string_view(announcement_));
    turn.step();
    announcement_.clear();
}

void PostgresConnection::commit() {
    pipeline_.run("UPDATE tessera_turn SET turn = turn + 1");
    keep_turn();
    try {
        pipeline_.await_all();
        pipeline_.run("COMMIT");
        pipeline_.await_all();
    } catch (const Refused&) {
        if (!pipeline_.is_lost()) throw;
        if (!was_committed()) throw;
    }
    begun_ = false;
    ++turn_;
}

// The turn is free again only when the server has ended the lost transaction, one way or the other.
bool PostgresConnection::was_committed() {
    const auto wanted = turn_ + 1;
    const auto latest = std::chrono::steady_clock::now() + connection::commit_sought;
    while (true) {
        try {
            pipeline_.connect();
            begin_turn();
            auto& own = prepare("SELECT turn FROM tessera_server WHERE server = :server");
            own.bind(1, std::string_view(server_));
            const bool committed = own.step() && own.integer(0) == wanted;
            release(own);
            rollback();
            turn_ = committed ? wanted - 1 : -1;
            return committed;
        } catch (const Refused&) {
            if (std::chrono::steady_clock::now() > latest)
                throw Refused("kernel.outcome_unknown",
                              "To know whether this was saved, look for it, or send it again with the same key, when the database server can be reached.")
                    .with_status(503);
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    }
}

void PostgresConnection::rollback() {
    announcement_.clear();
    for (auto& [text, kept] : statements_)
        for (const auto& statement : kept)
            if (statement->is_in_use()) statement->reset();
    if (!std::exchange(begun_, false) || pipeline_.is_lost()) return;
    pipeline_.discard_all();
    if (pipeline_.is_lost()) return;
    pipeline_.run("ROLLBACK");
    if (access_ == Access::write) return pipeline_.await_all();
    pipeline_.push();  // nobody waits for the end of reading
}

bool PostgresConnection::in_transaction() const { return begun_ && !pipeline_.is_lost(); }

// Also what makes each command's failures its own: all it sent is answered.
void PostgresConnection::check_references() {
    if (checked_ == course_.writes) return;
    try {
        pipeline_.run("SET CONSTRAINTS ALL IMMEDIATE");
        pipeline_.run("SET CONSTRAINTS ALL DEFERRED");
        pipeline_.await_all();
    } catch (...) {
        ++course_.writes;
        throw;
    }
    checked_ = course_.writes;
}

void PostgresConnection::savepoint() { pipeline_.run("SAVEPOINT command"); }

void PostgresConnection::release_savepoint() {
    check_references();
    pipeline_.run("RELEASE SAVEPOINT command");
}

void PostgresConnection::rollback_to_savepoint() {
    for (auto& [text, kept] : statements_)
        for (const auto& statement : kept)
            if (statement->is_in_use()) statement->reset();
    pipeline_.discard_all();
    pipeline_.run("ROLLBACK TO SAVEPOINT command");
    pipeline_.run("RELEASE SAVEPOINT command");
    pipeline_.await_all();
    checked_ = course_.writes;
}

void PostgresConnection::limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) { pipeline_.limit(deadline, cancelled); }

std::vector<std::string> PostgresConnection::create(const TableDefinition& table, bool execute) {
    auto statements = schema_changes(*this, table);
    if (!execute || statements.empty()) return statements;
    const bool own_transaction = !in_transaction();
    if (own_transaction) begin();
    try {
        for (const auto& statement : statements) this->execute(statement);
        if (own_transaction) commit();
    } catch (...) {
        if (own_transaction) rollback();
        throw;
    }
    return statements;
}

void PostgresConnection::define(std::string_view statement) { postgres::define(*this, statement); }

void PostgresConnection::unprotect(std::string_view table) {
    for (const char* what : {"change", "truncate"}) execute(fmt::format("DROP TRIGGER IF EXISTS {0}__no_{1} ON {0}", table, what));
}

bool PostgresConnection::has_table(std::string_view table) { return postgres::has_table(*this, table); }
bool PostgresConnection::may_alter(std::string_view table) { return postgres::may_alter(*this, table); }
std::string PostgresConnection::stored_name(std::string_view table) { return postgres::stored_name(*this, table); }

std::vector<std::string> PostgresConnection::tables() { return postgres::tables(*this); }

std::vector<std::string> PostgresConnection::views() { return postgres::views(*this); }

TableDefinition PostgresConnection::stored(std::string_view table) { return postgres::stored(*this, table); }

void PostgresConnection::continue_ids() { postgres::continue_ids(*this); }

// Saying nothing shows whether anything can be said: not every server of the family has pg_notify.
void PostgresConnection::open_channel() {
    try {
        channel_ = value(fmt::format("SELECT channel, pg_notify(channel, '') FROM {}", own_channel));
    } catch (const std::runtime_error&) {
        rollback();
    }
}

std::string PostgresConnection::value(std::string_view query) {
    Statement&  statement = prepare(query);
    std::string text{statement.step() ? statement.text(0) : std::string_view{}};
    statement.reset();
    return text;
}

}  // namespace tessera::database::postgres
