#include "database/writer.h"

#include "database/durability.h"
#include "database/writer_pieces.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tessera::database {

namespace writer {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds idle_after{200};

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

    void run_group(bool of_caller);
    bool run_piece(writer::Piece& piece);
    bool undo(std::int64_t changes_before);
    bool run_others_again();
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
    std::size_t                    enough    = 0;         // pieces after which the group commits when the disk is free
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

void Writer::State::submit(writer::Item item) {
    {
        const std::lock_guard guard{mutex};
        if (failed) throw Refused(Refused::Plain{}, "kernel.storage_failed", *failed).with_status(503);
        if (stopping)
            throw Refused("kernel.stopping", "To save this, try again when the program has started again.")
                .with_status(503);
        if (queue.size() + unsettled >= limits.queue_max)
            throw Refused("kernel.too_busy", "To save this, try again in a moment: too many changes are waiting.")
                .with_status(503);
        queue.push_back(std::move(item));
    }
    wake.notify_one();
}

void Writer::State::stop() {
    const std::lock_guard only_one{stop_mutex};
    {
        const std::lock_guard guard{mutex};
        stopping = true;
    }
    wake.notify_one();
    if (thread.joinable()) thread.join();
    {
        const std::lock_guard guard{mutex};
        ending = true;
    }
    committed.notify_one();
    if (keeper.joinable()) keeper.join();
}

void Writer::State::serve() {
    while (wait_for_work()) {
        const Turn mine{*this};
        if (auto alone = take_alone())
            run_alone(std::move(*alone));
        else if (waiting() != 0)
            run_group(false);
    }
    const Turn mine{*this};
    tend(Engine::Load::idle);
}

// The other thread: one sync for all that was committed while the last one ran.
void Writer::State::keep() {
    at_disk = std::this_thread::get_id();
    std::unique_lock guard{mutex};
    while (true) {
        committed.wait(guard, [&] { return !handed_over.empty() || ending; });
        if (handed_over.empty()) return;
        auto groups = std::exchange(handed_over, {});
        guard.unlock();
        sync(groups);
        guard.lock();
        for (const auto& one : groups) unsettled -= one.group.size();
        guard.unlock();
        for (auto& one : groups) answer_all(one.group);
        guard.lock();
    }
}

void Writer::State::sync(std::span<writer::Committed> groups) {
    try {
        durability.sync(groups.back().newest);
    } catch (...) {
        const auto failure = std::current_exception();
        for (auto& one : groups)
            for (auto& piece : one.group)
                if (!piece.failure) piece.failure = failure;
        judge(failure);
    }
}

void Writer::State::hand_over() {
    {
        const std::lock_guard guard{mutex};
        unsettled += group.size();
        handed_over.push_back({std::exchange(group, {}), newest});
    }
    committed.notify_one();
}

// The same on this thread.
void Writer::State::settle_group() {
    writer::Committed one{std::exchange(group, {}), newest};
    sync({&one, 1});
    answer_all(one.group);
}

// Most of those who ask have run, and the disk is free: what they did is written while the others run.
bool Writer::State::is_enough() const {
    const std::lock_guard guard{mutex};
    return unsettled == 0 && group.size() >= enough;
}

bool Writer::State::has_failed() const {
    const std::lock_guard guard{mutex};
    return failed.has_value();
}

// False when others are before it, at it, or likely to come: they are better gathered.
bool Writer::State::run_now(writer::Item& item) {
    std::unique_lock mine{turn, std::try_to_lock};
    if (!mine) return false;
    {
        const std::lock_guard guard{mutex};
        if (failed || stopping || !queue.empty() || unsettled != 0 || !was_alone) return false;
        queue.push_back(std::move(item));
    }
    {
        const Turn turn_of_caller{*this, std::adopt_lock};
        mine.release();
        run_group(true);
    }
    note_work();
    return true;
}

// What callers have done themselves is tended by the writer's thread when they are quiet.
void Writer::State::note_work() {
    bool was_tended = false;
    {
        const std::lock_guard guard{mutex};
        worked_at  = writer::Clock::now();
        was_tended = std::exchange(tended, false);
    }
    if (was_tended) wake.notify_one();
}

std::size_t Writer::State::waiting() const {
    const std::lock_guard guard{mutex};
    return queue.size();
}

bool Writer::State::wait_for_work() {
    std::unique_lock guard{mutex};
    const auto       ready = [&] { return !queue.empty() || stopping; };
    while (!wake.wait_for(guard, writer::idle_after, ready)) {
        if (tended) {
            wake.wait(guard, [&] { return ready() || !tended; });
        } else if (writer::Clock::now() - worked_at >= writer::idle_after) {
            tended = true;
            guard.unlock();
            {
                const Turn mine{*this};
                tend(Engine::Load::idle);
            }
            guard.lock();
        }
    }
    tended = false;
    return !queue.empty();
}

std::optional<writer::Item> Writer::State::take_alone() {
    const std::lock_guard guard{mutex};
    if (queue.empty() || !queue.front().alone) return std::nullopt;
    auto item = std::move(queue.front());
    queue.pop_front();
    return item;
}

bool Writer::State::take(writer::Piece& piece) {
    const std::lock_guard guard{mutex};
    if (queue.empty() || queue.front().alone) return false;
    piece.work = std::move(queue.front().work);
    queue.pop_front();
    return true;
}

void Writer::State::run_group(bool of_caller) {
    {
        const std::lock_guard guard{mutex};
        const auto            known = queue.size() + unsettled;
        was_alone                   = known == 1;
        enough                      = of_caller ? SIZE_MAX : (3 * known + 3) / 4;
    }
    try {
        connection->begin();
    } catch (...) {
        judge(std::current_exception());
        refuse_waiting(std::current_exception());
        return;
    }
    const auto deadline = writer::Clock::now() + limits.time_max;
    bool       lost     = false;
    careful             = false;
    while (!lost && group.size() < static_cast<std::size_t>(limits.works_max)) {
        writer::Piece piece;
        if (!take(piece)) break;
        lost = !run_piece(piece);
        group.push_back(std::move(piece));
        if (is_enough() || writer::Clock::now() >= deadline) break;
    }
    finish(lost);
    {
        const std::lock_guard guard{mutex};
        was_alone = was_alone && group.size() == 1;
    }
    of_caller ? settle_group() : hand_over();
    tend(Engine::Load::busy);
}

// False when not only the piece but the whole transaction is undone.
bool Writer::State::run_piece(writer::Piece& piece) {
    const auto before = connection->changes();
    try {
        if (careful) connection->savepoint();
        piece.work.run(*connection);
        careful ? connection->release_savepoint() : connection->check_references();
        return true;
    } catch (...) {
        piece.failure = std::current_exception();
    }
    const bool kept = undo(before);
    if (!kept || writer::code_of(piece.failure) == "kernel.damaged_database") judge(piece.failure);
    return kept;
}

// Most that is refused is refused before it has written anything.
bool Writer::State::undo(std::int64_t changes_before) {
    if (!connection->in_transaction()) return false;
    try {
        if (careful) {
            connection->rollback_to_savepoint();
            return true;
        }
        return connection->changes() == changes_before || run_others_again();
    } catch (...) {
        return false;
    }
}

// A savepoint costs a copy of every page that is written: only a group in which one had to be undone has them.
bool Writer::State::run_others_again() {
    roll_back();
    connection->begin();
    careful = true;
    return std::ranges::all_of(group, [&](writer::Piece& piece) { return piece.failure || run_piece(piece); });
}

void Writer::State::finish(bool lost) {
    const auto succeeded = [](const writer::Piece& piece) { return !piece.failure; };
    if (lost || has_failed()) {
        give_up();
        for (auto& piece : group)
            if (succeeded(piece)) piece.failure = std::make_exception_ptr(writer::group_undone());
    } else if (std::any_of(group.begin(), group.end(), succeeded)) {
        commit_group();
    } else {
        give_up();
    }
}

void Writer::State::commit_group() {
    bool in_common = true;
    try {
        write_in_common();
        in_common = false;
        commit_all();
    } catch (...) {
        const auto failure = std::current_exception();
        const auto succeeded = std::ranges::count_if(group, [](const auto& piece) { return !piece.failure; });
        if (in_common && connection->in_transaction() && succeeded > 1) return commit_one_by_one();
        for (auto& piece : group)
            if (!piece.failure) piece.failure = failure;
        judge(failure);
        give_up();
    }
}

// What they have in common could not be written: each by itself, so that only the one is refused that it is the fault of.
void Writer::State::commit_one_by_one() {
    give_up();
    for (auto& piece : group) {
        if (piece.failure) continue;
        try {
            if (has_failed()) throw writer::group_undone();
            connection->begin();
            piece.work.run(*connection);
            connection->check_references();
            write_in_common();
            commit_all();
        } catch (...) {
            piece.failure = std::current_exception();
            judge(piece.failure);
            give_up();
        }
    }
}

// With the mutex held.
void Writer::State::count(const std::exception_ptr& failure) {
    if (!failure) {
        no_room_at = {};
        return;
    }
    ++counters.refused;
    if (writer::code_of(failure) == "kernel.storage_full") no_room_at = writer::Clock::now();
}

void Writer::State::answer_all(std::vector<writer::Piece>& group) {
    {
        const std::lock_guard guard{mutex};
        counters.works += group.size();
        for (const auto& piece : group) count(piece.failure);
    }
    for (auto& piece : group) writer::answer(piece.work, std::move(piece.failure));
}

void Writer::State::refuse_waiting(const std::exception_ptr& failure) {
    std::deque<writer::Item> waiting;
    {
        const std::lock_guard guard{mutex};
        waiting.swap(queue);
        counters.works += waiting.size();
        counters.refused += waiting.size();
    }
    for (auto& item : waiting) writer::answer(item.work, failure);
}

void Writer::State::run_alone(writer::Item item) {
    std::exception_ptr failure, broken;
    const auto         commit = [&] {
        if (broken) std::rethrow_exception(broken);
        try {
            write_in_common();
            commit_all();
            durability.sync(newest);
        } catch (...) {  // whoever catches this must not go on as if it were kept
            broken = std::current_exception();
            judge(broken);
            give_up();
            release_readers();
            throw;
        }
        tend(Engine::Load::busy);
        if (has_failed()) throw Refused(Refused::Plain{}, "kernel.storage_failed", *failed).with_status(503);
    };
    try {
        connection->begin();
        item.alone(*connection, [&] {
            commit();
            connection->begin();
        });
        commit();
    } catch (...) {
        failure = std::current_exception();
        if (!connection->in_transaction() || writer::code_of(failure) == "kernel.damaged_database") judge(failure);
        give_up();
    }
    group.push_back({std::move(item.work), std::move(failure)});
    settle_group();
}

// Who reads does not wait for a commit that failed.
void Writer::State::release_readers() {
    try {
        durability.sync(newest);
    } catch (...) {
        judge(std::current_exception());
    }
}

void Writer::State::write_in_common() {
    if (hooks.before_commit) hooks.before_commit(*connection);
}

void Writer::State::commit_all() {
    newest = durability.begin_commit();
    connection->commit();
    const std::lock_guard guard{mutex};
    ++counters.commits;
}

void Writer::State::roll_back() {
    if (hooks.undone) hooks.undone();
    connection->rollback();
}

void Writer::State::give_up() noexcept {
    try {
        roll_back();
    } catch (...) {  // the engine has undone the transaction already, or will when the database is next opened
    }
}

void Writer::State::tend(Engine::Load load) {
    if (has_failed()) return;
    try {
        engine.tend(*connection, load);
    } catch (...) {
        judge(std::current_exception());
    }
}

// After these two the state of the file is unknown, and every further write could make it worse.
void Writer::State::judge(const std::exception_ptr& failure) {
    const auto code = writer::code_of(failure);
    if (code == "kernel.storage_failed" || code == "kernel.damaged_database") fail(failure);
}

void Writer::State::fail(const std::exception_ptr& failure) {
    {
        const std::lock_guard guard{mutex};
        if (failed) return;
        failed = writer::sentence_of(failure);
    }
    refuse_waiting(std::make_exception_ptr(
        Refused(Refused::Plain{}, "kernel.storage_failed", writer::sentence_of(failure)).with_status(503)));
}

Writer::Writer(Engine& engine, Limits limits, Hooks hooks)
    : state_(std::make_unique<State>(engine, limits, std::move(hooks))) {
    state_->keeper = std::thread([state = state_.get()] { state->keep(); });
    try {
        state_->thread = std::thread([state = state_.get()] { state->serve(); });
    } catch (...) {
        state_->stop();
        throw;
    }
}

Writer::~Writer() { state_->stop(); }

void Writer::submit(Work work) { state_->submit({std::move(work), {}}); }

void Writer::run(const std::function<void(Connection&)>& work) {
    if (const auto me = std::this_thread::get_id(); me == state_->at_work || me == state_->at_disk)
        throw std::logic_error("a piece of work waits for the thread it runs on");
    writer::Answer answer;
    writer::Item   item{.work  = {.run  = [&work](Connection& connection) { work(connection); },
                                  .done = [&answer](std::exception_ptr failure) { answer.give(std::move(failure)); }},
                        .alone = {}};
    // With nobody before it, the caller does the work itself: to hand it over and to be woken takes longer than to do it.
    if (!state_->run_now(item)) state_->submit(std::move(item));
    answer.wait();
}

void Writer::run_alone(const writer::Alone& work) {
    if (const auto me = std::this_thread::get_id(); me == state_->at_work || me == state_->at_disk)
        throw std::logic_error("a piece of work waits for the thread it runs on");
    writer::Answer answer;
    state_->submit(
        {{.run = {}, .done = [&answer](std::exception_ptr failure) { answer.give(std::move(failure)); }}, work});
    answer.wait();
}

void Writer::stop() { state_->stop(); }

void Writer::await_durable() {
    const auto me = std::this_thread::get_id();
    if (me != state_->at_work && me != state_->at_disk) return state_->durability.await();
    try {
        state_->engine.make_durable();  // it would wait for itself
    } catch (...) {
        state_->judge(std::current_exception());
        throw;
    }
}

std::optional<std::string> Writer::failed() const {
    const std::lock_guard guard{state_->mutex};
    return state_->failed;
}

Writer::Counters Writer::counters() const {
    const std::lock_guard guard{state_->mutex};
    auto                  counters = state_->counters;
    counters.waiting               = state_->queue.size();
    // Told for as long as callers are told to wait: with nobody trying, nothing else would end it.
    counters.no_room = state_->no_room_at != writer::Clock::time_point{} && writer::Clock::now() - state_->no_room_at < std::chrono::seconds(30);
    return counters;
}

}  // namespace tessera::database
