#pragma once
// The writer: the one writing connection, on which pieces of work run one after another, many to one durable commit
// (group commit): on the writer's own thread, or on that of a caller who waits anyway and finds nobody before it. One that
// throws is undone alone. All that have run are answered only when the COMMIT that contains them is on disk. While another
// thread waits for the disk, the next group runs: when the disk is free, a group commits as soon as most of those who ask
// have run, so its size follows the load by itself. What is committed but not on disk yet is shown to nobody: who reads
// calls await_durable() once the snapshot is taken.
//
// A piece may be run twice: when one throws after it has written, the transaction is begun anew and the others of its
// group run again. So a piece of work changes nothing but the database, or sets the same variables to what it finds.
//
//     writer.submit({.run = [&](Connection& c) {…}, .done = [](std::exception_ptr failure) {…}});
//
// Where others write the same database, a piece may meet what they do at the same time ("kernel.conflict"): its group is
// begun anew, a few times and after short pauses, before it is refused with that.
//
// When a COMMIT fails, every piece of its group is told so and nothing of it is kept: a full disk is answered with
// "kernel.storage_full", and work goes on when there is space again. After an input/output error, or damage, the outcome is
// unknown: the writer stops taking work, what waits is refused with "kernel.storage_failed", as is reading what the disk
// may not have, and `failed()` says why. An error inside one piece may make the engine give up the whole transaction; its
// neighbours are then refused with "kernel.group_undone" (503) and may simply try again. A group in which nothing succeeded
// is not committed.
//
// Between groups the writer lets the engine tend its log. All functions may be called from any thread, except that run()
// and run_alone() must not be called from within a piece of work or an answer.

#include "database/engine.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tessera::database {

class Writer {
public:
    struct Work {
        std::function<void(Connection&)>        run;   // may be run again
        std::function<void(std::exception_ptr)> done;  // when it is on disk, on a thread of the writer's: be brief
    };
    struct Limits {
        int                       works_max = 256;     // pieces to one commit
        std::chrono::milliseconds time_max{20};        // a group commits at the latest after this much work
        std::size_t               queue_max = 10'000;  // more waiting are refused with "kernel.too_busy" (503)
    };

    // What the pieces of a group have in common; called between them.
    struct Hooks {
        std::function<void(Connection&)> before_commit{};  // writes it; when it throws, so does the commit
        std::function<void()>            undone{};         // of what had run, nothing stays: it may run again
        std::function<void(Connection&)> others_wrote{};   // another process has: what is remembered may be stale
        std::function<void()>            committed{};      // all since the last: readers see it, it may not be on disk yet
    };

    explicit Writer(Engine& engine) : Writer(engine, Limits{}) {}
    Writer(Engine& engine, Limits limits) : Writer(engine, limits, Hooks{}) {}
    Writer(Engine& engine, Limits limits, Hooks hooks);
    ~Writer();  // finishes what waits, then stops

    void submit(Work work);                                  // returns at once
    void run(const std::function<void(Connection&)>& work);  // waits for the commit; rethrows what the work threw
    // A long piece of work (bulk import) that wants the connection to itself and commits when it decides: `work` gets
    // the connection inside an open transaction and calls `commit_and_continue` between its documents.
    void run_alone(const std::function<void(Connection&, const std::function<void()>& commit_and_continue)>& work);

    // Until all that a snapshot taken before can see is on disk; refused with "kernel.storage_failed" when it never will be.
    void await_durable();

    void                       stop();  // finish what waits; later submissions are refused (503)
    std::optional<std::string> failed() const;

    struct Counters {
        std::uint64_t works = 0, refused = 0, commits = 0;
        std::size_t   waiting = 0;
        bool          no_room = false;                    // the newest change was refused for want of storage, just now
    };
    Counters counters() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::database
