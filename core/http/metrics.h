#pragma once
// What the server counts, as Prometheus reads it at /metrics: requests and their duration by kind, connections, and the
// writer's own counters. Counting is a few additions without a lock; any thread may do it.

#include <tessera/replica.h>

#include "backups/schedule.h"
#include "http/disk_space.h"
#include "http/exchange.h"

#include <array>

namespace tessera::http {

class Metrics {
public:
    void        count(Route route, int status, std::chrono::nanoseconds taken);
    void        connection_opened() { ++connections_; }
    void        connection_closed() { --connections_; }
    void        stream_opened() { ++streams_; }
    void        stream_closed() { --streams_; }
    std::size_t streams() const { return static_cast<std::size_t>(streams_.load()); }
    void        connection_refused() { ++refused_connections_; }
    void        request_too_soon() { ++requests_too_soon_; }
    std::size_t connections() const { return static_cast<std::size_t>(connections_.load()); }

    // What others know, beside what is counted here.
    struct Around {
        Suite::Status    suite{};
        const Replica*   replica = nullptr;
        const backups::Schedule* backups = nullptr;
        DiskSpace::State disk{};
        std::vector<containment::Meter*> plugins{};
        std::uint64_t    log_lines_lost = 0;
    };
    std::string text(const Around& around) const;

private:
    static constexpr std::size_t           route_count = static_cast<std::size_t>(Route::none) + 1;
    static constexpr std::array<double, 8> bounds{0.0005, 0.001, 0.005, 0.02, 0.1, 0.5, 2.5, 30};  // seconds

    struct Counters {
        std::array<std::atomic<std::uint64_t>, 6>                 answers{};  // by first digit of the status
        std::array<std::atomic<std::uint64_t>, bounds.size() + 1> durations{};
        std::atomic<std::uint64_t>                                nanoseconds{0};
    };
    std::array<Counters, route_count> routes_{};
    std::atomic<std::int64_t>         connections_{0}, streams_{0};
    std::atomic<std::uint64_t>        refused_connections_{0}, requests_too_soon_{0};
};

}  // namespace tessera::http
