#pragma once
// Whether there is room for changes where the books lie. A disk that runs full refuses changes by itself and loses nothing,
// but others on it suffer first; so changes end earlier, at a mark the operator sets, while everything is still read. When
// there is room again they go on by themselves.
//
//     DiskSpace disk({.stop_writing_below = 512 << 20}, free_bytes_of("/srv/tessera"), note);
//     disk.check_change();                                  // Refused "kernel.disk_nearly_full", 507
//
// The disk is asked at most twice a second, by whoever comes then. Any thread.

#include <tessera/http_server.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

namespace tessera::http {

class DiskSpace {
public:
    using Probe = std::function<std::optional<std::uint64_t>()>;  // free bytes; nothing when that cannot be told
    using Clock = std::chrono::steady_clock;

    // `note` is told once whenever a mark is passed, in either direction.
    DiskSpace(ServeDisk marks, Probe probe, std::function<void(std::string_view)> note);

    struct State {
        std::uint64_t free  = 0;
        bool          known = false, low = false, full = false;
    };
    State       look(Clock::time_point now = Clock::now());
    std::string trouble() const;  // what is to be done when it is full
    void        check_change();

private:
    State measured();
    void  tell(const State& before, const State& after) const;

    ServeDisk                             marks_;
    Probe                                 probe_;
    std::function<void(std::string_view)> note_;
    std::mutex                            mutex_{};
    Clock::time_point                     next_{};
    State                                 state_{};
};

// Of the file system on which this folder or file lies; a folder that is "" is none.
DiskSpace::Probe free_bytes_of(std::string place);

std::string shown_size(std::uint64_t bytes);  // "512 MiB"

}  // namespace tessera::http
