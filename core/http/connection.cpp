#include "http/connection.h"

#include "http/attachments_api.h"
#include "http/framing.h"
#include "http/problem.h"

namespace tessera::http {
namespace connection {

namespace beast = boost::beast::http;
using namespace std::chrono_literals;

constexpr std::size_t read_bytes         = 4 * 1024;
constexpr std::size_t read_bytes_of_body = 64 * 1024;
constexpr std::size_t kept_bytes_max     = 64 * 1024;  // of buffers, between two requests
constexpr unsigned char tls_handshake  = 22;  // the first byte of every client that speaks TLS
constexpr auto        half_closed_time   = 5s;         // a job may go on this long after its client stopped sending

struct ChunkCheck {
    void operator()(std::uint64_t, boost::beast::string_view extensions, boost::system::error_code& error) const {
        if (extensions.size() > framing::chunk_line_bytes_max) error = beast::error::bad_chunk_extension;
    }
};
ChunkCheck chunk_check;  // has no state; Beast wants to be able to change it

bool is_file(const Request& request) { return request.method == "POST" && (request.path().ends_with("/import") || is_attachment(request)); }

}  // namespace connection

using namespace std::chrono_literals;

Connection::Connection(Socket socket, std::string caller, IoLoop& loop, Server& server)
    : wire_(std::move(socket)), caller_(std::move(caller)), loop_(loop), server_(server) {
    server_.service.metrics.connection_opened();
}

Connection::~Connection() {
    server_.service.caller_connections.leave(caller_);
    server_.service.metrics.connection_closed();
}

void Connection::start() {
    Error none;
    wire_.socket().set_option(boost::asio::ip::tcp::no_delay(true), none);
    wire_.socket().non_blocking(true, none);
    loop_.add(self());
    if (server_.certificate)
        enter(Phase::greeting, server_.service.options.limits.header_time_max);
    else
        enter(Phase::waiting, server_.service.options.limits.idle_time_max);
    read_more();
}

void Connection::greet() {
    if (static_cast<unsigned char>(received().front()) != connection::tls_handshake)
        return refuse(400, "kernel.tls_wanted", "To reach this server, use https: it answers to nothing else.");
    const auto context = server_.certificate->context();
    wire_.secure(*context, buffer_.data(), [self = self()](const Error& error) { self->on_greeting(error); });
}

void Connection::on_greeting(const Error& error) {
    if (phase_ == Phase::closed) return;
    if (error) return close();
    buffer_.clear();
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
    if (is_stream() && phase_ == Phase::parts && !part_leaving_) return push(framed(idle_part_), false);
    close();
}

void Connection::finish_up() {
    keeps_ = false;
    if (phase_ == Phase::greeting || phase_ == Phase::waiting || is_stream()) close();
}

void Connection::close() {
    if (phase_ == Phase::closed) return;
    const auto alive = self();
    phase_           = Phase::closed;
    loop_.remove(alive);
    if (is_stream()) server_.service.metrics.stream_closed();
    Error none;
    wire_.socket().close(none);
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
    wire_.async_read_some(space, [self = self()](const Error& error, std::size_t count) {
        self->reading_ = false;
        if (self->phase_ == Phase::closed) return;
        if (error) return self->on_client_ended(error == boost::asio::error::eof);
        self->on_read(count);
    });
}

void Connection::on_read(std::size_t count) {
    if (phase_ == Phase::lingering) return read_more();
    buffer_.commit(count);
    if (phase_ == Phase::greeting) return greet();
    if (phase_ == Phase::body) {
        body_received_ += count;
        latest_ = body_began_ + server_.service.options.limits.body_time_max + time_for(body_received_);
    }
    go_on();
}

void Connection::go_on() {
    if (phase_ == Phase::waiting && buffer_.size())
        enter(Phase::header, server_.service.options.limits.header_time_max);
    if (phase_ == Phase::header) return read_header();
    if (phase_ == Phase::body) return read_body();
    if (phase_ == Phase::waiting) read_more();
}

void Connection::refuse(int status, std::string_view code, std::string_view sentence) {
    refuse(problem(status, code, sentence));
}

void Connection::refuse(Response response) {
    keeps_ = false;
    if (!request.number) {
        request.number  = ++server_.requests;
        request.started = Clock::now();
    }
    send(std::move(response));
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
        return refuse(431, "kernel.header_too_long", "To send a request, keep its header shorter.");
    if (const auto fault = framing::check_bytes(header, looked_))
        return refuse(fault->status, fault->code, fault->sentence);
    looked_ = header.size();
    if (end == std::string_view::npos) return read_more();

    parser_.emplace();
    parser_->body_limit(boost::none);
    parser_->header_limit(static_cast<std::uint32_t>(header.size() + framing::trailer_bytes_max));
    Error error;
    buffer_.consume(parser_->put(boost::asio::const_buffer(header.data(), header.size()), error));
    looked_ = 0;
    if (error == connection::beast::error::bad_version)
        return refuse(505, "kernel.unknown_version", "To be understood, speak HTTP/1.1.");
    if (error || !parser_->is_header_done())
        return refuse(400, "kernel.malformed_request", "To be understood, send a well-formed HTTP/1.1 request.");
    const auto& fields = parser_->get();
    if (const auto fault = framing::check_fields(fields)) return refuse(fault->status, fault->code, fault->sentence);
    if (const auto fault = framing::take_over(fields, request))
        return refuse(fault->status, fault->code, fault->sentence);
    request.number  = ++server_.requests;
    request.started = Clock::now();
    old_client_     = fields.version() < 11;
    keeps_          = parser_->keep_alive() && !server_.service.stopping;
    if ((!old_client_ || !request.host.empty()) && !server_.host_names.knows(request.host))
        return refuse(421, "kernel.unknown_host",
                      "To reach this server under another name, start it with that name as --host.");
    if (const auto wait = server_.service.caller_rates.too_soon(caller_)) return refuse_for_now(*wait);
    let_in();
    if (parser_->is_done()) return dispatch();
    begin_body(!old_client_ && fields.count(connection::beast::field::expect) && buffer_.size() == 0);
}

// Who it is counts for the whole request. A failure to find out is told when the request is answered.
void Connection::let_in() {
    request.client_address = caller_.empty() ? "127.0.0.1" : caller_;
    try {
        request.visitor = server_.service.door.visitor_of(request);
    } catch (...) {
        request.failure = std::current_exception();
    }
}

void Connection::refuse_for_now(std::chrono::seconds wait) {
    server_.service.metrics.request_too_soon();
    auto response = problem(429, "kernel.too_many_requests", "To get an answer, ask less often: too many requests come from this address.");
    refuse(std::move(response.with("Retry-After", std::to_string(wait.count()))));
}

void Connection::begin_body(bool wants_to_be_asked) {
    const auto& limits = server_.service.options.limits;
    const auto  most   = connection::is_file(request) && request.visitor ? limits.import_bytes_max : limits.body_bytes_max;
    if (parser_->content_length().value_or(0) > most)
        return refuse(413, "kernel.too_large", "To send this, make it smaller or send it in several requests.");
    parser_->body_limit(most);
    parser_->on_chunk_header(connection::chunk_check);
    enter(Phase::body, limits.body_time_max);
    body_began_    = Clock::now();
    body_received_ = buffer_.size();
    if (wants_to_be_asked) {
        wire_.write_now("HTTP/1.1 100 Continue\r\n\r\n");  // a fresh connection always has room for it
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
                return refuse(400, "kernel.malformed_request",
                              "To send a body in chunks, leave out extensions and trailers.");
            break;
        }
        if (error == beast::error::body_limit)
            return refuse(413, "kernel.too_large", "To send this, make it smaller or send it in several requests.");
        if (error)
            return refuse(400, "kernel.malformed_request",
                          "To send a body in chunks, keep to the form that HTTP/1.1 gives them.");
    }
    if (!parser_->is_done()) return read_more();
    request.body = std::move(parser_->get().body());
    dispatch();
}

void Connection::dispatch() {
    enter(Phase::working, no_limit);
    begun = false;
    server_.router.handle(shared_from_this());
}

void Connection::watch_client() {
    if (wire_.is_secure()) return read_ahead();
    wire_.socket().async_wait(Socket::wait_read, [self = self(), number = request.number](const Error& error) {
        const bool is_wanted = self->phase_ == Phase::working || (self->is_stream() && self->phase_ == Phase::parts);
        if (error || self->request.number != number || !is_wanted) return;
        char  byte = 0;
        Error state;
        self->wire_.socket().receive(boost::asio::buffer(&byte, 1), boost::asio::socket_base::message_peek, state);
        if (state && state != boost::asio::error::would_block)
            self->on_client_ended(state == boost::asio::error::eof);
    });
}

// Only reading shows that the other side has ended TLS. What it sends ahead stays in the buffer; with something there
// already it is not read further, because the buffer must not move while it is being filled.
void Connection::read_ahead() {
    if (buffer_.size() == 0) read_more();
}

void Connection::on_client_ended(bool half_closed) {
    if (!half_closed || is_stream() || (phase_ != Phase::working && phase_ != Phase::parts)) return close();
    if (phase_ == Phase::working) enter(Phase::working, connection::half_closed_time);
}

void Connection::next_request() {
    request   = {};
    response_ = {};
    parser_.reset();
    looked_ = 0;
    if (heading_.capacity() > connection::kept_bytes_max) heading_ = {};
    if (!reading_ && buffer_.capacity() > connection::kept_bytes_max) buffer_.shrink_to_fit();
    enter(Phase::waiting, server_.service.options.limits.idle_time_max);
    go_on();
}

}  // namespace tessera::http
