#include "access/throttle.h"

#include <tessera/refused.h>

#include <algorithm>

namespace tessera::access {

namespace throttle {

constexpr int  free_of_one_name  = 5;    // from one address for one name
constexpr int  free_of_address   = 30;   // from one address for any names
constexpr int  free_of_name      = 60;   // for one name from anywhere
constexpr auto longest           = std::chrono::seconds(15 * 60);
constexpr auto remembered        = std::chrono::hours(1);
constexpr std::size_t keys_max   = 200'000;

std::string of_pair(const Throttle::Attempt& a) { return "pair " + a.address + " " + a.name; }
std::string of_address(const Throttle::Attempt& a) { return "from " + a.address; }
std::string of_name(const Throttle::Attempt& a) { return "name " + a.name; }

}  // namespace throttle

std::chrono::seconds Throttle::wait_of(const std::string& key, int free) {
    const auto it  = failures_.find(key);
    const auto now = now_();
    if (it == failures_.end() || it->second.count < free || now - it->second.last > throttle::remembered) return {};
    const auto whole = std::min<std::chrono::seconds>(throttle::longest, std::chrono::seconds(1LL << std::min(it->second.count - free, 20)));
    const auto over  = std::chrono::duration_cast<std::chrono::seconds>(now - it->second.last);
    return over >= whole ? std::chrono::seconds(0) : whole - over;
}

void Throttle::require_patience(const Attempt& attempt, bool known) {
    const std::lock_guard lock(mutex_);
    auto                  wait = std::max(wait_of(throttle::of_pair(attempt), throttle::free_of_one_name), wait_of(throttle::of_address(attempt), throttle::free_of_address));
    if (!known) wait = std::max(wait, wait_of(throttle::of_name(attempt), throttle::free_of_name));
    if (wait.count() == 0) return;
    throw Refused("kernel.too_many_attempts", "To sign in, wait {} seconds and try again: there were too many failed attempts.", wait.count())
        .with_status(429)
        .with_retry_after(static_cast<int>(wait.count()));
}

void Throttle::count(const std::string& key) {
    auto&      failures = failures_[key];
    const auto now      = now_();
    if (now - failures.last > throttle::remembered) failures.count = 0;
    ++failures.count;
    failures.last = now;
}

void Throttle::failed(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    if (failures_.size() > throttle::keys_max) std::erase_if(failures_, [&](const auto& one) { return now_() - one.second.last > throttle::remembered; });
    if (failures_.size() > throttle::keys_max) failures_.clear();
    count(throttle::of_pair(attempt));
    count(throttle::of_address(attempt));
    count(throttle::of_name(attempt));
}

void Throttle::succeeded(const Attempt& attempt) {
    const std::lock_guard lock(mutex_);
    failures_.erase(throttle::of_pair(attempt));
}

}  // namespace tessera::access
