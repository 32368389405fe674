#pragma once
// Which commits are on disk, and who waits for that. The writer commits without waiting for the disk, so that it works on
// while another thread syncs the log; nobody is shown what a power cut could still take back:
//
//     const auto commit = durability.begin_commit();  // from now on a reader may see it …
//     connection.commit();
//     durability.sync(commit);                        // … and waits in await() until this has returned
//
// A commit that failed is passed to sync() like one that succeeded: nobody must wait for it for ever. When the disk fails,
// sync() throws, then and ever after, though the disk may seem well again: what it did not take is lost to the system. From
// then on await() refuses with "kernel.storage_failed" (503). All functions may be called from any thread.

#include "database/engine.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace tessera::database {

class Durability {
public:
    explicit Durability(Engine& engine) : engine_(engine) {}

    std::uint64_t begin_commit() { return ++begun_; }
    void          sync(std::uint64_t commit);
    // Until all that a snapshot taken before this call can see is on disk; refused with "kernel.too_busy" (503) when the
    // disk takes longer than that.
    void          await(std::chrono::milliseconds at_most = std::chrono::seconds(5));

private:
    void    fail(std::string sentence);
    Refused refusal() const;

    Engine&                    engine_;
    std::atomic<std::uint64_t> begun_{0}, durable_{0};
    std::mutex                 mutex_;
    std::condition_variable    arrived_;
    std::optional<std::string> failed_;
};

}  // namespace tessera::database
