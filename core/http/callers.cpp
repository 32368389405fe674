#include "http/callers.h"

#include <algorithm>

namespace tessera::http {

using namespace std::chrono_literals;

std::string caller_of(const boost::asio::ip::address& address, bool also_this_machine) {
    auto plain = address;
    if (plain.is_v6() && plain.to_v6().is_v4_mapped()) plain = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, plain.to_v6());
    if (plain.is_loopback() && !also_this_machine) return {};
    if (plain.is_v4()) return plain.to_string();
    auto network = plain.to_v6().to_bytes();
    std::fill(network.begin() + 8, network.end(), static_cast<unsigned char>(0));
    return boost::asio::ip::make_address_v6(network).to_string();
}

bool CallerConnections::enter(const std::string& caller, std::size_t most) {
    if (caller.empty()) return true;
    const std::lock_guard lock(mutex_);
    auto&                 open = open_[caller];
    if (open >= most) return false;
    ++open;
    return true;
}

void CallerConnections::leave(const std::string& caller) {
    if (caller.empty()) return;
    const std::lock_guard lock(mutex_);
    const auto            found = open_.find(caller);
    if (found != open_.end() && --found->second == 0) open_.erase(found);
}

CallerRates::CallerRates(std::size_t per_second, std::size_t burst)
    : each_(per_second ? 1'000'000'000 / static_cast<std::int64_t>(per_second) : 0),
      ahead_max_(each_ * static_cast<std::int64_t>(burst ? burst - 1 : 0)) {}

std::optional<std::chrono::seconds> CallerRates::too_soon(const std::string& caller, Clock::time_point now) {
    if (each_ == 0ns || caller.empty()) return std::nullopt;
    const std::lock_guard lock(mutex_);
    forget_the_quiet(now);
    auto&      until = used_until_[caller];
    const auto from  = std::max(until, now);
    if (from - now > ahead_max_) return std::max(1s, std::chrono::ceil<std::chrono::seconds>(from - now - ahead_max_));
    until = from + each_;
    return std::nullopt;
}

void CallerRates::forget_the_quiet(Clock::time_point now) {
    if (used_until_.size() < look_at_size_) return;
    std::erase_if(used_until_, [now](const auto& one) { return one.second <= now; });
    look_at_size_ = std::max<std::size_t>(1024, 2 * used_until_.size());
}

}  // namespace tessera::http
