#pragma once
// Where lines of the log go: standard error, or the end of a file. A line that finds no room is counted and dropped; nothing
// is thrown, and the next one is tried again.
//
//     LogSink sink("/var/log/tessera/tessera.log");
//     sink.reopen();                                   // after it has been moved away

#include <spdlog/sinks/base_sink.h>

#include <atomic>
#include <mutex>
#include <string>

namespace tessera::http {

class LogSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit LogSink(std::string file);  // "": standard error; Refused "kernel.no_log"
    ~LogSink() override;

    void          reopen();  // where that fails, the file of before is written on
    std::uint64_t lost() const { return lost_; }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}

private:
    std::string                file_;
    int                        descriptor_ = -1;
    bool                       cut_        = false;  // the last line has no end
    std::atomic<std::uint64_t> lost_{0};
};

}  // namespace tessera::http
