#include "output.h"

#include <tessera/refused.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tessera::program {

namespace output {

Refused failure(std::string_view where) {
    return Refused("kernel.output_failed", "To get the whole result, make room for it: {} cannot be written ({}).",
                   where, std::strerror(errno));
}

// A device or a pipe has no place beside it to prepare the file in.
bool is_special(const std::string& file) {
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

}  // namespace output

void print(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw output::failure("standard output");
}

void finish_output() {
    if (std::fflush(stdout) != 0 || std::ferror(stdout)) throw output::failure("standard output");
}

void complain(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

OutputFile::OutputFile(std::string file) : file_(std::move(file)) {
    beside_     = output::is_special(file_) ? "" : file_ + ".part";
    descriptor_ = beside_.empty() ? ::open(file_.c_str(), O_WRONLY | O_CLOEXEC)
                                  : ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw output::failure(file_);
}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!beside_.empty()) ::unlink(beside_.c_str());
}

void OutputFile::write(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() >= 1 << 20) flush();
}

void OutputFile::flush() {
    std::string_view rest = waiting_;
    while (!rest.empty()) {
        const auto written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw output::failure(file_);
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    waiting_.clear();
}

void OutputFile::keep() {
    flush();
    if (!beside_.empty() && (::fsync(descriptor_) != 0 || ::rename(beside_.c_str(), file_.c_str()) != 0))
        throw output::failure(file_);
    beside_.clear();
}

void write_to(const std::string& file, const std::function<void(const std::function<void(std::string_view)>&)>& work) {
    if (file.empty()) return work(print);
    OutputFile output(file);
    work([&](std::string_view bytes) { output.write(bytes); });
    output.keep();
}

bool output_is_terminal() { return ::isatty(STDOUT_FILENO) == 1; }

}  // namespace tessera::program
