#include "database/writer_pieces.h"

#include <utility>

namespace tessera::database::writer {

void Answer::give(std::exception_ptr failure) {
    const std::lock_guard guard{mutex_};  // held while notifying: the waiter destroys this as soon as it wakes
    failure_ = std::move(failure);
    given_   = true;
    arrived_.notify_one();
}

void Answer::wait() {
    std::unique_lock guard{mutex_};
    arrived_.wait(guard, [&] { return given_; });
    if (failure_) std::rethrow_exception(failure_);
}

std::string code_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Refused& refused) {
        return refused.code();
    } catch (...) {
        return {};
    }
}

bool is_conflict(const std::exception_ptr& failure) { return failure && code_of(failure) == "kernel.conflict"; }

std::string sentence_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        return exception.what();
    } catch (...) {
        return "unknown failure";
    }
}

Refused group_undone() {
    return Refused("kernel.group_undone", "To save this, try again: it was undone together with another change.")
        .with_status(503);
}

void answer(Writer::Work& work, std::exception_ptr failure) noexcept {
    try {
        if (work.done) work.done(std::move(failure));
    } catch (...) {  // what is durable stays durable, whether or not the one who asked could take the answer
    }
    work = {};
}

}  // namespace tessera::database::writer
