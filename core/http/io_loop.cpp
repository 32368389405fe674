#include "http/io_loop.h"

#include "http/connection.h"

#include <boost/asio/post.hpp>

#include <ctime>

namespace tessera::http {
namespace io_loop {

constexpr std::chrono::milliseconds tick_time{500};

// Names of days and months as HTTP wants them, whatever the locale.
std::string http_date(std::time_t now) {
    static constexpr const char* days[]   = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm                      t{};
    gmtime_r(&now, &t);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                       t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

}  // namespace io_loop

IoLoop::IoLoop() : date_(io_loop::http_date(std::time(nullptr))) {}
IoLoop::~IoLoop() { join(); }

void IoLoop::run() {
    boost::asio::post(context_, [this] { tick(); });
    thread_ = std::thread([this] { context_.run(); });
}

void IoLoop::finish() {
    boost::asio::post(context_, [this] {
        finishing_ = true;
        guard_.reset();
        timer_.cancel();
    });
}

void IoLoop::join() {
    if (thread_.joinable()) thread_.join();
}

void IoLoop::tick() {
    if (finishing_) return;
    date_ = io_loop::http_date(std::time(nullptr));
    for_each([now = std::chrono::steady_clock::now()](Connection& connection) { connection.check_time(now); });
    timer_.expires_after(io_loop::tick_time);
    timer_.async_wait([this](const boost::system::error_code&) { tick(); });
}

}  // namespace tessera::http
