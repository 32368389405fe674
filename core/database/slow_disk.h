#pragma once
// For tests of the writer: a table of parties, a disk that takes its time, and one that fails for good.
//
//     OnSlowDisk slow;
//     slow.submit(1);                // runs and is committed …
//     slow.disk.wait_for_sync(1);    // … and waits for the disk
//     slow.disk.let_through(1);

#include "database/scratch_database.h"
#include "database/writer.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <utility>

namespace tessera::database::writer_test {

struct Parties : ScratchDatabase {
    Parties() {
        auto connection = engine->connect(Access::write);
        connection->create({.name    = "party",
                            .columns = {{.name = "name", .unique = true},
                                        {.name = "parent", .type = ColumnType::integer, .references = "party"}}});
        reader = engine->connect(Access::read);
    }
    std::int64_t                count() { return number(*reader, "SELECT count(*) FROM party"); }
    std::unique_ptr<Connection> reader;
};

inline void insert(Connection& connection, std::int64_t id, std::int64_t parent = 0) {
    Statement& statement = connection.prepare("INSERT INTO party (id, parent) VALUES (:id, nullif(:parent, 0))");
    statement.bind(1, id);
    statement.bind(2, parent);
    statement.step();
}

// The same database on a disk that takes its time: a sync waits until it is let through.
class SlowDisk final : public Engine {
public:
    explicit SlowDisk(Engine& engine) : engine_(engine) {}

    std::string                 name() const override { return engine_.name(); }
    std::unique_ptr<Connection> connect(Access access) override { return engine_.connect(access); }
    void                        lock_for_writing(std::string_view note) override { engine_.lock_for_writing(note); }
    void                        change_lock_note(std::string_view note) override { engine_.change_lock_note(note); }
    std::optional<std::string>  lock_holder() override { return engine_.lock_holder(); }
    std::vector<Profile>        profile() override { return engine_.profile(); }
    void                        checkpoint(Connection& writer) override { engine_.checkpoint(writer); }
    std::vector<std::string>    check_integrity(Connection& reader) override { return engine_.check_integrity(reader); }
    void                        make_durable() override {
        std::unique_lock guard{mutex_};
        ++syncs_;
        changed_.notify_all();
        changed_.wait(guard, [&] { return let_through_ > 0; });
        --let_through_;
        if (std::exchange(fails_once_, false)) throw Refused("kernel.storage_failed", "To pass, fail once.").with_status(503);
        engine_.make_durable();
        ++finished_;
    }

    void fail_once() {
        const std::lock_guard guard{mutex_};
        fails_once_ = true;
    }
    void let_through(int syncs) {
        const std::lock_guard guard{mutex_};
        let_through_ += syncs;
        changed_.notify_all();
    }
    void wait_for_sync(int number) {
        std::unique_lock guard{mutex_};
        changed_.wait(guard, [&] { return syncs_ >= number; });
    }
    int finished() {
        const std::lock_guard guard{mutex_};
        return finished_;
    }

private:
    Engine&                 engine_;
    std::mutex              mutex_;
    std::condition_variable changed_;
    int                     syncs_ = 0, let_through_ = 0, finished_ = 0;
    bool                    fails_once_ = false;
};

// In a child process, so that what is done to it (limits, filters, kills) ends with it.
template <class Work>
bool in_a_child(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        bool good = false;
        try {
            good = work();
        } catch (...) {
        }
        ::_exit(good ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// From now on every fsync and fdatasync of this process, in all its threads, fails with an input/output error.
inline bool break_the_disk() {
    sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fsync, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fdatasync, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EIO),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{.len = std::size(program), .filter = program};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

struct OnSlowDisk : Parties {
    void submit(std::int64_t id) {
        writer.submit({.run = [this, id](Connection& connection) { insert(connection, id); ++ran; ran.notify_all(); },
                       .done = [this](std::exception_ptr failure) { refused += failure ? 1 : 0; ++answered; answered.notify_all(); }});
    }
    static void wait_until(const std::atomic<int>& count, int wanted) {
        for (int now = count; now < wanted; now = count) count.wait(now);
    }
    std::atomic<int> ran{0}, answered{0}, refused{0};
    SlowDisk         disk{*engine};
    Writer           writer{disk};
};

}  // namespace tessera::database::writer_test
