#pragma once
// A Replica is a second database that follows the one of a suite: a hot standby, or whatever else takes its changes over.
// Lists, exports and reports may be read there, so that they take nothing from those who write. How far it is behind is
// told by the books themselves: every command leaves an entry in the audit trail, so the oldest entry that the replica
// lacks says as of when it is. Each entry is sealed with those before it; where the seals differ, the books do.
//
//     Replica replica(*suite, {.database = "postgresql://reader@standby/company"}, std::chrono::seconds(10));
//     replica.follow([](std::string_view sentence) { … });         // looks every second
//     if (const auto place = replica.place(seen)) place->suite.list(actor, "purchasing.order", request);
//     else suite->list(actor, "purchasing.order", request);
//
// All functions may be called from any thread, except that one thread at a time may look().

#include <tessera/suite.h>

namespace tessera {

class TESSERA_API Replica {
public:
    // Refused "kernel.replica_of_another" when it holds other books; "kernel.replica_outdated" when it does not have the
    // tables of the primary and does not get them within the lag that is allowed; and whatever opening a database is
    // refused with. One that is merely behind is not refused. The primary must outlive it.
    Replica(Suite& primary, SuiteOptions where, std::chrono::milliseconds lag_max);
    ~Replica();

    // What is read at a place shows every change up to `as_of`, and perhaps some of those after it. It is refused, with 503,
    // when the database that answers lacks more than that: a name may stand for several.
    struct Place {
        Suite&       suite;
        Instant      as_of{};
        std::int64_t seconds_behind = 0;
    };
    // Nothing when the replica lacks the change `seen` (RecordAnswer::change), is further behind than is allowed, or failed.
    std::optional<Place> place(std::int64_t seen = 0) const;

    struct Status {
        bool        in_use      = false;
        double      lag_seconds = 0;
        std::string trouble{};  // why it is not in use
    };
    Status                    status() const;
    std::chrono::milliseconds lag_max() const;

    void look();
    // From now on looks every second; `tell` gets a sentence when the replica is no longer used, and when it is again.
    void follow(std::function<void(std::string_view)> tell);
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera
