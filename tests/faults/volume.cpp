#include "volume.h"

#include <linux/types.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>

namespace faults {

namespace {

constexpr unsigned long shutdown_request = _IOR('X', 125, __u32);  // FS_IOC_SHUTDOWN
constexpr __u32         without_log      = 2;                      // the journal in memory is lost too

void run_or_leave(const std::vector<std::string>& words) {
    const auto ended = whole::run(words, {.directory = "/"});
    if (ended.code != 0) throw NoVolume(words.front() + ": " + ended.errors);
}

// Once: what this process mounts from now on is seen by it and what it starts alone, and ends with them.
void leave_the_mounts_of_others() {
    static const bool left = ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    if (!left) throw NoVolume("it needs the right to mount a disk");
}

}  // namespace

Volume::Volume() {
    leave_the_mounts_of_others();
    std::filesystem::create_directory(folder_ / "disk");
    const auto image = (folder_ / "image").string();
    run_or_leave({"truncate", "-s", "256M", image});
    run_or_leave({"mkfs.ext4", "-q", "-F", image});
    mount();
}

Volume::~Volume() { ::umount2((folder_ / "disk").c_str(), MNT_DETACH); }

// The journal is written when a file is made durable and else hardly ever, so that what was not made durable is lost.
void Volume::mount() {
    run_or_leave({"mount", "-t", "ext4", "-o", "loop,commit=300", (folder_ / "image").string(), (folder_ / "disk").string()});
}

void Volume::unmount() {
    for (int i = 0; i < 100; ++i) {
        if (::umount((folder_ / "disk").c_str()) == 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    throw std::runtime_error("somebody still has something open on the volume");
}

void Volume::cut() {
    const int   disk = ::open((folder_ / "disk").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const __u32 how  = without_log;
    const int   cut  = ::ioctl(disk, shutdown_request, &how);
    ::close(disk);
    if (cut != 0) throw NoVolume("its power cannot be cut");
}

void Volume::come_back() {
    unmount();
    mount();
}

}  // namespace faults
