#include "backups/schedule.h"

#include "database/engine.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace tessera::backups {

namespace scheduling {

using namespace std::chrono_literals;

constexpr std::chrono::seconds retry_after = 5min, look_at_clock_every = 30s;
constexpr int                  niceness = 10;

Instant later(Instant at, std::chrono::seconds by) { return Instant::from_microseconds(at.microseconds() + std::chrono::microseconds(by).count()); }

}  // namespace scheduling

struct Schedule::State {
    SuiteOptions books;
    Plan         plan;
    Tell         tell{};

    mutable std::mutex      mutex{};
    std::condition_variable wakes{};
    Status                  status{};
    std::atomic<bool>       stopping{false};
    std::thread             thread{};

    State(SuiteOptions of, Plan by) : books(std::move(of)), plan(std::move(by)) {}

    void run();
    bool wait_until(Instant due);
    void look_for_newest();
    bool is_due() const;
    void make_one();
    void note(Status changed);
};

void Schedule::State::note(Status changed) {
    const std::lock_guard lock(mutex);
    status = std::move(changed);
}

// What others have made counts as well.
void Schedule::State::look_for_newest() {
    const auto kept = kept_in(plan.folder, seal_of_books(books.database));
    auto       now  = status;
    if (!kept.empty()) now.last_good = std::max(now.last_good, kept.back().manifest.made_at);
    note(std::move(now));
}

bool Schedule::State::is_due() const { return status.last_good.empty() || scheduling::later(status.last_good, plan.every) <= Instant::now(); }

void Schedule::State::make_one() {
    const Watch watch{.cancelled = &stopping};
    const auto  made     = make_in(plan.folder, books, watch);
    auto        now      = status;
    const bool  to_prove = now.made % plan.prove_every == 0;
    ++now.made;
    if (to_prove) {
        try_to_restore(made.file, books, watch);
        now.last_proven = made.manifest.made_at;
    }
    now.last_good = made.manifest.made_at;
    now.trouble.clear();
    const auto removed = remove_oldest(plan.folder, made, plan.keep);
    note(std::move(now));
    tell.note(fmt::format("Backed up to {}{}; removed {} older.", made.file, to_prove ? " and restored it for a proof" : "", removed.size()));
}

void Schedule::State::run() {
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), scheduling::niceness);  // of this thread: who works comes first
    auto due = Instant::now();
    while (wait_until(due)) {
        try {
            look_for_newest();
            if (is_due()) make_one();
            due = scheduling::later(status.last_good, plan.every);
        } catch (const std::exception& failure) {
            if (stopping) return;
            auto now    = status;
            now.trouble = failure.what();
            ++now.failed;
            note(std::move(now));
            tell.failure(fmt::format("No backup was made: {}", failure.what()));
            due = scheduling::later(Instant::now(), std::min(plan.every, scheduling::retry_after));
        }
    }
}

// False when it should end. The clock is looked at now and then, because it may be set.
bool Schedule::State::wait_until(Instant due) {
    std::unique_lock lock(mutex);
    while (!stopping && Instant::now() < due) {
        const std::chrono::microseconds left(due.microseconds() - Instant::now().microseconds());
        wakes.wait_for(lock, std::min<std::chrono::microseconds>(left, scheduling::look_at_clock_every));
    }
    return !stopping;
}

Schedule::Schedule(SuiteOptions books, Plan plan) : state_(std::make_unique<State>(std::move(books), std::move(plan))) {
    if (!std::filesystem::is_directory(state_->plan.folder))
        throw Refused("kernel.no_folder", "To have backups made, name a folder that is there: {} is none.", state_->plan.folder);
}

Schedule::~Schedule() { stop(); }

void Schedule::start(Tell tell) {
    state_->tell   = std::move(tell);
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void Schedule::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->wakes.notify_all();
    if (state_->thread.joinable()) state_->thread.join();
}

Schedule::Status Schedule::status() const {
    const std::lock_guard lock(state_->mutex);
    return state_->status;
}

}  // namespace tessera::backups
