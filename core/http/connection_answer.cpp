// How a connection answers: whole, or in parts that a worker makes while the client takes them.

#include "http/compression.h"
#include "http/connection.h"
#include "http/problem.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace tessera::http {
namespace connection_answer {

constexpr std::size_t parts_bytes_max    = 256 * 1024;
constexpr int         stream_send_buffer = 32 * 1024;  // what the system keeps for a client that does not read
constexpr auto        write_time         = std::chrono::milliseconds(10'000);
constexpr auto        linger_time        = std::chrono::milliseconds(2'000);

// Sent with every answer. Pages load nothing from elsewhere and cannot be framed; the UI library sets styles inline.
constexpr std::string_view page_policy =
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'\r\n";
// What somebody else made may be looked at, and can do nothing.
constexpr std::string_view foreign_policy = "Content-Security-Policy: sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n";
constexpr std::string_view security_lines =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

bool has_no_body(int status) { return status == 204 || status == 304; }

}  // namespace connection_answer

void Connection::answer(Response response) {
    compress(response, request.accept_encoding);   // here, on the worker's thread
    boost::asio::dispatch(loop_.context().get_executor(), [self = self(), response = std::move(response)]() mutable {
        if (self->phase_ == Phase::working) self->send(std::move(response));
    });
}

void Connection::write_heading(const Response& response, std::string_view length_line) {
    heading_.clear();
    fmt::format_to(std::back_inserter(heading_), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reason_phrase(response.status), loop_.date());
    if (!connection_answer::has_no_body(response.status))
        ((heading_ += "Content-Type: ") += response.content_type) += "\r\n";
    heading_ += length_line;
    if (!response.keepable) heading_ += "Cache-Control: no-store\r\n";
    if (!keeps_)
        heading_ += "Connection: close\r\n";
    else if (old_client_)
        heading_ += "Connection: keep-alive\r\n";
    if (wire_.is_secure()) heading_ += server_.strict_transport;
    heading_ += response.headers;
    heading_ += response.foreign ? connection_answer::foreign_policy : connection_answer::page_policy;
    (heading_ += connection_answer::security_lines) += "\r\n";
}

void Connection::send(Response response) {
    status_   = response.status;
    response_ = std::move(response);
    keeps_    = keeps_ && !response_.closes && !server_.service.stopping;
    std::string length;
    const auto  content = response_.content();
    if (!connection_answer::has_no_body(status_))
        length =
            fmt::format("Content-Length: {}\r\n", response_.length_of_head ? response_.length_of_head : content.size());
    write_heading(response_, length);
    const bool silent = request.method == "HEAD" || connection_answer::has_no_body(status_);
    record(status_);
    enter(Phase::writing, connection_answer::write_time + time_for(content.size()));
    const std::array<boost::asio::const_buffer, 2> bytes{
        boost::asio::buffer(heading_), silent ? boost::asio::const_buffer() : boost::asio::buffer(content)};
    boost::asio::async_write(wire_, bytes,
                             [self = self()](const Error& error, std::size_t) { self->on_written(error); });
}

void Connection::record(int status) {
    const auto taken = Clock::now() - request.started;
    auto&      s     = server_.service;
    s.metrics.count(request.route, status, taken);
    if (status < 400 && taken < std::chrono::seconds(1) && !s.options.log_every_request) return;
    s.log.request(request.id(), request.method, request.path(), status,
                  std::chrono::duration<double, std::milli>(taken).count());
}

void Connection::on_written(const Error& error) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    if (!keeps_ || server_.service.stopping) return linger();
    next_request();
}

// Closing at once would reset the connection, and the client might lose the answer it has not read yet.
void Connection::linger() {
    enter(Phase::lingering, connection_answer::linger_time);
    wire_.end_sending([self = self()] {
        if (self->phase_ == Phase::lingering) self->read_the_rest();
    });
}

void Connection::read_the_rest() {
    Error none;
    wire_.socket().shutdown(Socket::shutdown_send, none);
    buffer_.clear();
    read_more();
}

// ---- parts

void Connection::begin_parts(Response heading) {
    begun = true;
    boost::asio::dispatch(loop_.context().get_executor(), [self = self(), heading = std::move(heading)]() mutable {
        if (self->phase_ != Phase::working) return;
        self->keeps_  = self->keeps_ && !self->old_client_;
        self->status_ = heading.status;
        self->write_heading(heading, self->old_client_ ? "" : "Transfer-Encoding: chunked\r\n");
        self->enter(Phase::parts, no_limit);
        {
            const std::lock_guard lock(self->parts_mutex_);  // the first part may be there already
            self->parts_bytes_ += self->heading_.size();
            self->parts_.push_front(std::move(self->heading_));
        }
        self->send_next_part();
    });
}

std::string Connection::framed(std::string_view bytes) const {
    return old_client_ ? std::string(bytes) : fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

void Connection::write_part(std::string_view bytes) {
    if (bytes.empty()) return;
    {
        std::unique_lock lock(parts_mutex_);
        parts_wake_.wait(lock, [&] { return gone_ || parts_bytes_ < connection_answer::parts_bytes_max; });
        if (gone_) throw ClientGone{};
    }
    push(framed(bytes), false);
}

void Connection::end_parts() { push(old_client_ ? "" : "0\r\n\r\n", true); }

void Connection::abandon() {
    boost::asio::dispatch(loop_.context().get_executor(), [self = self()] { self->close(); });
}

void Connection::begin_stream(Response heading, std::string idle_part) {
    if (phase_ != Phase::working || server_.service.stopping) return close();
    idle_part_ = std::move(idle_part);
    server_.service.metrics.stream_opened();
    record(heading.status);
    Error none;
    wire_.socket().set_option(boost::asio::socket_base::send_buffer_size(connection_answer::stream_send_buffer), none);
    begin_parts(std::move(heading));
    watch_client();
}

bool Connection::offer_part(std::string_view bytes, std::size_t most_waiting) {
    {
        const std::lock_guard lock(parts_mutex_);
        if (gone_ || parts_bytes_ + bytes.size() > most_waiting) return false;
    }
    push(framed(bytes), false);
    return true;
}

void Connection::push(std::string bytes, bool last) {
    {
        const std::lock_guard lock(parts_mutex_);
        parts_bytes_ += bytes.size();
        parts_.push_back(std::move(bytes));
        last_part_ = last;
    }
    boost::asio::dispatch(loop_.context().get_executor(), [self = self()] { self->send_next_part(); });
}

void Connection::send_next_part() {
    if (phase_ != Phase::parts || part_leaving_) return;
    {
        const std::lock_guard lock(parts_mutex_);
        if (parts_.empty()) return;
        response_.body = std::move(parts_.front());
        parts_.pop_front();
    }
    part_leaving_ = true;
    enter(Phase::parts, connection_answer::write_time + time_for(response_.body.size()));
    boost::asio::async_write(wire_, boost::asio::buffer(response_.body),
                             [self = self()](const Error& error, std::size_t) { self->on_part_written(error); });
}

void Connection::on_part_written(const Error& error) {
    part_leaving_ = false;
    if (phase_ == Phase::closed) return;
    if (error) return close();
    bool finished = false;
    {
        const std::lock_guard lock(parts_mutex_);
        parts_bytes_ -= response_.body.size();
        finished = last_part_ && parts_.empty();
        if (finished) last_part_ = false;
    }
    parts_wake_.notify_one();
    if (finished) {
        record(status_);
        return on_written(error);
    }
    enter(Phase::parts, is_stream() ? server_.service.options.limits.stream_idle_time_max : no_limit);
    send_next_part();
}

void Connection::wake_worker() {
    {
        const std::lock_guard lock(parts_mutex_);
        gone_ = true;
    }
    parts_wake_.notify_one();
}

}  // namespace tessera::http
