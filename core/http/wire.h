#pragma once
// What a connection's bytes travel through: a socket, and TLS over it once that has been agreed on. To Asio a Wire is a
// stream like any other, so a connection reads and writes in one way. Without TLS each operation goes straight to the socket.
//
//     Wire wire(std::move(socket));
//     wire.secure(context, received, [](error) { … });          // the handshake; `received` is what has been read already
//     boost::asio::async_write(wire, bytes, …);
//
// All functions on the connection's loop.

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>
#include <string_view>
#include <utility>

namespace tessera::http {

// Bound to the executor of its loop by type: nothing is decided at run time for each operation.
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Wire {
public:
    using executor_type = Socket::executor_type;
    using Error         = boost::system::error_code;

    explicit Wire(Socket socket) : socket_(std::move(socket)) {}

    executor_type get_executor() { return socket_.get_executor(); }
    Socket&       socket() { return socket_; }
    bool          is_secure() const { return secure_; }

    template <class Buffers, class Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler) {
        if (secure_) return tls_->async_read_some(buffers, std::forward<Handler>(handler));
        socket_.async_read_some(buffers, std::forward<Handler>(handler));
    }
    template <class Buffers, class Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler) {
        if (secure_) return tls_->async_write_some(buffers, std::forward<Handler>(handler));
        socket_.async_write_some(buffers, std::forward<Handler>(handler));
    }
    // A few bytes, for which there is room.
    void write_now(std::string_view bytes) {
        Error none;
        secure_ ? tls_->write_some(boost::asio::buffer(bytes), none) : socket_.write_some(boost::asio::buffer(bytes), none);
    }

    template <class Done>
    void secure(boost::asio::ssl::context& context, boost::asio::const_buffer received, Done done) {
        tls_ = std::make_unique<Tls>(socket_, context);
        tls_->async_handshake(Tls::server, received,
                              [this, done = std::move(done)](const Error& error, std::size_t) {
                                  secure_ = !error;
                                  done(error);
                              });
    }
    // Says that nothing more will come, and ends TLS: what is read from then on is as it is on the socket. `done` must keep
    // the wire's owner.
    template <class Done>
    void end_sending(Done done) {
        if (!secure_) return done();
        tls_->async_shutdown([this, done = std::move(done)](const Error&) {
            secure_ = false;
            done();
        });
    }

private:
    using Tls = boost::asio::ssl::stream<Socket&>;

    Socket               socket_;
    std::unique_ptr<Tls> tls_{};
    bool                 secure_ = false;
};

}  // namespace tessera::http
