#pragma once
// The one interface to a database engine: what the rest of the kernel knows of SQLite or PostgreSQL. SQL written above
// this line is the subset both engines share; everything that differs (column types, DDL, triggers, upsert details,
// locks, how to look at the existing schema) is a virtual function here.
//
//     auto engine = database::open("books.tessera");            // or "postgresql://server/books"
//     auto reader = engine->connect(database::Access::read);
//     reader->begin_snapshot();
//     Statement& find = reader->prepare("SELECT name FROM directory_party WHERE id = :id");
//
// An Engine is safe to use from several threads; a Connection belongs to one thread at a time.

#include <tessera/sql.h>

#include "database/word_search.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace tessera::database {

enum class Access { read, write };

enum class ColumnType { integer, real, text, date, instant, boolean, blob };

struct ColumnDefinition {
    std::string name{};
    ColumnType  type     = ColumnType::text;
    bool        required = false;  // NOT NULL
    bool        unique   = false;  // a unique index of this column alone
    bool        indexed  = false;
    std::string references{};     // table whose id it names; a foreign key, deferred to the commit
    std::string check{};          // portable SQL condition, e.g. "state IN ('open','closed')"
    std::string default_value{};  // SQL literal, used when the column is added to existing rows
    bool        cascade = false;  // deleted with the referenced row (lines of a document)
};
struct IndexDefinition {
    std::string              name{};
    std::vector<std::string> columns{};  // "date", "date DESC"
    bool                     unique = false;
    std::string              where{};  // partial index
};
struct TableDefinition {
    std::string                   name{};
    std::vector<ColumnDefinition> columns{};  // `id INTEGER PRIMARY KEY` is implied and comes first
    std::vector<std::string>      key{};      // instead of an id: the rows are kept in the order of these columns
    std::vector<IndexDefinition>  indexes{};
    bool                          append_only = false;  // the engine itself refuses UPDATE and DELETE
};

// An engine that gives a transaction up with its first failure cannot go on when the command has caught that failure.
// The command is run again, step by step.
class TESSERA_API FailureCaught : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class TESSERA_API Connection {
public:
    virtual ~Connection();

    // The prepared statement for this text, made once and kept; reset before it is handed out. Two uses of the same text
    // at the same time (a loop inside a loop) get two statements. Ask for it anew in each transaction: of several
    // thousand kept texts the ones unused for long are forgotten when a transaction begins.
    virtual Statement& prepare(std::string_view sql) = 0;
    // Gives a statement back, so that the next prepare() of the text may have it again; called when a loop ends before
    // its last row. A step() that returned false, a step() that threw and reset() give it back as well.
    virtual void release(Statement& statement) = 0;
    // Runs a script of one or more statements without results and without caching.
    virtual void execute(std::string_view script) = 0;

    virtual void begin()                = 0;  // write transaction: BEGIN IMMEDIATE
    virtual void begin_snapshot()       = 0;  // consistent reading, as of now, until rollback()
    virtual void commit()               = 0;  // durable when it returns; the transaction stays open when it throws
    virtual void commit_without_waiting();    // from now on commit() is durable only after Engine::make_durable()
    virtual void rollback()             = 0;  // does nothing outside a transaction
    virtual bool in_transaction() const = 0;  // false also after a failure that made the engine give the transaction up
    // After begin(): whether another process has committed since the last transaction of this connection that writes.
    virtual bool others_wrote() const;

    // How many statements that write, scripts and failures there have been; unchanged means the transaction goes on as if
    // nothing had been asked.
    virtual std::int64_t changes() const = 0;
    // Refuses like release_savepoint() below, for a command that runs without one.
    virtual void check_references() = 0;

    // Tells every process that listens to the database, this one too, once the transaction is committed; at most
    // announcement_bytes_max. It travels with the commit and costs no round trip; the last one said in a transaction counts.
    virtual void announce(std::string_view text);

    // What was sent and not answered yet is: it throws what that failed with.
    virtual void settle();
    // Until it is switched off, each statement that writes is undone by itself when it fails, and the transaction goes on.
    virtual void step_by_step(bool on);

    // One level: the command inside its group. Releasing checks the references (foreign keys) of the command, so that
    // one that breaks them is refused alone, with "kernel.unknown_reference" or "kernel.in_use"; roll back to the
    // savepoint then. That undoes the command and removes the savepoint.
    virtual void savepoint()             = 0;
    virtual void release_savepoint()     = 0;
    virtual void rollback_to_savepoint() = 0;

    // Queries that run past the deadline, or after `cancelled` becomes true, throw Refused("kernel.query_cancelled").
    virtual void limit(std::chrono::steady_clock::time_point deadline,
                       const std::atomic<bool>*              cancelled = nullptr) = 0;

    // Schema. `create` makes the table and its indexes, or adds the columns and indexes that are missing; it returns
    // the statements it ran (for dry runs pass execute = false). It never drops a table or column and never changes a
    // column's type: that is refused with "kernel.schema_conflict", as is a required column without default_value when
    // the table has rows. Indexes are called <table>__<columns>; one whose definition changed is made anew.
    virtual std::vector<std::string> create(const TableDefinition& table, bool execute = true) = 0;
    // Runs one portable statement of a module's own schema. A new table takes only values of its columns' types, and is
    // kept in the order of its primary key where that is of several columns. Refused with "kernel.schema_conflict" where
    // the table is there with other columns.
    virtual void                     define(std::string_view statement)                        = 0;
    // Takes away what keeps a table append-only: so that a test can do it damage.
    virtual void                     unprotect(std::string_view table)                         = 0;
    virtual bool                     has_table(std::string_view table)                         = 0;
    // Whether columns can be added to the table by who is connected.
    virtual bool                     may_alter(std::string_view table);
    // The table whatever else has its name in a query: with that of its schema.
    virtual std::string              stored_name(std::string_view table)                       = 0;
    virtual std::vector<std::string> tables()                                                  = 0;
    virtual std::vector<std::string> views()                                                   = 0;
    // A table as it is there: all columns, each integer, real, text or blob, and the key its rows are kept by, also where that
    // is the id. Without indexes.
    virtual TableDefinition          stored(std::string_view table)                            = 0;
    // The one index of words: made where there is none. Putting a document's words replaces those it had; without any it is forgotten.
    virtual void       make_word_index()                                                = 0;
    virtual void       put_words(std::int64_t document, const DocumentWords& words)     = 0;
    virtual void       forget_words(std::int64_t document)                              = 0;
    virtual void       compact_words()                                                  = 0;   // what was forgotten is nowhere any more
    virtual WordSearch word_search(const WordQuery& query)                              = 0;
    // After rows were inserted with their ids: those that are inserted without one go on after the highest.
    virtual void                     continue_ids();
};

struct Profile {                              // what `tessera doctor` prints and checks
    std::string name{}, value{}, expected{};  // expected is empty where anything will do
    bool        sound = true;
};

inline constexpr std::size_t announcement_bytes_max = 7900;

// Ends with the object.
class TESSERA_API Listening {
public:
    virtual ~Listening();
};

class TESSERA_API Engine {
public:
    virtual ~Engine();
    virtual std::string name() const = 0;  // "SQLite 3.54.1"
    virtual bool        is_shared() const; // several processes may write
    // Hears, on a thread of its own, what is announced from now on, in the order of the commits. Some may be lost, with a
    // connection or because the server has no such thing: who must know asks the database as well. Null unless shared.
    virtual std::unique_ptr<Listening> listen(std::function<void(std::string_view)> heard);
    // Connecting to write takes the lock below, with an empty note, when this engine does not have it yet.
    virtual std::unique_ptr<Connection> connect(Access access) = 0;
    // At most one process writes a database: the second is refused with "kernel.database_in_use" and told who has it.
    // Held until the engine is destroyed. `note` is shown to the one who is refused ("served on http://127.0.0.1:8080").
    virtual void                       lock_for_writing(std::string_view note) = 0;
    virtual void                       change_lock_note(std::string_view note) = 0;
    virtual std::optional<std::string> lock_holder()                  = 0;  // the note of the process that has it now
    virtual std::vector<Profile>       profile()                      = 0;
    // When it returns, all that was committed before the call, also by another process, is on disk. Once it has failed it
    // fails for ever. From any thread.
    virtual void                       make_durable();
    virtual void                       checkpoint(Connection& writer) = 0;  // moves the log into the file; SQLite only
    // Called between two commits: has the log moved into the file when it has grown. Idle: nobody waits.
    enum class Load { busy, idle };
    virtual void tend(Connection& writer, Load load);
    // The damage found by the engine itself (integrity and foreign keys), empty when sound.
    virtual std::vector<std::string> check_integrity(Connection& reader) = 0;
    // The same without comparing indexes and references; fast enough for every start after an unclean stop.
    virtual std::vector<std::string> check_quickly(Connection& reader);
    // True when the last writer ended without closing the database (power loss, kill). Known from when it was opened.
    virtual bool was_stopped_uncleanly() const;
    // A consistent copy as of now in a new or empty file, durable when it returns; others read and write on meanwhile. It is
    // a database of its own that lies in one file until it is written to. Only where the database is a file. It is given up,
    // with Refused("kernel.query_cancelled"), soon after `cancelled` becomes true.
    virtual void copy_to(const std::string& file, const std::atomic<bool>* cancelled = nullptr);
};

// Opens a database. A path that does not exist is created only with Create::yes; otherwise it is refused with
// "kernel.no_database" and told to run `tessera init`.
enum class Create { no, yes };
TESSERA_API std::unique_ptr<Engine> open(const std::string& location, Create create = Create::no);
// Whether there is a database of ours at the location.
TESSERA_API bool exists(const std::string& location);
// Whether the location names a database of a server; else it is a file.
TESSERA_API bool is_on_server(const std::string& location);
// Whether a file begins like a database of ours; it is not opened as one.
TESSERA_API bool is_file_of_ours(const std::string& file);
// Takes a database away that was just made and in which nothing is kept: when its first company was refused.
TESSERA_API void remove_new(const std::string& location);
// The location as it may be shown: without its password.
TESSERA_API std::string shown(const std::string& location);
// A database in memory that is gone with its connection: for sorting out what came from elsewhere.
std::unique_ptr<Connection> open_scratch();

}  // namespace tessera::database
