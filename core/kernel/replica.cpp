#include <tessera/replica.h>

#include "kernel/suite_state.h"
#include "migrations/schema.h"

namespace tessera {

namespace replica {

struct Entry {
    std::int64_t id = 0;
    Instant      at{};
    std::string  hash{};
};

Entry newest(const Snapshot& tx) { return tx.row<Entry>("SELECT id, at, hash FROM kernel_audit ORDER BY id DESC LIMIT 1").value_or(Entry{}); }
Entry entry(const Snapshot& tx, std::int64_t id) { return tx.row<Entry>("SELECT id, at, hash FROM kernel_audit WHERE id = :id", id).value_or(Entry{}); }
std::string schema(const Snapshot& tx) { return migrations::setting(tx.connection(), "schema_fingerprint").value_or(""); }

// Read by everybody only as far as it was when it was last looked at.
class Books final : public RunningSuite {
public:
    using RunningSuite::RunningSuite;

    void read(const Actor& actor, const std::function<void(const Snapshot&)>& work) override {
        const auto expected = reached_.load();
        RunningSuite::read(actor, [&](const Snapshot& tx) {
            if (newest(tx).id < expected)
                throw Refused("kernel.replica_behind", "To read this, try again in a moment: the replica that answers lacks the newest changes.").with_status(503);
            work(tx);
        });
    }
    void look(const std::function<void(const Snapshot&)>& work) { RunningSuite::read(Actor::system(), work); }
    void has_reached(std::int64_t entry) { reached_ = entry; }

private:
    std::atomic<std::int64_t> reached_{0};
};

Refused of_another(const std::string& where, const std::string& primary, std::string_view found = "it holds other books") {
    return Refused("kernel.replica_of_another", "To read from the replica {}, name one that follows {}: {}.", where, primary, found);
}
Refused outdated(const std::string& where, const std::string& primary) {
    return Refused("kernel.replica_outdated", "To read from the replica {}, let it follow first: it does not have the tables of {}.", where, primary);
}

// The tables that the primary has just been given arrive a moment later.
std::unique_ptr<Books> open(SuiteOptions where, const Suite& primary, std::chrono::milliseconds longest) {
    const auto shown  = database::shown(where.database);
    const auto latest = std::chrono::steady_clock::now() + longest;
    where.read_only   = true;
    while (true) try {
            return std::make_unique<Books>(where);
        } catch (const Refused& refused) {
            if (refused.code() == "kernel.no_database" || refused.code() == "kernel.no_books") throw of_another(shown, primary.database_name(), "no books are there");
            if (refused.code() != "kernel.schema_outdated") throw;
            if (std::chrono::steady_clock::now() > latest) throw outdated(shown, primary.database_name());
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
}

struct Looked {
    std::int64_t           reaches = 0;      // the newest entry that is there
    Instant                as_of{};
    bool                   level = false;    // nothing was lacking
    std::optional<Refused> trouble{};
};

}  // namespace replica

struct Replica::State {
    Suite&                          primary;
    std::unique_ptr<replica::Books> books;
    std::chrono::milliseconds       lag_max;

    mutable std::mutex                    mutex{};
    std::condition_variable               wakes{};
    replica::Looked                       looked{};
    bool                                  was_in_use = true, stopping = false;
    std::function<void(std::string_view)> tell{};
    std::thread                           thread{};

    void            look();
    replica::Looked seen() const;
    void            compare(const Snapshot& here, const replica::Entry& there, Instant at, replica::Looked& result) const;
    std::int64_t    microseconds_behind() const { return std::max<std::int64_t>(0, Instant::now().microseconds() - looked.as_of.microseconds()); }
    Status          status() const;
    void            tell_of_change();
    void            follow();
};

void Replica::State::look() {
    auto now = seen();
    books->has_reached(now.reaches);
    const std::lock_guard guard{mutex};
    looked = std::move(now);
}

// While one of the two does not answer, what was known of the replica grows old.
replica::Looked Replica::State::seen() const {
    replica::Looked result;
    {
        const std::lock_guard guard{mutex};
        result = {.reaches = looked.reaches, .as_of = looked.as_of};
    }
    replica::Entry there;
    std::string    schema;
    try {
        books->look([&](const Snapshot& tx) {
            there  = replica::newest(tx);
            schema = replica::schema(tx);
        });
    } catch (const Refused& refused) {
        result.trouble = refused;
        return result;
    } catch (const std::exception& failure) {
        result.trouble = Refused("kernel.replica_failed", "To read from the replica {}, mend it: {}.", books->database_name(), failure.what());
        return result;
    }
    const auto at = Instant::now();
    try {
        primary.read(Actor::system(), [&](const Snapshot& here) {
            if (replica::schema(here) == schema) compare(here, there, at, result);
            else result.trouble = replica::outdated(books->database_name(), primary.database_name());
        });
    } catch (const std::exception&) {  // who asks the primary is told why; the replica serves as long as it is not too old
    }
    return result;
}

void Replica::State::compare(const Snapshot& here, const replica::Entry& there, Instant at, replica::Looked& result) const {
    const auto newest = replica::newest(here);
    auto       ours   = replica::entry(here, there.id);
    auto       theirs = there;
    if (newest.id < there.id) {  // a standby may show what the primary has not acknowledged yet
        ours = newest;
        books->look([&](const Snapshot& tx) { theirs = replica::entry(tx, newest.id); });
    }
    if (theirs.id == 0 || theirs.hash != ours.hash) {
        result.trouble = replica::of_another(books->database_name(), primary.database_name());
        return;
    }
    const auto lacking = replica::entry(here, there.id + 1);
    result             = {.reaches = there.id, .as_of = lacking.id == 0 ? at : std::min(at, lacking.at), .level = lacking.id == 0};
}

Replica::Status Replica::State::status() const {
    const auto behind = microseconds_behind();
    Status     status{.lag_seconds = looked.level ? 0 : static_cast<double>(behind) / 1e6, .trouble = looked.trouble ? looked.trouble->sentence() : ""};
    if (status.trouble.empty() && behind > std::chrono::microseconds(lag_max).count())
        status.trouble = fmt::format("The replica {} is {:.1f} s behind, {} s are allowed.", books->database_name(), static_cast<double>(behind) / 1e6, lag_max.count() / 1000);
    status.in_use = status.trouble.empty();
    return status;
}

void Replica::State::tell_of_change() {
    std::string sentence;
    {
        const std::lock_guard guard{mutex};
        const auto            now = status();
        if (now.in_use == std::exchange(was_in_use, now.in_use)) return;
        sentence = now.in_use ? fmt::format("Lists and reports are read from the replica {} again.", books->database_name())
                              : fmt::format("Lists and reports are read from {} until the replica can be used. {}", primary.database_name(), now.trouble);
    }
    tell(sentence);
}

void Replica::State::follow() {
    std::unique_lock guard{mutex};
    while (!wakes.wait_for(guard, std::chrono::seconds(1), [&] { return stopping; })) {
        guard.unlock();
        look();
        tell_of_change();
        guard.lock();
    }
}

Replica::Replica(Suite& primary, SuiteOptions where, std::chrono::milliseconds lag_max)
    : state_(new State{.primary = primary, .books = replica::open(std::move(where), primary, lag_max), .lag_max = lag_max}) {
    look();
    if (state_->looked.trouble) throw *state_->looked.trouble;
}

Replica::~Replica() { stop(); }

std::optional<Replica::Place> Replica::place(std::int64_t seen) const {
    const std::lock_guard guard{state_->mutex};
    const auto&           looked = state_->looked;
    if (seen > looked.reaches || !state_->status().in_use) return std::nullopt;
    return Place{*state_->books, looked.as_of, looked.level ? 0 : state_->microseconds_behind() / 1'000'000};
}

Replica::Status Replica::status() const {
    const std::lock_guard guard{state_->mutex};
    return state_->status();
}

std::chrono::milliseconds Replica::lag_max() const { return state_->lag_max; }

void Replica::look() { state_->look(); }

void Replica::follow(std::function<void(std::string_view)> tell) {
    state_->tell   = std::move(tell);
    state_->thread = std::thread([state = state_.get()] { state->follow(); });
}

void Replica::stop() {
    {
        const std::lock_guard guard{state_->mutex};
        state_->stopping = true;
    }
    state_->wakes.notify_all();
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace tessera
