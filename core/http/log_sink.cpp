#include "http/log_sink.h"

#include <tessera/refused.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace tessera::http {
namespace log_sink {

int opened(const std::string& file) { return ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640); }

// How much of it could be written.
std::size_t written(int descriptor, std::string_view bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        done += static_cast<std::size_t>(count);
    }
    return done;
}

}  // namespace log_sink

LogSink::LogSink(std::string file) : file_(std::move(file)), descriptor_(file_.empty() ? STDERR_FILENO : log_sink::opened(file_)) {
    if (descriptor_ < 0)
        throw Refused("kernel.no_log", "To log to {}, name a file that can be written ({}).", file_, std::strerror(errno));
}

LogSink::~LogSink() {
    if (!file_.empty()) ::close(descriptor_);
}

void LogSink::reopen() {
    if (file_.empty()) return;
    const std::lock_guard lock(mutex_);
    const int             fresh = log_sink::opened(file_);
    if (fresh < 0) return;
    ::close(std::exchange(descriptor_, fresh));
    cut_ = false;
}

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
    std::string line = cut_ ? "\n" : "";
    line.append(message.payload.data(), message.payload.size()) += '\n';
    const auto done = log_sink::written(descriptor_, line);
    if (done == line.size()) {
        cut_ = false;
        return;
    }
    cut_ = cut_ ? done != 1 : done != 0;
    ++lost_;
}

}  // namespace tessera::http
