#include "events/change_feed.h"

namespace tessera::events {

namespace change_feed {

constexpr std::chrono::seconds look_every{1};
constexpr std::size_t          waiting_max = 10'000;  // more are told as one

}  // namespace change_feed

// What is committed from now on is told; what was before can be read.
void ChangeFeed::start() {
    const std::lock_guard guard(followers_mutex_);
    if (running_.exchange(true)) return;
    try {
        listening_ = engine_.listen([this](std::string_view text) {
            if (auto notice = notice_from(text)) tell(std::move(*notice));
        });
        const auto            newest = source_.newest();
        const std::lock_guard lock(mutex_);
        position_ = seen_ = newest;
    } catch (...) {
        running_ = false;
        throw;
    }
    thread_ = std::thread([this] { deliver_until_stopped(); });
}

std::shared_ptr<void> ChangeFeed::follow(Heard heard, std::int64_t* from) {
    start();
    auto                  follower = std::make_shared<Heard>(std::move(heard));
    const std::lock_guard guard(followers_mutex_);
    if (from) {
        const std::lock_guard lock(mutex_);
        *from = position_;
    }
    followers_.push_back(follower);
    return {follower.get(), [this, follower](void*) {
                const std::lock_guard until_it_has_heard(followers_mutex_);
                std::erase(followers_, follower);
            }};
}

void ChangeFeed::tell(Notice notice) {
    if (notice.events) source_.events_wait();
    {
        const std::lock_guard lock(mutex_);
        if (notice.upto <= position_) return;
        if (waiting_.size() >= change_feed::waiting_max) {
            notice = anything(waiting_.begin()->first, std::max(notice.upto, waiting_.rbegin()->second.upto));
            waiting_.clear();
        }
        waiting_.try_emplace(notice.after, std::move(notice));
    }
    wakes_.notify_one();
}

void ChangeFeed::stop() {
    listening_.reset();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wakes_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void ChangeFeed::deliver_until_stopped() {
    auto looked = std::chrono::steady_clock::now();
    while (wait_for_something()) try {
            while (const auto notice = next()) {
                source_.await_durable();
                deliver(*notice);
            }
            const auto now = std::chrono::steady_clock::now();
            if (now - looked < change_feed::look_every) continue;
            looked = now;
            look_for_lost();
        } catch (const std::exception&) {  // what was not told is lost, and is found to be when the database answers again
        }
}

bool ChangeFeed::has_next() const { return !waiting_.empty() && waiting_.begin()->first <= position_; }

std::optional<Notice> ChangeFeed::next() {
    const std::lock_guard lock(mutex_);
    while (has_next() && !stopping_) {
        auto notice = std::move(waiting_.extract(waiting_.begin()).mapped());
        if (notice.upto > position_) return notice;
    }
    return std::nullopt;
}

// False when it is over.
bool ChangeFeed::wait_for_something() {
    std::unique_lock lock(mutex_);
    const auto       is_next = [&] { return stopping_ || has_next(); };
    if (engine_.is_shared() || !waiting_.empty()) wakes_.wait_for(lock, change_feed::look_every, is_next);
    else wakes_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    return !stopping_;
}

void ChangeFeed::deliver(const Notice& notice) {
    const std::lock_guard guard(followers_mutex_);
    {
        const std::lock_guard lock(mutex_);
        position_ = notice.upto;
    }
    for (const auto& heard : followers_) (*heard)({notice.upto, notice.changes});
}

// What was there a second ago and has not been told since is told by nobody any more.
void ChangeFeed::look_for_lost() {
    const auto            newest = source_.newest();
    std::optional<Notice> lost;
    {
        const std::lock_guard lock(mutex_);
        if (seen_ > position_) lost = anything(position_, seen_);
        seen_ = newest;
    }
    if (!lost) return;
    source_.await_durable();
    deliver(*lost);
}

}  // namespace tessera::events
