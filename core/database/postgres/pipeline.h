#pragma once
// One connection to a PostgreSQL server on which statements are sent without waiting for the answers of those before: what
// changes something is sent and goes on, and its answer is read when one is needed (a query, the end of a command, the
// commit). A round trip costs more than most statements; so a command of a hundred statements needs as many round trips
// as it has questions.
//
//     pipeline.send(insert, values);             // returns at once
//     auto rows = pipeline.query(find, values);  // all answers up to this one; throws what the first of them failed with
//     pipeline.await_all();
//
// Every statement after one that failed is skipped by the server until then. A connection that is lost stays so until
// connect() is called again; what was prepared in it is gone with it (session() is another number).

#include "database/postgres/postgres_failure.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tessera::database::postgres {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

struct Value {
    Oid         type = 0;
    bool        none = true;
    std::string bytes{};  // of a whole number its eight bytes, the highest first; else text
};

// The rows of a query that are read one after another, so that memory stays flat however many they are. When something
// else is sent meanwhile, the rest of them is read first and kept here.
struct Stream {
    std::deque<Result> read{};
    bool               begun = false, open = false;
};

class Pipeline {
public:
    // How a server is reached, and what each session begins with (SET …; in one script).
    Pipeline(std::string location, std::string settings);
    ~Pipeline();
    Pipeline(const Pipeline&)            = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    void          connect();
    void          be_connected();  // anew where the server has closed the connection meanwhile; between two transactions
    bool          is_lost() const;
    std::uint64_t session() const { return session_; }
    PGTransactionStatusType status() const;

    // `there` becomes false when it was not prepared after all, because something before it has failed.
    void   prepare(const std::string& name, const std::string& sql, std::span<const Oid> types, bool& there);
    // `sql` names the statement in a failure and lives until it is answered; `changed` gets the number of rows.
    void   send(const std::string& name, std::span<const Value> values, const std::string& sql, std::int64_t* changed);
    Result query(const std::string& name, std::span<const Value> values, const std::string& sql);
    void   open(Stream& stream, const std::string& name, std::span<const Value> values, const std::string& sql);
    bool   next_row(Stream& stream, Result& row);  // false at the end
    void   close(Stream& stream);                  // whatever is left of it
    // Without parameters; the text lives as long as the connection. Prepared when it is first run in a session.
    void   run(const char* sql);      // sent, its answer is not waited for
    Result ask(const char* sql);      // one row
    void   run_script(const std::string& script);
    void   push();                    // what was sent is on its way, its answers are read later
    void   await_all();
    void   discard_all() noexcept;    // reads the answers and does not mind failures
    // After this many rows, fewer than one, the update has missed its record: refused as kernel.not_found.
    bool   require_change(std::string_view title, std::int64_t id);  // false when it is answered already

    // Answers that take longer than this are cancelled: kernel.query_cancelled.
    void limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled);

    // Whether it looks for an answer for a moment before it sleeps: where nobody else needs the processor.
    bool stays_awake = false;

private:
    struct Awaited {
        const std::string* sql     = nullptr;
        std::int64_t*      changed = nullptr;
        bool*              there   = nullptr;
        std::string_view   title{};  // of the record that must change
        std::int64_t       id      = 0;
        bool               syncs   = false;
    };

    void               refuse_lost();
    [[noreturn]] void  lose();
    void               sent(int succeeded, Awaited awaited);
    void               flush();
    void               sync();
    Result             next();
    void               wait_awake();
    void               wait_for_answer();
    bool               is_overdue() const;
    void               keep_failure(Result result, const std::string* sql);
    void               settle(const Awaited& awaited, const PGresult* result);
    Result             await(bool last_wanted);
    void               read_to_end_of_stream();
    void               cancel();
    Result             next_of_stream();

    std::string         location_, settings_;
    PGconn*             connection_ = nullptr;
    std::uint64_t       session_    = 0;
    std::deque<Awaited> awaited_;
    bool                lost_   = true;
    bool                synced_ = true;  // nothing was sent since the last sync
    std::size_t         unsent_ = 0;     // statements that may still lie with us
    Result              failure_;
    std::string         failed_sql_;
    std::string         not_found_;
    Stream*             stream_    = nullptr;  // whose rows come next
    std::uint32_t       rows_read_ = 0;
    struct Control {
        std::string name, text;
        bool        there = false;
    };
    std::deque<Control> controls_;
    Control&            control(const char* sql);

    std::chrono::steady_clock::time_point deadline_  = std::chrono::steady_clock::time_point::max();
    const std::atomic<bool>*              cancelled_ = nullptr;
};

// A new session; look at its status.
PGconn* open_session(const std::string& location);
// A location as it may be shown: without its password.
std::string shown(const std::string& location);

}  // namespace tessera::database::postgres
