#include "http/disk_space.h"

#include <sys/statvfs.h>

namespace tessera::http {
namespace disk_space {

constexpr auto look_again_after = std::chrono::milliseconds(500);

}  // namespace disk_space

DiskSpace::DiskSpace(ServeDisk marks, Probe probe, std::function<void(std::string_view)> note)
    : marks_(std::move(marks)), probe_(std::move(probe)), note_(std::move(note)) {}

DiskSpace::State DiskSpace::measured() {
    const auto free = probe_();
    if (!free) return {};
    return {.free = *free, .known = true, .low = *free < marks_.warn_below, .full = *free < marks_.stop_writing_below};
}

DiskSpace::State DiskSpace::look(Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (now < next_) return state_;
    next_             = now + disk_space::look_again_after;
    const auto before = std::exchange(state_, measured());
    tell(before, state_);
    return state_;
}

void DiskSpace::tell(const State& before, const State& after) const {
    if (after.full && !before.full) return note_(trouble() + " Until then changes are refused.");
    if (before.full && !after.full) note_(fmt::format("Changes are taken again: {} are free where the books lie.", shown_size(after.free)));
    if (after.low && !before.low)
        note_(fmt::format("To take changes for longer, make room where the books lie: {} are free there.", shown_size(after.free)));
}

std::string DiskSpace::trouble() const {
    return fmt::format("To take changes, make room where the books lie: less than {} are free there.", shown_size(marks_.stop_writing_below));
}

void DiskSpace::check_change() {
    if (marks_.stop_writing_below && look().full) throw Refused(Refused::Plain{}, "kernel.disk_nearly_full", trouble()).with_status(507);
}

DiskSpace::Probe free_bytes_of(std::string place) {
    return [place = std::move(place)]() -> std::optional<std::uint64_t> {
        struct statvfs found {};
        if (place.empty() || ::statvfs(place.c_str(), &found) != 0) return std::nullopt;
        return static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
    };
}

std::string shown_size(std::uint64_t bytes) {
    if (bytes >= 10ULL << 30) return fmt::format("{} GiB", bytes >> 30);
    if (bytes >= 1 << 20) return fmt::format("{} MiB", bytes >> 20);
    return fmt::format("{} KiB", bytes >> 10);
}

}  // namespace tessera::http
