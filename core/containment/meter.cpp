#include "containment/meter.h"

#include <exception>

#include <fmt/format.h>

#include "database/rows_stepped.h"

namespace tessera::containment {

namespace metering {

thread_local Meter*             current = nullptr;
thread_local std::exception_ptr blamed{};      // what somebody has been blamed for, on its way outwards

}  // namespace metering

Meter::Counters Meter::counters() const { return {calls_, failures_, rows_, static_cast<double>(nanoseconds_) / 1e9}; }

std::string Meter::why_closed() const {
    const std::lock_guard lock(mutex_);
    return closed_ ? why_ : std::string();
}

void Meter::require_open() const {
    if (!closed_) return;
    throw Refused("plugins.closed", "To use {} again, repair it and release it (tessera plugin release {}): {}", module_, module_, why_closed()).with_status(503);
}

void Meter::close(std::string why) {
    const std::lock_guard lock(mutex_);
    why_    = std::move(why);
    closed_ = true;
}

void Meter::release() {
    const std::lock_guard lock(mutex_);
    in_a_row_.clear();
    closed_ = fails_ = false;
}

void Meter::when_closed(std::function<void(const std::string&)> tell) {
    const std::lock_guard lock(mutex_);
    tell_ = std::move(tell);
}

void Meter::succeeded(const std::string& function) {
    if (!fails_) return;
    const std::lock_guard lock(mutex_);
    in_a_row_.erase(function);
    fails_ = !in_a_row_.empty();
}

void Meter::excuse() { metering::blamed = std::current_exception(); }
bool Meter::is_settled() { return std::current_exception() == metering::blamed; }

void Meter::failed(const std::string& function, const std::string& what) {
    if (is_settled()) return;
    metering::blamed = std::current_exception();
    ++failures_;
    std::function<void(const std::string&)> tell;
    std::string                             why;
    {
        const std::lock_guard lock(mutex_);
        fails_ = true;
        if (++in_a_row_[function] < failures_max || closed_) return;
        why_ = why = fmt::format("{} failed {} times in a row, at last with: {}", function, failures_max, what);
        closed_    = true;
        tell       = tell_;
    }
    if (tell) tell(why);
}

Meter::Call::Call(Meter& meter) : meter_(meter), outer_(metering::current) {
    metering::current = &meter;
    ++meter.calls_;
    if (outer_ == &meter) return;
    from_ = std::chrono::steady_clock::now();
    rows_ = database::rows_stepped;
}

Meter::Call::~Call() {
    metering::current = outer_;
    if (outer_ == &meter_) return;
    meter_.rows_ += database::rows_stepped - rows_;
    meter_.nanoseconds_ += static_cast<std::uint64_t>(std::chrono::nanoseconds(std::chrono::steady_clock::now() - from_).count());
}

}  // namespace tessera::containment
