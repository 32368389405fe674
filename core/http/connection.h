#pragma once
// One client's connection: reads a request, hands it to the router, writes its answer, and so on until either side ends
// it. One request is worked on at a time; what a client sends ahead waits in the socket.
//
//     greeting -> waiting -> header -> body -> working -> writing -> waiting …   (each with a time by which it must end)
//                                                 `-----> parts ----'     `-> lingering   (the rest is read, so that the answer arrives)
//
// Greeting is the handshake of TLS, where the server has a certificate; from then on plain and secured connections differ in
// their Wire alone.
//
// All functions run on the connection's loop, except those of Exchange that a handler calls, which come back to it.

#include "http/certificate.h"
#include "http/io_loop.h"
#include "http/origin.h"
#include "http/router.h"
#include "http/wire.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace tessera::http {

// What all connections of a server share.
struct Server {
    Service&                   service;
    Router                     router;
    HostNames                  host_names;
    std::optional<Certificate> certificate{};  // with one, TLS is spoken and nothing else
    std::string                strict_transport{};  // the header line that answers over TLS have
    std::atomic<std::uint64_t> requests{0};
};

class Connection final : public Exchange {
public:
    Connection(Socket socket, std::string caller, IoLoop& loop, Server& server);  // a caller that has entered
    ~Connection() override;

    void start();
    void check_time(std::chrono::steady_clock::time_point now);
    void finish_up();  // close when idle, else after the answer
    void close();

    void answer(Response response) override;
    void watch_client() override;
    void begin_parts(Response heading) override;
    void write_part(std::string_view bytes) override;
    void end_parts() override;
    void abandon() override;
    void begin_stream(Response heading, std::string idle_part) override;
    bool offer_part(std::string_view bytes, std::size_t most_waiting) override;

private:
    using Clock = std::chrono::steady_clock;
    using Error = boost::system::error_code;
    enum class Phase { greeting, waiting, header, body, working, parts, writing, lingering, closed };

    static constexpr std::chrono::milliseconds no_limit = std::chrono::hours(24);
    // Slower clients are cut off.
    static std::chrono::milliseconds time_for(std::size_t bytes) { return std::chrono::milliseconds(bytes / 8); }

    std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }
    std::string_view            received() const;
    void                        enter(Phase phase, std::chrono::milliseconds longest);

    // reading
    void greet();
    void on_greeting(const Error& error);
    void read_more();
    void on_read(std::size_t count);
    void read_ahead();
    void on_client_ended(bool half_closed);
    void go_on();
    void read_header();
    void let_in();
    void begin_body(bool wants_to_be_asked);
    void read_body();
    void dispatch();
    void refuse(int status, std::string_view code, std::string_view sentence);
    void refuse(Response response);
    void refuse_for_now(std::chrono::seconds wait);

    // writing
    void send(Response response);
    void write_heading(const Response& response, std::string_view length_line);
    void on_written(const Error& error);
    void next_request();
    void linger();
    void read_the_rest();
    void record(int status);
    bool is_stream() const { return !idle_part_.empty(); }

    // parts: the worker fills the queue, the loop empties it
    std::string framed(std::string_view bytes) const;
    void push(std::string bytes, bool last);
    void send_next_part();
    void on_part_written(const Error& error);
    void wake_worker();

    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

    Wire                      wire_;
    std::string               caller_;  // see callers.h
    IoLoop&                   loop_;
    Server&                   server_;
    boost::beast::flat_buffer buffer_{};
    std::optional<Parser>     parser_{};
    std::size_t               looked_ = 0;  // bytes of the header that have been checked
    Phase                     phase_  = Phase::waiting;
    Clock::time_point         latest_{};  // when the phase must have ended
    Clock::time_point         body_began_{};
    std::size_t               body_received_ = 0;
    bool                      reading_       = false;
    bool                      keeps_         = true;   // the connection stays open after this answer
    bool                      old_client_    = false;  // HTTP/1.0
    int                       status_        = 0;
    Response                  response_{};
    std::string               heading_{};

    std::mutex              parts_mutex_;
    std::condition_variable parts_wake_;
    std::deque<std::string> parts_{};
    std::size_t             parts_bytes_ = 0;
    std::string             idle_part_{};
    bool                    last_part_ = false, gone_ = false, part_leaving_ = false;
};

}  // namespace tessera::http
