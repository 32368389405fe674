#pragma once
// Backups made by themselves, at least every so often, from a thread of a server: gathered in a folder, the oldest taken
// away, and every so many of them proven by restoring it.
//
//     backups::Schedule schedule({.database = "acme.tessera"}, {.folder = "/backups"});
//     schedule.start({.note = …, .failure = …});          // the first at once, unless the folder has one that is new enough
//     schedule.status().last_good                         // what an operator watches
//
// A backup that fails is told of and tried again within minutes; meanwhile nothing is removed. Several servers may share
// a folder: what one has made is due for none of them. All functions may be called from any thread.

#include "backups/backup_folder.h"

#include <chrono>

namespace tessera::backups {

struct Plan {
    std::string          folder{};
    std::chrono::seconds every{std::chrono::hours(24)};
    std::size_t          keep        = 7;
    std::int64_t         prove_every = 7;  // the first after the start, then every Nth, is restored to a scratch file
};

class TESSERA_API Schedule {
public:
    // Refused "kernel.no_folder".
    Schedule(SuiteOptions books, Plan plan);
    ~Schedule();

    struct Tell {
        std::function<void(std::string_view)> note{}, failure{};  // one sentence each, from the thread of the schedule
    };
    void start(Tell tell);
    void stop();  // a backup that is being made is given up

    struct Status {
        Instant      last_good{}, last_proven{};  // when they were begun; empty: none yet
        std::int64_t made = 0, failed = 0;        // by this process
        std::string  trouble{};                   // why the newest try failed; empty when it did not
    };
    Status status() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera::backups
