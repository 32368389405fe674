#include "http/log.h"

#include <tessera/date.h>
#include <tessera/json.h>
#include <tessera/text.h>

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace tessera::http {
namespace log {

class Line {
public:
    explicit Line(std::string_view level) {
        json_.begin_object();
        json_.member("time", Instant::now().str());
        json_.member("level", level);
    }
    Line& member(std::string_view name, std::string_view text) {
        json_.member(name, excerpt(text, 500));
        return *this;
    }
    Line& number(std::string_view name, std::string_view digits) {
        json_.key(name).raw(digits);
        return *this;
    }
    std::string_view end() {
        json_.end_object();
        return text_;
    }

private:
    std::string text_{};
    JsonWriter  json_{text_};
};

}  // namespace log

struct Log::State {
    std::shared_ptr<spdlog::details::thread_pool> thread = std::make_shared<spdlog::details::thread_pool>(8192, 1);
    std::shared_ptr<spdlog::async_logger>         out =
        std::make_shared<spdlog::async_logger>("http", std::make_shared<spdlog::sinks::stderr_sink_mt>(), thread,
                                               spdlog::async_overflow_policy::overrun_oldest);

    State() { out->set_pattern("%v"); }
    void write(spdlog::level::level_enum level, std::string_view line) {
        out->log(level, spdlog::string_view_t(line.data(), line.size()));
    }
};

Log::Log() : state_(std::make_unique<State>()) {}
Log::~Log() = default;

void Log::request(std::string_view id, std::string_view method, std::string_view path, int status,
                  double milliseconds) {
    const bool failed = status >= 500, refused = status >= 400;
    log::Line  line(failed ? "error" : refused ? "warning" : "info");
    line.member("request", id).member("method", method).member("path", path);
    line.number("status", std::to_string(status)).number("milliseconds", fmt::format("{:.3f}", milliseconds));
    state_->write(failed ? spdlog::level::err : refused ? spdlog::level::warn : spdlog::level::info, line.end());
}

void Log::failure(std::string_view id, std::string_view what) {
    log::Line line("error");
    state_->write(spdlog::level::err, line.member("request", id).member("failure", what).end());
}

void Log::note(std::string_view what) {
    log::Line line("info");
    state_->write(spdlog::level::info, line.member("note", what).end());
}

}  // namespace tessera::http
