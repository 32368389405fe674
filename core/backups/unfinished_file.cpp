#include "backups/unfinished_file.h"

#include <tessera/refused.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

namespace tessera::backups {

namespace unfinished {

namespace fs = std::filesystem;

constexpr std::string_view mark = ".tessera-making-";

fs::path folder_of(const std::string& place) {
    const auto folder = fs::path(place).parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

Refused failure(const std::string& place) {
    return Refused("kernel.no_folder", "To make {}, name a folder that is there and can be written: {}.", place, std::generic_category().message(errno));
}
Refused exists(const std::string& place) { return Refused("kernel.file_exists", "To make {}, name a file that does not exist yet: it does.", place); }

std::vector<fs::path> left_over_in(const fs::path& folder, std::string_view beginning) {
    std::vector<fs::path> all;
    std::error_code       error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto name = it->path().filename().string();
        if (name.find(mark) != std::string::npos && name.starts_with(beginning)) all.push_back(it->path());
    }
    return all;
}

// With what engines put beside it: logs, locks.
void remove_all_of(const fs::path& file) {
    std::error_code ignored;
    for (const auto& beside : left_over_in(folder_of(file), file.filename().string()))
        if (beside != file) fs::remove(beside, ignored);
    fs::remove(file, ignored);
}

bool is_being_made(const fs::path& file) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) return false;
    const bool taken = ::flock(opened, LOCK_EX | LOCK_NB) != 0;
    ::close(opened);
    return taken;
}

void sweep(const fs::path& folder) {
    for (const auto& file : left_over_in(folder, "")) {
        const auto name   = file.filename().string();
        const auto number = name.find(mark) + mark.size();
        const auto whole  = folder / name.substr(0, name.find_first_not_of("0123456789_", number));
        if (!is_being_made(whole)) remove_all_of(whole);
    }
}

void make_folder_durable(const std::string& place) {
    const int folder = ::open(folder_of(place).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) throw failure(place);
    const int result = ::fsync(folder);
    ::close(folder);
    if (result != 0) throw failure(place);
}

// Some file systems cannot refuse to replace.
int rename_to_free_place(const std::string& name, const std::string& place) {
    if (::renameat2(AT_FDCWD, name.c_str(), AT_FDCWD, place.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    if (::access(place.c_str(), F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return ::rename(name.c_str(), place.c_str());
}

}  // namespace unfinished

UnfinishedFile::UnfinishedFile(std::string place) : place_(std::move(place)) {
    static std::atomic<int> made{0};
    if (unfinished::fs::exists(unfinished::fs::symlink_status(place_))) throw unfinished::exists(place_);
    unfinished::sweep(unfinished::folder_of(place_));
    name_ = place_ + std::string(unfinished::mark) + std::to_string(::getpid()) + "_" + std::to_string(++made);
    file_ = ::open(name_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file_ < 0) throw unfinished::failure(place_);
    ::flock(file_, LOCK_EX | LOCK_NB);
}

UnfinishedFile::~UnfinishedFile() {
    if (!name_.empty()) unfinished::remove_all_of(name_);
    ::close(file_);
}

void UnfinishedFile::publish(int mode) {
    if (::fchmod(file_, static_cast<mode_t>(mode)) != 0 || ::fsync(file_) != 0) throw unfinished::failure(place_);
    if (unfinished::rename_to_free_place(name_, place_) != 0) throw errno == EEXIST ? unfinished::exists(place_) : unfinished::failure(place_);
    name_.clear();
    unfinished::make_folder_durable(place_);
}

}  // namespace tessera::backups
