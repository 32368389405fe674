#include "http/log.h"

#include <tessera/date.h>
#include <tessera/json.h>
#include <tessera/text.h>

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>

#include "http/log_sink.h"

namespace tessera::http {
namespace log {

using spdlog::level::level_enum;

constexpr std::size_t text_bytes_max = 500;

std::string_view name_of(level_enum level) {
    return level == level_enum::err ? "error" : level == level_enum::warn ? "warning" : "info";
}

level_enum level_of(ServeLog::Level level) {
    return level == ServeLog::Level::error ? level_enum::err : level == ServeLog::Level::warning ? level_enum::warn : level_enum::info;
}

}  // namespace log

struct Log::State {
    ServeLog                                      options;
    std::shared_ptr<spdlog::details::thread_pool> thread = std::make_shared<spdlog::details::thread_pool>(8192, 1);
    std::shared_ptr<LogSink>                      sink;
    std::shared_ptr<spdlog::async_logger>         out;

    explicit State(ServeLog given)
        : options(std::move(given)),
          sink(std::make_shared<LogSink>(options.file)),
          out(std::make_shared<spdlog::async_logger>("http", sink, thread, spdlog::async_overflow_policy::overrun_oldest)) {
        out->set_level(log::level_of(options.level));
    }
    bool is_json() const { return options.format == ServeLog::Format::json; }
    void write(log::level_enum level, std::string_view line) { out->log(level, spdlog::string_view_t(line.data(), line.size())); }
    // A line of one sentence.
    void tell(log::level_enum level, std::string_view id, std::string_view name, std::string_view what);
};

void Log::State::tell(log::level_enum level, std::string_view id, std::string_view name, std::string_view what) {
    if (!out->should_log(level)) return;
    const auto time = Instant::now().str();
    const auto told = excerpt(what, log::text_bytes_max);
    if (!is_json()) return write(level, fmt::format("{} {} {}{}{}", time, log::name_of(level), told, id.empty() ? "" : ", request ", id));
    std::string line;
    JsonWriter  json(line);
    json.begin_object();
    json.member("time", time);
    json.member("level", log::name_of(level));
    if (!id.empty()) json.member("request", id);
    json.member(name, told);
    json.end_object();
    write(level, line);
}

Log::Log(ServeLog options) : state_(std::make_unique<State>(std::move(options))) {}
Log::~Log() = default;

void Log::request(std::string_view id, std::string_view method, std::string_view path, int status, double milliseconds) {
    const auto level = status >= 500 ? log::level_enum::err : status >= 400 ? log::level_enum::warn : log::level_enum::info;
    if (!state_->out->should_log(level)) return;
    const auto time = Instant::now().str();
    // Whoever did not get as far as a request has neither.
    const auto verb = excerpt(method.empty() ? "-" : method, 32), asked = excerpt(path.empty() ? "-" : path, log::text_bytes_max);
    if (!state_->is_json())
        return state_->write(level, fmt::format("{} {} {} {} {} in {:.3f} ms, request {}", time, log::name_of(level), verb, asked, status, milliseconds, id));
    std::string line;
    JsonWriter  json(line);
    json.begin_object();
    json.member("time", time);
    json.member("level", log::name_of(level));
    json.member("request", id);
    json.member("method", verb);
    json.member("path", asked);
    json.member("status", status);
    json.key("milliseconds").raw(fmt::format("{:.3f}", milliseconds));
    json.end_object();
    state_->write(level, line);
}

void Log::failure(std::string_view id, std::string_view what) { state_->tell(log::level_enum::err, id, "failure", what); }
void Log::warn(std::string_view what) { state_->tell(log::level_enum::warn, {}, "note", what); }
void Log::note(std::string_view what) { state_->tell(log::level_enum::info, {}, "note", what); }

void          Log::reopen() { state_->sink->reopen(); }
std::uint64_t Log::lost() const { return state_->sink->lost() + state_->thread->overrun_counter(); }

}  // namespace tessera::http
