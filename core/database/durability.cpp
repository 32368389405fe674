#include "database/durability.h"

#include <algorithm>

namespace tessera::database {

void Durability::sync(std::uint64_t commit) {
    if (durable_ >= commit) return;
    {
        const std::lock_guard guard{mutex_};
        if (failed_) throw refusal();
    }
    try {
        engine_.make_durable();
    } catch (const std::exception& failure) {
        fail(failure.what());
        throw;
    }
    {
        const std::lock_guard guard{mutex_};
        durable_ = std::max<std::uint64_t>(durable_, commit);
    }
    arrived_.notify_all();
}

Refused Durability::refusal() const { return Refused(Refused::Plain{}, "kernel.storage_failed", *failed_).with_status(503); }

void Durability::fail(std::string sentence) {
    {
        const std::lock_guard guard{mutex_};
        failed_ = std::move(sentence);
    }
    arrived_.notify_all();
}

void Durability::await(std::chrono::milliseconds at_most) {
    const std::uint64_t seen = begun_;
    if (durable_ >= seen) return;
    std::unique_lock guard{mutex_};
    const bool answered = arrived_.wait_for(guard, at_most, [&] { return durable_ >= seen || failed_; });
    if (durable_ >= seen) return;
    if (answered) throw refusal();
    throw Refused("kernel.too_busy", "To see this, try again in a moment: the disk has not taken the last changes yet.").with_status(503);
}

}  // namespace tessera::database
