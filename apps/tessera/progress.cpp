#include "progress.h"

#include "output.h"

#include <fmt/format.h>

#include <unistd.h>

namespace tessera::program {

Progress::Progress(bool asked_for) : terminal_(::isatty(STDERR_FILENO) == 1), wanted_(terminal_ || asked_for) {}

Progress::~Progress() {
    if (shown_ && terminal_) complain("\r\033[K");
}

void Progress::tell(std::string_view what, std::int64_t done, std::int64_t total) {
    if (!wanted_) return;
    const auto now = std::chrono::steady_clock::now();
    if (shown_ && now - last_ < (terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(1000))) return;
    last_           = now;
    shown_          = true;
    const auto line = total > 0 ? fmt::format("{}: {} of {}", what, done, total) : std::string(what);
    complain(terminal_ ? fmt::format("\r\033[K{}", line) : line + "\n");
}

}  // namespace tessera::program
