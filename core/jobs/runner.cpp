#include "jobs/runner.h"

#include "jobs/jobs.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace tessera::jobs {

namespace running {

using namespace std::chrono_literals;

constexpr auto        look_every = 1s, heartbeat_every = 10s, silence_max = 60s, first_retry = 60s, retry_max = 3600s;
constexpr std::size_t at_once    = 4;

Instant later(Instant at, std::chrono::seconds by) { return Instant::from_microseconds(at.microseconds() + std::chrono::microseconds(by).count()); }

std::string own_name() {
    std::array<char, 80> host{};
    ::gethostname(host.data(), host.size() - 1);
    return fmt::format("{} process {}", host.data(), ::getpid());
}

std::chrono::seconds retry_after(std::int64_t failed_in_a_row) {
    return std::min<std::chrono::seconds>(retry_max, first_retry * (std::int64_t{1} << std::min<std::int64_t>(failed_in_a_row, 10)));
}

// One that lies further ahead than it ever would was made before the clock was set back.
bool is_due(const Job& job, const JobDescription& declared, Instant now) {
    return job.due_at <= now || job.due_at > later(now, std::max<std::chrono::seconds>(declared.rhythm.every, retry_max) + 60s);
}

bool is_abandoned(const Job& job, Instant now) { return job.heartbeat_at < later(now, -silence_max) || job.heartbeat_at > later(now, silence_max); }

}  // namespace running

struct Runner::State {
    Suite&            suite;
    const bool        alone;
    const std::string owner = running::own_name();

    std::mutex              mutex{};
    std::condition_variable wakes{};
    bool                    awake    = false;
    std::atomic<bool>       stopping = false;
    std::set<std::string>   here{};  // the jobs that run in this process
    std::thread             watcher{};
    std::map<std::string, std::thread> threads{};  // of each job, the newest

    State(Suite& of, bool nobody_else) : suite(of), alone(nobody_else) {}

    void watch();
    void look();
    void give_signs_of_life();
    void launch(const JobDescription& job);
    bool take_place(const std::string& name);
    void leave_place(const std::string& name);
    bool is_here(const std::string& name);

    enum class When { due, now };
    bool            may_begin(const Job& job, const JobDescription& declared, Instant now, When when, bool known_here) const;
    std::optional<Instant> claim(const JobDescription& job, When when);  // the moment of its start
    void            run(const JobDescription& job, Instant started_at);
    void            note_success(const JobDescription& job, Instant started_at);
    void            note_failure(const JobDescription& job, Instant started_at, const std::string& sentence);
    void            change(const std::function<void(Transaction&)>& work) { suite.write({.actor = Actor::system()}, work); }
    std::vector<Job> all();
    bool             register_missing();  // false while there is no company
};

namespace running {

class Run : public JobRun {
public:
    Run(Suite& suite, const JobDescription& job, const std::string& owner, Instant started_at, const std::atomic<bool>& stopping)
        : suite_(suite), job_(job), owner_(owner), started_at_(started_at), stopping_(stopping) {}

    void read(const std::function<void(const Snapshot&)>& work) override { suite_.read(Actor::system(), work); }
    void write(const std::function<void(Transaction&)>& work) override {
        suite_.write({.name = job_.name, .actor = Actor::system()}, [&](Transaction& tx) {
            require_own(tx);
            work(tx);
        });
    }
    void tell(std::string progress) override {
        suite_.write({.actor = Actor::system()}, [&](Transaction& tx) {
            require_own(tx);
            tx.execute("UPDATE jobs_job SET progress = :progress, heartbeat_at = :now WHERE name = :name", excerpt(progress, 400), Instant::now(), job_.name);
        });
    }
    const std::atomic<bool>& stopping() const override { return stopping_; }
    Suite&                   suite() override { return suite_; }

private:
    // Whoever was silent for too long, and wakes up, does nothing beside the one that has taken over.
    void require_own(const Snapshot& tx) const {
        if (!tx.value<std::int64_t>("SELECT id FROM jobs_job WHERE name = :name AND owner = :owner AND started_at = :started_at", job_.name, owner_, started_at_))
            throw Refused("jobs.taken_over", "To run {}, leave it to the server that has taken it over.", job_.name);
    }

    Suite&                   suite_;
    const JobDescription&    job_;
    const std::string&       owner_;
    const Instant            started_at_;
    const std::atomic<bool>& stopping_;
};

}  // namespace running

std::vector<Job> Runner::State::all() {
    std::vector<Job> jobs;
    suite.read(Actor::system(), [&](const Snapshot& tx) { jobs = tx.select<Job>("name <> '' ORDER BY due_at, id"); });
    return jobs;
}

bool Runner::State::register_missing() {
    bool opened = false, all_there = false;
    suite.read(Actor::system(), [&](const Snapshot& tx) {
        opened    = !tx.books().currency.none();
        all_there = are_registered(tx);
    });
    if (opened && !all_there) suite.write({.name = "jobs.register", .actor = Actor::system()}, register_jobs);
    return opened;
}

bool Runner::State::may_begin(const Job& job, const JobDescription& declared, Instant now, When when, bool known_here) const {
    if (job.state == jobs::State::running) return alone ? !known_here : running::is_abandoned(job, now);
    return when == When::now || (job.state == jobs::State::waiting && running::is_due(job, declared, now));
}

std::optional<Instant> Runner::State::claim(const JobDescription& job, When when) {
    std::optional<Instant> started_at;
    change([&](Transaction& tx) {
        const auto now   = Instant::now();
        const auto known = tx.first<Job>("name = :name", job.name);
        started_at.reset();
        if (!known || !may_begin(*known, job, now, when, false)) return;
        tx.execute("UPDATE jobs_job SET state = 'running', owner = :owner, started_at = :now, heartbeat_at = :now, due_at = :due, progress = '' WHERE id = :id", owner, now,
                   next_after(job.rhythm, now), known->id);
        started_at = now;
    });
    return started_at;
}

// Somebody may have asked for it again meanwhile: it is due when it was said to be.
void Runner::State::note_success(const JobDescription& job, Instant started_at) {
    change([&](Transaction& tx) {
        tx.execute(R"sql(UPDATE jobs_job SET state = CASE WHEN state = 'running' THEN 'waiting' ELSE state END, owner = '', finished_at = :now, runs = runs + 1, failed_in_a_row = 0
                         WHERE name = :name AND owner = :owner AND started_at = :started_at)sql",
                   Instant::now(), job.name, owner, started_at);
    });
}

// Kept in the history of the job, unlike what went well.
void Runner::State::note_failure(const JobDescription& job, Instant started_at, const std::string& sentence) {
    suite.write({.name = "jobs.job.fail", .actor = Actor::system(), .reason = excerpt(sentence, 400)}, [&](Transaction& tx) {
        auto known = tx.first<Job>("name = :name AND owner = :owner AND started_at = :started_at", job.name, owner, started_at);
        if (!known) return;
        const auto now = Instant::now();
        if (known->state == jobs::State::running) known->state = jobs::State::waiting;
        known->owner.clear();
        known->finished_at = known->failed_at = now;
        known->due_at                         = running::later(now, running::retry_after(known->failed_in_a_row));
        known->last_failure                   = excerpt(sentence, 1000);
        ++known->runs;
        ++known->failures;
        ++known->failed_in_a_row;
        tx.save(*known);
    });
}

void Runner::State::run(const JobDescription& job, Instant started_at) {
    std::string failed;
    try {
        running::Run of(suite, job, owner, started_at, stopping);
        job.run(of);
        return note_success(job, started_at);
    } catch (const std::exception& failure) {
        failed = failure.what();
    } catch (...) {
        failed = "The job threw something that is no exception.";
    }
    note_failure(job, started_at, failed);
    throw Refused(Refused::Plain{}, "jobs.failed", failed);
}

bool Runner::State::take_place(const std::string& name) {
    const std::lock_guard lock(mutex);
    return !stopping && here.size() < running::at_once && here.insert(name).second;
}

void Runner::State::leave_place(const std::string& name) {
    const std::lock_guard lock(mutex);
    here.erase(name);
}

bool Runner::State::is_here(const std::string& name) {
    const std::lock_guard lock(mutex);
    return here.contains(name);
}

void Runner::State::launch(const JobDescription& job) {
    if (!take_place(job.name)) return;
    auto& thread = threads[job.name];
    if (thread.joinable()) thread.join();  // has left its place
    thread = std::thread([this, &job] {
        try {
            if (const auto started_at = claim(job, When::due)) run(job, *started_at);
        } catch (const std::exception&) {
            // Noted in the job's record; and where that cannot be written, the writer says why in status().
        }
        leave_place(job.name);
    });
}

void Runner::State::look() {
    const auto now = Instant::now();
    for (const auto& job : all()) {
        const auto* declared = suite.kernel().find_job(job.name);
        if (declared && may_begin(job, *declared, now, When::due, is_here(job.name))) launch(*declared);
    }
}

void Runner::State::give_signs_of_life() {
    std::set<std::string> names;
    {
        const std::lock_guard lock(mutex);
        names = here;
    }
    if (names.empty()) return;
    change([&](Transaction& tx) {
        for (const auto& name : names) tx.execute("UPDATE jobs_job SET heartbeat_at = :now WHERE name = :name AND owner = :owner", Instant::now(), name, owner);
    });
}

void Runner::State::watch() {
    auto             next_sign = std::chrono::steady_clock::now() + running::heartbeat_every;
    bool             registered = false;
    std::unique_lock lock(mutex);
    while (!stopping) {
        lock.unlock();
        try {
            registered = registered || register_missing();
            look();
            if (std::chrono::steady_clock::now() >= next_sign) {
                give_signs_of_life();
                next_sign = std::chrono::steady_clock::now() + running::heartbeat_every;
            }
        } catch (const std::exception&) {
            // The writer says why in status(); jobs wait until it works again.
        }
        lock.lock();
        wakes.wait_for(lock, running::look_every, [&] { return awake || stopping; });
        awake = false;
    }
}

Runner::Runner(Suite& suite, Alone alone) : state_(std::make_unique<State>(suite, alone == Alone::yes)) {}

Runner::~Runner() { stop(); }

void Runner::start() {
    state_->watcher = std::thread([state = state_.get()] { state->watch(); });
}

void Runner::wake() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->awake = true;
    }
    state_->wakes.notify_one();
}

void Runner::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->wakes.notify_all();
    if (state_->watcher.joinable()) state_->watcher.join();
    for (auto& [name, thread] : state_->threads) thread.join();
    state_->threads.clear();
}

void Runner::run_now(std::string_view name) {
    const auto* job = state_->suite.kernel().find_job(name);
    if (!job) throw Refused("jobs.unknown", "To run a job, name one that a module declares; \"{}\" is none.", excerpt(name)).with_status(404);
    if (!state_->take_place(job->name)) throw Refused("jobs.running_already", "To run {}, wait until it has ended: it is running.", job->name);
    struct Leave {
        State&             state;
        const std::string& name;
        ~Leave() { state.leave_place(name); }
    } leave{*state_, job->name};
    const auto started_at = state_->claim(*job, State::When::now);
    if (!started_at) throw Refused("jobs.running_already", "To run {}, wait until it has ended: another server runs it.", job->name);
    state_->run(*job, *started_at);
}

}  // namespace tessera::jobs
