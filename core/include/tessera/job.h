#pragma once
// A job is work that comes back by itself: reminders, a night's proof of the books, letters that wait. A server runs it in a
// thread of its own, whenever it is due, and keeps trying when it fails.
//
//     kernel.job("knowledge.reminders", "Remind of articles to be reviewed", daily_at(6), remind);
//
//     void remind(JobRun& run) {
//         for (const auto& due : run.ask<Due>([](const Snapshot& tx) { return tx.rows<Due>("SELECT …"); })) {
//             if (run.should_stop()) return;
//             run.write([&](Transaction& tx) { … });          // a command of its own, called after the job
//             run.tell(fmt::format("{} reminded", ++count));  // seen by whoever watches
//         }
//     }
//
// Of several servers one runs it: it holds the job as its owner and gives a sign of life every ten seconds. When the owner has
// given none for a minute, another takes the job over, so a job must bear being begun again: what it did is in the books. One
// that throws is tried again after 1, 2, 4 … minutes, at most an hour apart, and says why to whoever watches; one that ends is due
// again after its rhythm. A clock that is set does not stop a job, nor let it run twice at once.
//
// The function is called on a thread of the server, never twice at the same time.

#include <tessera/transaction.h>

#include <atomic>
#include <chrono>
#include <functional>

namespace tessera {

class Suite;

// How often. Times of the day are UTC.
struct Rhythm {
    std::chrono::seconds                every{};
    std::optional<std::chrono::minutes> at{};  // of a day, for what runs once a day
};
inline Rhythm      every(std::chrono::seconds time) { return {time, {}}; }
inline Rhythm      daily_at(int hour, int minute = 0) { return {std::chrono::hours(24), std::chrono::minutes(60 * hour + minute)}; }
TESSERA_API std::string text_of(const Rhythm& rhythm);  // "every 10 minutes", "daily at 02:00 UTC"
// The moment when it is due next, after `now`.
TESSERA_API Instant next_after(const Rhythm& rhythm, Instant now);

class TESSERA_API JobRun {
public:
    virtual ~JobRun() = default;

    virtual void read(const std::function<void(const Snapshot&)>& work) = 0;
    virtual void write(const std::function<void(Transaction&)>& work)   = 0;
    virtual void tell(std::string progress)                             = 0;
    // The server ends: leave the rest for the next time.
    virtual const std::atomic<bool>& stopping() const = 0;
    bool                             should_stop() const { return stopping().load(); }

    template <class Answer>
    std::vector<Answer> ask(const std::function<std::vector<Answer>(const Snapshot&)>& question) {
        std::vector<Answer> answer;
        read([&](const Snapshot& tx) { answer = question(tx); });
        return answer;
    }

    virtual Suite& suite() = 0;  // the core's own
};

struct JobDescription {
    std::string                  name{};  // "knowledge.reminders"
    std::string                  title{};
    std::string                  module{};
    Rhythm                       rhythm{};
    std::function<void(JobRun&)> run{};
};

namespace jobs {

// Has the job run as soon as this is committed.
TESSERA_API void ask_for(Transaction& tx, std::string_view job);

}  // namespace jobs

}  // namespace tessera
