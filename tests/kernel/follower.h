#pragma once
// Somebody who follows a suite and remembers what was heard, so that a test can wait for it.
//
//     Follower ada(shop.suite());
//     shop.insert(shop.order());
//     CHECK(ada.hears("workshop.order 1 v1 by administrator"));       // within ten seconds
//     CHECK(ada.heard() == "workshop.order 1 v1 by administrator\n");   // all of it, a line each

#include <tessera/suite.h>

#include <condition_variable>
#include <mutex>

class Follower {
public:
    explicit Follower(tessera::Suite& suite)
        : following_(suite.follow([this](const tessera::ChangeNotice& notice) { hear(notice); }, &from_)) {}

    bool hears(std::string_view line, std::chrono::milliseconds longest = std::chrono::seconds(10)) {
        std::unique_lock lock(mutex_);
        return wakes_.wait_for(lock, longest, [&] { return heard_.find(std::string(line) + "\n") != std::string::npos; });
    }
    std::string heard() {
        const std::lock_guard lock(mutex_);
        return heard_;
    }
    std::vector<std::int64_t> entries() {
        const std::lock_guard lock(mutex_);
        return entries_;
    }
    std::int64_t from() const { return from_; }
    void         follow_no_longer() { following_.reset(); }

private:
    void hear(const tessera::ChangeNotice& notice) {
        {
            const std::lock_guard lock(mutex_);
            entries_.push_back(notice.upto);
            for (const auto& change : notice.changes) heard_ += text_of(change) + "\n";
        }
        wakes_.notify_all();
    }
    static std::string text_of(const tessera::RecordChange& change) {
        if (change.entity.empty()) return "anything";
        std::string text = change.entity + (change.id ? fmt::format(" {}", change.id) : " many");
        if (change.version) text += fmt::format(" v{}", change.version);
        if (!change.by.empty()) text += " by " + change.by;
        return text + (change.deleted ? " deleted" : "");
    }

    std::mutex                mutex_;
    std::condition_variable   wakes_;
    std::string               heard_;
    std::vector<std::int64_t> entries_;
    std::int64_t              from_ = 0;
    tessera::Suite::Following following_;
};
