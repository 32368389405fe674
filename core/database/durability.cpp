#include "database/durability.h"

#include <algorithm>

namespace tessera::database {

void Durability::sync(std::uint64_t commit) {
    if (durable_ >= commit) return;
    engine_.make_durable();
    {
        const std::lock_guard guard{mutex_};
        durable_ = std::max<std::uint64_t>(durable_, commit);
    }
    arrived_.notify_all();
}

void Durability::fail(std::string sentence) {
    {
        const std::lock_guard guard{mutex_};
        if (!failed_) failed_ = std::move(sentence);
    }
    arrived_.notify_all();
}

void Durability::await() {
    const std::uint64_t seen = begun_;
    if (durable_ >= seen) return;
    std::unique_lock guard{mutex_};
    arrived_.wait(guard, [&] { return durable_ >= seen || failed_; });
    if (durable_ < seen) throw Refused(Refused::Plain{}, "kernel.storage_failed", *failed_).with_status(503);
}

}  // namespace tessera::database
