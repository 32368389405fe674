#pragma once
// How long who has failed must wait before the next attempt: not at all at first, then twice as long each time, up to a
// quarter of an hour. Forgotten after an hour without a failure. May be used from every thread.
//
//     throttle.require_patience({"192.0.2.7", "ada"}, known);       // Refused "kernel.too_many_attempts" (429)
//     throttle.failed({"192.0.2.7", "ada"});

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

namespace tessera::access {

class Throttle {
public:
    using Clock = std::chrono::steady_clock;
    struct Attempt {
        std::string address{}, name{};
    };

    explicit Throttle(std::function<Clock::time_point()> now = Clock::now) : now_(std::move(now)) {}

    // `known`: the user has signed in from this address before; the failures of others for the name do not count then.
    void require_patience(const Attempt& attempt, bool known);
    void failed(const Attempt& attempt);
    void succeeded(const Attempt& attempt);

private:
    struct Failures {
        int               count = 0;
        Clock::time_point last{};
    };
    std::chrono::seconds wait_of(const std::string& key, int free);
    void                 count(const std::string& key);

    std::function<Clock::time_point()>        now_;
    std::mutex                                mutex_;
    std::unordered_map<std::string, Failures> failures_;
};

}  // namespace tessera::access
