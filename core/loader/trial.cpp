#include "loader/trial.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

namespace tessera::loader {

namespace trial {

constexpr char finished = '\x04';      // ends the trail of steps, each of which ends with a line break

void write_all(int pipe, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const auto written = ::write(pipe, text.data() + done, text.size() - done);
        if (written <= 0) _exit(1);
        done += static_cast<std::size_t>(written);
    }
}

[[noreturn]] void run_child(const std::function<void(const AboutTo&)>& work, int pipe) {
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (int standard = 0; standard < 3; ++standard) ::dup2(nowhere, standard);
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    try {
        work([&](const std::string& step) { write_all(pipe, step + "\n"); });
    } catch (...) {      // the parent will meet the same exception, and can tell of it
    }
    write_all(pipe, std::string(1, finished));
    _exit(0);
}

// Reads until the child closes its end; false when it was silent for too long.
bool follow(int pipe, std::string& trail, std::chrono::milliseconds step_max) {
    for (char buffer[4096];;) {
        pollfd    wait{pipe, POLLIN, 0};
        const int ready = ::poll(&wait, 1, static_cast<int>(step_max.count()));
        if (ready == 0) return false;
        if (ready < 0 && errno == EINTR) continue;
        const auto got = ready < 0 ? -1 : ::read(pipe, buffer, sizeof buffer);
        if (got <= 0) return true;
        trail.append(buffer, static_cast<std::size_t>(got));
        if (trail.back() == finished) return true;
    }
}

std::string last_step(const std::string& trail) {
    const auto end = trail.rfind('\n');
    if (end == std::string::npos) return {};
    const auto begin = end == 0 ? std::string::npos : trail.rfind('\n', end - 1);
    return trail.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin + 1));
}

std::string ending_of(int status) {
    if (WIFSIGNALED(status)) return fmt::format("crashed (signal {})", WTERMSIG(status));
    return "ended the process";
}

}  // namespace trial

std::optional<TrialEnd> try_out(const std::function<void(const AboutTo&)>& work, std::chrono::milliseconds step_max) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    std::fflush(nullptr);
    const pid_t child = ::fork();
    if (child == 0) trial::run_child(work, ends[1]);
    ::close(ends[1]);
    std::string trail;
    const bool  answered = child < 0 || trial::follow(ends[0], trail, step_max);
    ::close(ends[0]);
    if (child < 0) return std::nullopt;
    const bool done = !trail.empty() && trail.back() == trial::finished;
    if (!done && !answered) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (done) return std::nullopt;
    return TrialEnd{trial::last_step(trail), answered ? trial::ending_of(status) : fmt::format("did not come to an end within {} milliseconds", step_max.count())};
}

}  // namespace tessera::loader
