#pragma once
// Who follows what is committed, in this process and in others, hears it here: in the order of the audit trail, without
// gaps, once it is on disk.
//
//     const auto following = feed.follow([](const ChangeNotice& notice) { … }, &from);
//     feed.tell(notice);                       // on the writer's thread: returns at once
//
// A notice that arrives before the one it follows waits for it. What this process commits it is told by its writer, what
// others commit by the engine, which may lose something; so the newest entry of the trail is asked for as well, once a second:
// what is in it and has not been heard a second later was lost, and followers hear that anything may have changed.
//
// The thread, and the engine's listening, begin with the first who follows or with start().

#include "database/engine.h"
#include "events/pending_notice.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace tessera::events {

class ChangeFeed {
public:
    using Heard = std::function<void(const ChangeNotice&)>;
    struct Source {
        std::function<std::int64_t()> newest{};         // entry of the audit trail that can be read
        std::function<void()>         await_durable{};  // until what can be read is on disk
        std::function<void()>         events_wait{};    // in the outbox, put there by whichever process
    };

    ChangeFeed(database::Engine& engine, Source source) : engine_(engine), source_(std::move(source)) {}
    ~ChangeFeed() { stop(); }

    void                  start();
    std::shared_ptr<void> follow(Heard heard, std::int64_t* from);
    bool                  is_running() const { return running_; }
    void                  tell(Notice notice);
    void                  stop();

private:
    void deliver_until_stopped();
    bool wait_for_something();
    bool has_next() const;
    void deliver(const Notice& notice);
    void look_for_lost();

    std::optional<Notice> next();

    database::Engine&                    engine_;
    Source                               source_;
    std::atomic<bool>                    running_ = false;
    std::mutex                           mutex_;
    std::condition_variable              wakes_;
    std::map<std::int64_t, Notice>       waiting_;       // by the entry they follow
    std::int64_t                         position_ = 0;  // the newest entry that was told
    std::int64_t                         seen_     = 0;  // the newest when the trail was last asked
    bool                                 stopping_ = false;
    std::unique_ptr<database::Listening> listening_;
    std::thread                          thread_;
    std::mutex                           followers_mutex_;
    std::vector<std::shared_ptr<Heard>>  followers_;
};

}  // namespace tessera::events
