#include "http/connection.h"

#include "http/framing.h"
#include "http/problem.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cassert>

namespace tessera::http {
namespace connection {

namespace asio  = boost::asio;
namespace beast = boost::beast::http;
using namespace std::chrono_literals;

constexpr std::size_t read_bytes         = 4 * 1024;
constexpr std::size_t read_bytes_of_body = 64 * 1024;
constexpr std::size_t parts_bytes_max    = 256 * 1024;
constexpr std::size_t kept_bytes_max     = 64 * 1024;   // of buffers, between two requests
constexpr auto        bytes_per_second   = 8 * 1024;    // slower clients are cut off
constexpr auto        write_time         = 10s;
constexpr auto        linger_time        = 2s;
constexpr auto        half_closed_time   = 5s;          // a job may go on this long after its client stopped sending
constexpr auto        no_limit           = std::chrono::milliseconds(std::chrono::hours(24));

// Sent with every answer. Pages load nothing from elsewhere and cannot be framed; the UI library sets styles inline.
constexpr std::string_view security_lines =
    "Content-Security-Policy: default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::chrono::milliseconds time_for(std::size_t bytes) { return std::chrono::milliseconds(bytes * 1000 / bytes_per_second); }

struct ChunkCheck {
    void operator()(std::uint64_t, boost::beast::string_view extensions, boost::system::error_code& error) const {
        if (extensions.size() > framing::chunk_line_bytes_max) error = beast::error::bad_chunk_extension;
    }
};
ChunkCheck chunk_check;   // has no state; Beast wants to be able to change it

bool has_no_body(int status) { return status == 204 || status == 304; }

bool is_import(const Request& request) { return request.method == "POST" && request.path().ends_with("/import"); }

}  // namespace connection

using namespace std::chrono_literals;

Connection::Connection(Socket socket, IoLoop& loop, Server& server)
    : socket_(std::move(socket)), loop_(loop), server_(server) {
    server_.service.metrics.connection_opened();
}

Connection::~Connection() { server_.service.metrics.connection_closed(); }

void Connection::start() {
    Error none;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), none);
    socket_.non_blocking(true, none);
    loop_.add(self());
    enter(Phase::waiting, server_.service.options.limits.idle_time_max);
    read_more();
}

void Connection::enter(Phase phase, std::chrono::milliseconds longest) {
    phase_  = phase;
    latest_ = Clock::now() + longest;
}

void Connection::check_time(Clock::time_point now) {
    if (now < latest_) return;
    if (phase_ == Phase::header || phase_ == Phase::body)
        return refuse(408, "kernel.too_slow", "To get an answer, send the whole request sooner.");
    close();
}

void Connection::finish_up() {
    keeps_ = false;
    if (phase_ == Phase::waiting) close();
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    const auto alive = self();
    phase_           = Phase::closed;
    loop_.remove(alive);
    Error none;
    socket_.close(none);
    cancelled = true;
    wake_worker();
}

// ---- reading

std::string_view Connection::received() const {
    const auto data = buffer_.data();
    return {static_cast<const char*>(data.data()), data.size()};
}

void Connection::read_more() {
    if (reading_ || phase_ == Phase::closed) return;
    reading_         = true;
    const auto space = buffer_.prepare(phase_ == Phase::body ? connection::read_bytes_of_body : connection::read_bytes);
    socket_.async_read_some(space, [self = self()](const Error& error, std::size_t count) {
        self->reading_ = false;
        if (self->phase_ == Phase::closed) return;
        if (error) return self->close();
        self->on_read(count);
    });
}

void Connection::on_read(std::size_t count) {
    if (phase_ == Phase::lingering) return read_more();
    buffer_.commit(count);
    if (phase_ == Phase::body) {
        body_received_ += count;
        latest_ = body_began_ + server_.service.options.limits.body_time_max + connection::time_for(body_received_);
    }
    go_on();
}

void Connection::go_on() {
    if (phase_ == Phase::waiting && buffer_.size()) enter(Phase::header, server_.service.options.limits.header_time_max);
    if (phase_ == Phase::header) return read_header();
    if (phase_ == Phase::body) return read_body();
    if (phase_ == Phase::waiting) read_more();
}

void Connection::refuse(int status, std::string_view code, std::string_view sentence) {
    keeps_ = false;
    if (!request.number) {
        request.number  = ++server_.requests;
        request.started = Clock::now();
    }
    send(problem(status, code, sentence));
}

void Connection::read_header() {
    // One empty line before a request is what old clients send after the last one.
    if (looked_ == 0 && received().starts_with("\r\n")) {
        buffer_.consume(2);
        if (buffer_.size() == 0) return next_request();
    }
    const auto end    = framing::header_end(received(), looked_);
    const auto header = received().substr(0, end);
    if (header.size() > server_.service.options.limits.header_bytes_max)
        return refuse(431, "kernel.header_too_long", "To send a request, keep its header within 8 KiB.");
    if (const auto fault = framing::check_bytes(header, looked_)) return refuse(fault->status, fault->code, fault->sentence);
    looked_ = header.size();
    if (end == std::string_view::npos) return read_more();

    parser_.emplace();
    parser_->body_limit(boost::none);
    parser_->header_limit(static_cast<std::uint32_t>(header.size() + framing::trailer_bytes_max));
    Error error;
    buffer_.consume(parser_->put(boost::asio::const_buffer(header.data(), header.size()), error));
    looked_ = 0;
    if (error == connection::beast::error::bad_version) return refuse(505, "kernel.unknown_version", "To be understood, speak HTTP/1.1.");
    if (error || !parser_->is_header_done()) return refuse(400, "kernel.malformed_request", "To be understood, send a well-formed HTTP/1.1 request.");
    const auto& fields = parser_->get();
    if (const auto fault = framing::check_fields(fields)) return refuse(fault->status, fault->code, fault->sentence);
    if (const auto fault = framing::take_over(fields, request)) return refuse(fault->status, fault->code, fault->sentence);
    request.number  = ++server_.requests;
    request.started = Clock::now();
    old_client_     = fields.version() < 11;
    keeps_          = parser_->keep_alive() && !server_.service.stopping;
    if ((!old_client_ || !request.host.empty()) && !server_.host_names.knows(request.host))
        return refuse(421, "kernel.unknown_host", "To reach this server under another name, start it with that name as --host.");
    if (parser_->is_done()) return dispatch();
    begin_body(!old_client_ && fields.count(connection::beast::field::expect) && buffer_.size() == 0);
}

void Connection::begin_body(bool wants_to_be_asked) {
    const auto& limits = server_.service.options.limits;
    const auto  most   = connection::is_import(request) ? limits.import_bytes_max : limits.body_bytes_max;
    if (parser_->content_length().value_or(0) > most)
        return refuse(413, "kernel.too_large", "To send this, make it smaller or send it in several requests.");
    parser_->body_limit(most);
    parser_->on_chunk_header(connection::chunk_check);
    enter(Phase::body, limits.body_time_max);
    body_began_    = Clock::now();
    body_received_ = buffer_.size();
    if (wants_to_be_asked) {
        static constexpr std::string_view go_ahead = "HTTP/1.1 100 Continue\r\n\r\n";
        Error                             none;
        socket_.write_some(boost::asio::buffer(go_ahead), none);   // a fresh connection always has room for it
    }
    read_body();
}

void Connection::read_body() {
    namespace beast = connection::beast;
    while (buffer_.size() && !parser_->is_done()) {
        Error      error;
        const auto used = parser_->put(buffer_.data(), error);
        buffer_.consume(used);
        if (error == beast::error::need_more) {
            // Only the line before a chunk and the trailer are taken whole or not at all.
            if (used == 0 && buffer_.size() > framing::trailer_bytes_max)
                return refuse(400, "kernel.malformed_request", "To send a body in chunks, leave out extensions and trailers.");
            break;
        }
        if (error == beast::error::body_limit) return refuse(413, "kernel.too_large", "To send this, make it smaller or send it in several requests.");
        if (error) return refuse(400, "kernel.malformed_request", "To send a body in chunks, keep to the form that HTTP/1.1 gives them.");
    }
    if (!parser_->is_done()) return read_more();
    request.body = std::move(parser_->get().body());
    dispatch();
}

void Connection::dispatch() {
    enter(Phase::working, connection::no_limit);
    begun = false;
    server_.router.handle(shared_from_this());
}

void Connection::watch_client() {
    socket_.async_wait(Socket::wait_read, [self = self(), number = request.number](const Error& error) {
        if (error || self->request.number != number || self->phase_ != Phase::working) return;
        char  byte = 0;
        Error state;
        self->socket_.receive(boost::asio::buffer(&byte, 1), boost::asio::socket_base::message_peek, state);
        if (state == boost::asio::error::eof) self->enter(Phase::working, connection::half_closed_time);
        else if (state && state != boost::asio::error::would_block) self->close();
    });
}

// ---- writing

void Connection::answer(Response response) {
    boost::asio::dispatch(loop_.context().get_executor(), [self = self(), response = std::move(response)]() mutable {
        if (self->phase_ == Phase::working) self->send(std::move(response));
    });
}

void Connection::write_heading(const Response& response, std::string_view length_line) {
    heading_.clear();
    fmt::format_to(std::back_inserter(heading_), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status, reason_phrase(response.status), loop_.date());
    if (!connection::has_no_body(response.status)) ((heading_ += "Content-Type: ") += response.content_type) += "\r\n";
    heading_ += length_line;
    if (!response.keepable) heading_ += "Cache-Control: no-store\r\n";
    if (!keeps_) heading_ += "Connection: close\r\n";
    else if (old_client_) heading_ += "Connection: keep-alive\r\n";
    ((heading_ += response.headers) += connection::security_lines) += "\r\n";
}

void Connection::send(Response response) {
    status_   = response.status;
    response_ = std::move(response);
    keeps_    = keeps_ && !response_.closes && !server_.service.stopping;
    std::string length;
    const auto  content = response_.content();
    if (!connection::has_no_body(status_))
        length = fmt::format("Content-Length: {}\r\n", response_.length_of_head ? response_.length_of_head : content.size());
    write_heading(response_, length);
    const bool silent = request.method == "HEAD" || connection::has_no_body(status_);
    record(status_);
    enter(Phase::writing, std::chrono::milliseconds(connection::write_time) + connection::time_for(content.size()));
    const std::array<boost::asio::const_buffer, 2> bytes{boost::asio::buffer(heading_), silent ? boost::asio::const_buffer() : boost::asio::buffer(content)};
    boost::asio::async_write(socket_, bytes, [self = self()](const Error& error, std::size_t) { self->on_written(error); });
}

void Connection::record(int status) {
    const auto taken = Clock::now() - request.started;
    auto&      s     = server_.service;
    s.metrics.count(request.route, status, taken);
    if (status < 400 && taken < 1s && !s.options.log_every_request) return;
    s.log.request(request.id(), request.method, request.path(), status, std::chrono::duration<double, std::milli>(taken).count());
}

void Connection::on_written(const Error& error) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    if (!keeps_ || server_.service.stopping) return linger();
    next_request();
}

void Connection::next_request() {
    request   = {};
    response_ = {};
    parser_.reset();
    looked_ = 0;
    if (heading_.capacity() > connection::kept_bytes_max) heading_ = {};
    if (buffer_.capacity() > connection::kept_bytes_max) buffer_.shrink_to_fit();
    enter(Phase::waiting, server_.service.options.limits.idle_time_max);
    go_on();
}

// Closing at once would reset the connection, and the client might lose the answer it has not read yet.
void Connection::linger() {
    Error none;
    socket_.shutdown(Socket::shutdown_send, none);
    buffer_.clear();
    enter(Phase::lingering, connection::linger_time);
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
        self->enter(Phase::parts, connection::no_limit);
        {
            const std::lock_guard lock(self->parts_mutex_);   // the first part may be there already
            self->parts_bytes_ += self->heading_.size();
            self->parts_.push_front(std::move(self->heading_));
        }
        self->send_next_part();
    });
}

void Connection::write_part(std::string_view bytes) {
    if (bytes.empty()) return;
    {
        std::unique_lock lock(parts_mutex_);
        parts_wake_.wait(lock, [&] { return gone_ || parts_bytes_ < connection::parts_bytes_max; });
        if (gone_) throw ClientGone{};
    }
    push(old_client_ ? std::string(bytes) : fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes), false);
}

void Connection::end_parts() { push(old_client_ ? "" : "0\r\n\r\n", true); }

void Connection::abandon() {
    boost::asio::dispatch(loop_.context().get_executor(), [self = self()] { self->close(); });
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
    enter(Phase::parts, std::chrono::milliseconds(connection::write_time) + connection::time_for(response_.body.size()));
    boost::asio::async_write(socket_, boost::asio::buffer(response_.body), [self = self()](const Error& error, std::size_t) { self->on_part_written(error); });
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
    enter(Phase::parts, connection::no_limit);
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
