#pragma once
// The inside of the Writer: its queue and its threads in writer.cpp, how a group runs and is committed in writer_group.cpp.

#include "database/writer.h"

#include "database/durability.h"
#include "database/writer_pieces.h"

#include <algorithm>
#include <atomic>
#include <random>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tessera::database {

namespace writer {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds idle_after{200};
constexpr int                       conflict_runs_max = 6;

}  // namespace writer

struct Writer::State {
    State(Engine& engine, Limits limits, Hooks hooks)
        : engine(engine), limits(limits), hooks(std::move(hooks)), connection(engine.connect(Access::write)) {
        connection->commit_without_waiting();
    }

    void submit(writer::Item item);
    void stop();

    void                        serve();
    void                        keep();
    void                        sync(std::span<writer::Committed> groups);
    void                        hand_over();
    void                        settle_group();
    bool                        is_enough() const;
    bool                        has_failed() const;
    bool                        run_now(writer::Item& item);
    void                        note_work();
    std::size_t                 waiting() const;
    bool                        wait_for_work();
    std::optional<writer::Item> take_alone();
    bool                        take(writer::Piece& piece);

    void begin();
    void run_group(bool of_caller);
    bool run_piece(writer::Piece& piece);
    bool run_step_by_step(writer::Piece& piece);
    bool undo(std::int64_t changes_before);
    bool run_others_again();
    bool run_again_after_conflict();
    void pause_after_conflict();
    void finish(bool lost);
    void commit_group();
    void commit_one_by_one();
    void answer_all(std::vector<writer::Piece>& group);
    void count(const std::exception_ptr& failure);
    void refuse_waiting(const std::exception_ptr& failure);
    void run_alone(writer::Item item);
    void release_readers();
    void write_in_common();
    void commit_all();
    void roll_back();
    void give_up() noexcept;
    void tend(Engine::Load load);
    void judge(const std::exception_ptr& failure);
    void fail(const std::exception_ptr& failure);

    Engine&                     engine;
    const Limits                limits;
    const Hooks                 hooks;
    std::unique_ptr<Connection> connection;

    mutable std::mutex             mutex;
    std::condition_variable        wake, committed;
    std::deque<writer::Item>       queue;
    std::vector<writer::Committed> handed_over;           // to the thread that waits for the disk
    std::size_t                    unsettled = 0;         // pieces that are handed over and not on disk yet
    bool                           ending    = false;     // nothing more is handed over
    std::optional<std::string>     failed;
    Counters                       counters;
    writer::Clock::time_point      no_room_at{};          // none since the newest change that was kept
    writer::Clock::time_point      worked_at{};
    bool                           tended    = false;     // since the last work
    bool                           was_alone = true;      // the last piece had no other beside it
    bool                           stopping  = false;

    std::mutex                   turn;     // whose it is may use the connection
    std::atomic<std::thread::id> at_work;  // whose turn it is
    std::atomic<std::thread::id> at_disk;  // who waits for the disk and answers
    std::mutex                   stop_mutex;
    std::vector<writer::Piece>   group;
    std::uint64_t                newest  = 0;      // commit
    bool                         careful = false;  // each piece of this group in a savepoint of its own
    int                          conflict_runs = 0;  // of this group
    std::minstd_rand             random{std::random_device{}()};
    Durability                   durability{engine};
    std::thread                  thread, keeper;

    class Turn {
    public:
        explicit Turn(State& state) : lock_(state.turn), at_work_(state.at_work) { at_work_ = std::this_thread::get_id(); }
        Turn(State& state, std::adopt_lock_t) : lock_(state.turn, std::adopt_lock), at_work_(state.at_work) { at_work_ = std::this_thread::get_id(); }
        ~Turn() { at_work_ = std::thread::id{}; }

    private:
        std::unique_lock<std::mutex>  lock_;
        std::atomic<std::thread::id>& at_work_;
    };
};

}  // namespace tessera::database
