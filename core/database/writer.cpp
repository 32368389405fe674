#include "database/writer.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <utility>
#include <vector>

namespace tessera::database {

namespace writer {

using Clock = std::chrono::steady_clock;
using Alone = std::function<void(Connection&, const std::function<void()>&)>;

constexpr std::chrono::milliseconds idle_after{200};

struct Item {
    Writer::Work work;
    Alone        alone;  // instead of work.run
};

struct Piece {
    Writer::Work       work;
    std::exception_ptr failure{};
};

// One caller that waits for its answer.
class Answer {
public:
    void give(std::exception_ptr failure) {
        const std::lock_guard guard{mutex_};  // held while notifying: the waiter destroys this as soon as it wakes
        failure_ = std::move(failure);
        given_   = true;
        arrived_.notify_one();
    }
    void wait() {
        std::unique_lock guard{mutex_};
        arrived_.wait(guard, [&] { return given_; });
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    std::mutex              mutex_;
    std::condition_variable arrived_;
    std::exception_ptr      failure_;
    bool                    given_ = false;
};

std::string code_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Refused& refused) {
        return refused.code();
    } catch (...) {
        return {};
    }
}

std::string sentence_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "unknown failure";
    }
}

Refused group_undone() {
    return Refused("kernel.group_undone", "To save this, try again: it was undone together with another change.")
        .with_status(503);
}

void answer(Writer::Work& work, std::exception_ptr failure) noexcept {
    try {
        if (work.done) work.done(std::move(failure));
    } catch (...) {  // what is durable stays durable, whether or not the one who asked could take the answer
    }
    work = {};
}

}  // namespace writer

struct Writer::State {
    State(Engine& engine, Limits limits, Hooks hooks)
        : engine(engine), limits(limits), hooks(std::move(hooks)), connection(engine.connect(Access::write)) {}

    void submit(writer::Item item);
    void stop();

    void                        serve();
    bool                        run_now(writer::Item& item);
    void                        note_work();
    std::size_t                 waiting() const;
    bool                        wait_for_work();
    std::optional<writer::Item> take_alone();
    bool                        take(writer::Piece& piece);

    void run_group();
    bool run_piece(writer::Piece& piece);
    bool undo(std::int64_t changes_before);
    bool run_others_again();
    void finish(std::vector<writer::Piece>& group, bool lost);
    void commit(std::vector<writer::Piece>& group);
    void commit_one_by_one(std::vector<writer::Piece>& group);
    void answer_all(std::vector<writer::Piece>& group);
    void count(const std::exception_ptr& failure);
    void refuse_waiting(const std::exception_ptr& failure);
    void run_alone(writer::Item item);
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

    mutable std::mutex         mutex;
    std::condition_variable    wake;
    std::deque<writer::Item>   queue;
    std::optional<std::string> failed;
    Counters                   counters;
    writer::Clock::time_point  no_room_at{};  // none since the newest change that was kept
    writer::Clock::time_point  worked_at{};
    bool                       tended     = false;  // since the last work
    bool                       was_single = true;   // the last group was one piece
    bool                       stopping = false;

    std::mutex                   turn;     // whose it is may use the connection
    std::atomic<std::thread::id> at_work;  // whose turn it is
    std::mutex                 stop_mutex;
    std::vector<writer::Piece> group;            // kept for its memory
    bool                       careful = false;  // each piece of this group in a savepoint of its own
    std::thread                thread;

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
        if (queue.size() >= limits.queue_max)
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
}

void Writer::State::serve() {
    while (wait_for_work()) {
        const Turn mine{*this};
        if (auto alone = take_alone())
            run_alone(std::move(*alone));
        else if (waiting() != 0)
            run_group();
    }
    const Turn mine{*this};
    tend(Engine::Load::idle);
}

// False when others are before it, at it, or likely to come: they are better gathered.
bool Writer::State::run_now(writer::Item& item) {
    std::unique_lock mine{turn, std::try_to_lock};
    if (!mine) return false;
    {
        const std::lock_guard guard{mutex};
        if (failed || stopping || !queue.empty() || !was_single) return false;
        queue.push_back(std::move(item));
    }
    {
        const Turn turn_of_caller{*this, std::adopt_lock};
        mine.release();
        run_group();
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

void Writer::State::run_group() {
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
        if (writer::Clock::now() >= deadline) break;
    }
    finish(group, lost);
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

void Writer::State::finish(std::vector<writer::Piece>& group, bool lost) {
    const auto succeeded = [](const writer::Piece& piece) { return !piece.failure; };
    if (lost || failed) {
        give_up();
        for (auto& piece : group)
            if (succeeded(piece)) piece.failure = std::make_exception_ptr(writer::group_undone());
    } else if (std::any_of(group.begin(), group.end(), succeeded)) {
        commit(group);
    } else {
        give_up();
    }
    const bool single = group.size() == 1;
    const auto load   = single ? Engine::Load::waiting : Engine::Load::busy;
    {
        const std::lock_guard guard{mutex};
        was_single = single;
    }
    answer_all(group);
    tend(load);
}

void Writer::State::commit(std::vector<writer::Piece>& group) {
    bool in_common = true;
    try {
        write_in_common();
        in_common = false;
        commit_all();
    } catch (...) {
        const auto failure = std::current_exception();
        const auto succeeded = std::ranges::count_if(group, [](const auto& piece) { return !piece.failure; });
        if (in_common && connection->in_transaction() && succeeded > 1) return commit_one_by_one(group);
        for (auto& piece : group)
            if (!piece.failure) piece.failure = failure;
        judge(failure);
        give_up();
    }
}

// What they have in common could not be written: each by itself, so that only the one is refused that it is the fault of.
void Writer::State::commit_one_by_one(std::vector<writer::Piece>& group) {
    give_up();
    for (auto& piece : group) {
        if (piece.failure) continue;
        try {
            if (failed) throw writer::group_undone();
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
    group.clear();
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
        } catch (...) {  // whoever catches this must not go on as if it were kept
            broken = std::current_exception();
            judge(broken);
            give_up();
            throw;
        }
        tend(Engine::Load::busy);
        if (failed) throw Refused(Refused::Plain{}, "kernel.storage_failed", *failed).with_status(503);
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
    {
        const std::lock_guard guard{mutex};
        ++counters.works;
        count(failure);
    }
    writer::answer(item.work, std::move(failure));
}

void Writer::State::write_in_common() {
    if (hooks.before_commit) hooks.before_commit(*connection);
}

void Writer::State::commit_all() {
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
    if (failed) return;
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
    state_->thread = std::thread([state = state_.get()] { state->serve(); });
}

Writer::~Writer() { state_->stop(); }

void Writer::submit(Work work) { state_->submit({std::move(work), {}}); }

void Writer::run(const std::function<void(Connection&)>& work) {
    if (std::this_thread::get_id() == state_->at_work)
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
    if (std::this_thread::get_id() == state_->at_work)
        throw std::logic_error("a piece of work waits for the thread it runs on");
    writer::Answer answer;
    state_->submit(
        {{.run = {}, .done = [&answer](std::exception_ptr failure) { answer.give(std::move(failure)); }}, work});
    answer.wait();
}

void Writer::stop() { state_->stop(); }

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
