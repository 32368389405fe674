#include "database/writer_state.h"

namespace tessera::database {

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
    return unsettled == 0 && 4 * group.size() >= 3 * (group.size() + queue.size());
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
        begin();
        item.alone(*connection, [&] {
            commit();
            begin();
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
