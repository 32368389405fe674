#pragma once
// For tests: a disk that keeps of a write only what was synced, until the power fails. While it lives, the files that SQLite opens
// are its: what was written since the last sync of a file is remembered, and at a power cut any part of it is on the disk, in
// pieces of 512 bytes and in no order, the rest is not.
//
//     TornDisk disk;
//     disk.cut_at(17, random);                 // before the 17th write, cut or sync from now on
//     …                                        // work: it goes on as if nothing had happened
//     if (disk.was_cut()) disk.leave_in(file, copy);   // what of `file` and its log would have been there
//
// A sync does not reach the real disk: that makes a thousand power cuts quick. One per process at a time; from any thread.

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace tessera::database::sqlite {

class TornDisk {
public:
    static constexpr std::size_t sector = 512;

    TornDisk() {
        self()        = this;
        real_open_    = files_->xOpen;
        files_->xOpen = &TornDisk::open;
    }
    ~TornDisk() {
        files_->xOpen = real_open_;
        self()        = nullptr;
    }
    TornDisk(const TornDisk&)            = delete;
    TornDisk& operator=(const TornDisk&) = delete;

    // `at_cut` is called at that moment, with the work standing still.
    void cut_at(std::uint64_t operation, std::uint64_t seed, std::function<void()> at_cut) {
        const std::lock_guard guard{mutex_};
        left_   = operation;
        at_cut_ = std::move(at_cut);
        random_.seed(seed);
        left_behind_.clear();
        cut_ = false;
    }
    bool was_cut() {
        const std::lock_guard guard{mutex_};
        return cut_;
    }
    // The cut, now, if it has not been.
    void cut() {
        const std::lock_guard guard{mutex_};
        if (!cut_) take_picture();
    }
    // A sync past SQLite: the engine's own, of the log.
    void synced(const std::string& file) {
        const std::lock_guard guard{mutex_};
        settle(contents_[file]);
    }
    void leave_in(const std::string& file, const std::string& copy) {
        const std::lock_guard guard{mutex_};
        for (const char* suffix : {"", "-wal"})
            if (const auto found = left_behind_.find(file + suffix); found != left_behind_.end())
                std::ofstream(copy + suffix, std::ios::binary).write(found->second.data(), static_cast<std::streamsize>(found->second.size()));
    }

private:
    struct Change {
        std::size_t at = 0;
        std::string bytes{};       // written there; empty: the file was cut to `at`
    };
    struct Contents {
        std::string         durable{};
        bool                exists = false;  // its name is durable
        std::vector<Change> pending{};
    };
    struct File {
        sqlite3_io_methods        methods;  // first: SQLite's pointer to the methods is one to this
        const sqlite3_io_methods* real;
        std::string               name;
    };

    static TornDisk*& self() {
        static TornDisk* disk = nullptr;
        return disk;
    }
    static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(const_cast<sqlite3_io_methods*>(file->pMethods)); }

    static int open(sqlite3_vfs* files, sqlite3_filename name, sqlite3_file* file, int flags, int* flags_out) {
        const int code = self()->real_open_(files, name, file, flags, flags_out);
        if (code != SQLITE_OK || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL))) return code;
        auto* const watched        = new File{*file->pMethods, file->pMethods, name};
        watched->methods.xClose    = &TornDisk::close;
        watched->methods.xWrite    = &TornDisk::write;
        watched->methods.xTruncate = &TornDisk::truncate;
        watched->methods.xSync     = &TornDisk::sync;
        file->pMethods             = &watched->methods;
        self()->begin_with(name);
        return code;
    }
    static int close(sqlite3_file* file) {
        File* const watched = &of(file);
        file->pMethods      = watched->real;
        delete watched;
        return file->pMethods->xClose(file);
    }
    static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
        self()->note(of(file).name, {static_cast<std::size_t>(at), std::string(static_cast<const char*>(data), static_cast<std::size_t>(size))});
        return of(file).real->xWrite(file, data, size, at);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        self()->note(of(file).name, {static_cast<std::size_t>(size), {}});
        return of(file).real->xTruncate(file, size);
    }
    static int sync(sqlite3_file* file, int) {
        const std::lock_guard guard{self()->mutex_};
        self()->count();
        self()->settle(self()->contents_[of(file).name]);
        return SQLITE_OK;
    }

    void begin_with(const std::string& name) {
        const std::lock_guard guard{mutex_};
        if (contents_.contains(name)) return;
        auto&         contents = contents_[name];
        std::ifstream in(name, std::ios::binary | std::ios::ate);
        contents.durable.resize(static_cast<std::size_t>(std::max<std::streamoff>(in.tellg(), 0)));
        in.seekg(0).read(contents.durable.data(), static_cast<std::streamsize>(contents.durable.size()));
        contents.exists = !contents.durable.empty();
    }
    void note(const std::string& name, Change change) {
        const std::lock_guard guard{mutex_};
        count();
        contents_[name].pending.push_back(std::move(change));
    }
    void count() {
        if (left_ > 0 && --left_ == 0) take_picture();
    }

    static void put(std::string& bytes, std::size_t at, std::string_view part) {
        if (bytes.size() < at + part.size()) bytes.resize(at + part.size(), '\0');
        std::memcpy(bytes.data() + at, part.data(), part.size());
    }
    static void apply(std::string& bytes, const Change& change) {
        if (!change.bytes.empty())
            put(bytes, change.at, change.bytes);
        else if (bytes.size() > change.at)
            bytes.resize(change.at);
    }
    static void settle(Contents& contents) {
        for (const auto& change : contents.pending) apply(contents.durable, change);
        contents.pending.clear();
        contents.exists = true;
    }

    // Each file by its own luck: none of what was pending, all of it, or any pieces.
    void take_picture() {
        cut_  = true;
        left_ = 0;
        if (at_cut_) at_cut_();
        for (const auto& [name, contents] : contents_) {
            const auto luck = random_() % 5;
            if (!contents.exists && luck == 0) continue;
            auto bytes = contents.durable;
            for (const auto& change : contents.pending) survive(bytes, change, luck * 25);
            left_behind_.emplace(name, std::move(bytes));
        }
    }
    void survive(std::string& bytes, const Change& change, std::uint64_t percent) {
        if (change.bytes.empty()) {
            if (random_() % 100 < percent) apply(bytes, change);
            return;
        }
        const std::string_view whole = change.bytes;
        for (std::size_t from = 0; from < whole.size();) {
            const auto to = std::min(whole.size(), from + sector - (change.at + from) % sector);
            if (random_() % 100 < percent) put(bytes, change.at + from, whole.substr(from, to - from));
            from = to;
        }
    }

    sqlite3_vfs*                       files_ = sqlite3_vfs_find("unix");
    decltype(sqlite3_vfs::xOpen)       real_open_;
    std::mutex                         mutex_;
    std::map<std::string, Contents>    contents_;
    std::map<std::string, std::string> left_behind_;
    std::mt19937_64                    random_;
    std::function<void()>              at_cut_;
    std::uint64_t                      left_ = 0;
    bool                               cut_  = false;
};

}  // namespace tessera::database::sqlite
