#pragma once
// Whom a connection belongs to, as far as a server knows before anybody has signed in: its address. Nobody may hold all
// connections, or ask so often that others wait.
//
//     const auto caller = caller_of(address, false);         // "192.0.2.7"; "" for this machine, which nothing limits
//     if (!connections.enter(caller, 100)) …                 // leave(caller) when it has closed
//     if (const auto wait = rates.too_soon(caller)) …        // 429, Retry-After
//
// Any thread.

#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace tessera::http {

// An IPv4 address, or the half of an IPv6 address that names a network: whoever has one has all the rest of it.
std::string caller_of(const boost::asio::ip::address& address, bool also_this_machine);

class CallerConnections {
public:
    bool enter(const std::string& caller, std::size_t most);  // false: it has as many as it may
    void leave(const std::string& caller);

private:
    std::mutex                                   mutex_{};
    std::unordered_map<std::string, std::size_t> open_{};
};

// Each caller may ask `burst` times at once and so many times a second over time.
class CallerRates {
public:
    using Clock = std::chrono::steady_clock;

    CallerRates(std::size_t per_second, std::size_t burst);  // 0 a second: as often as it likes

    // How long to wait before asking again; nothing when it may ask now.
    std::optional<std::chrono::seconds> too_soon(const std::string& caller, Clock::time_point now = Clock::now());

private:
    void forget_the_quiet(Clock::time_point now);

    const std::chrono::nanoseconds                     each_, ahead_max_;
    std::mutex                                         mutex_{};
    std::unordered_map<std::string, Clock::time_point> used_until_{};  // what was asked lasts until then
    std::size_t                                        look_at_size_ = 1024;
};

}  // namespace tessera::http
