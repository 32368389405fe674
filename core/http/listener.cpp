#include "http/listener.h"

#include "http/problem.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <sys/resource.h>

namespace tessera::http {
namespace listener {

// Files that the database, its readers and the log need beside the connections.
constexpr std::size_t reserved_files = 32;

std::size_t connections_possible(std::size_t wanted) {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) return wanted;
    const auto possible = files.rlim_cur > 2 * reserved_files ? files.rlim_cur - reserved_files : files.rlim_cur / 2;
    return std::min(wanted, static_cast<std::size_t>(possible));
}

std::string too_many() {
    const auto body = problem(503, "kernel.too_many_connections",
                              "To reach this server, try again in a moment: too many are connected.")
                          .body;
    return fmt::format(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: {}\r\nContent-Length: {}\r\nRetry-After: 1\r\nConnection: "
        "close\r\n\r\n{}",
        problem_type, body.size(), body);
}

}  // namespace listener

Listener::Listener(std::vector<std::unique_ptr<IoLoop>>& loops, Server& server)
    : loops_(loops),
      server_(server),
      connections_max_(listener::connections_possible(server.service.options.limits.connections_max)),
      acceptor_(loops.front()->context()),
      pause_(loops.front()->context()) {}

boost::asio::ip::tcp::endpoint Listener::open(boost::asio::ip::tcp::endpoint endpoint) {
    try {
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(boost::asio::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        return acceptor_.local_endpoint();
    } catch (const boost::system::system_error& failure) {
        throw Refused("kernel.address_in_use",
                      "To listen on {} port {}, choose another port, or stop what uses this one ({}).",
                      endpoint.address().to_string(), endpoint.port(), failure.code().message());
    }
}

void Listener::accept() {
    auto& loop = *loops_[next_++ % loops_.size()];
    acceptor_.async_accept(loop.context().get_executor(),
                           [this, &loop](const boost::system::error_code& error, Socket socket) {
                               if (error == boost::asio::error::operation_aborted || !acceptor_.is_open()) return;
                               if (error) return wait_a_little();
                               welcome(std::move(socket), loop);
                               accept();
                           });
}

void Listener::welcome(Socket socket, IoLoop& loop) {
    auto&                     service = server_.service;
    boost::system::error_code none;
    const auto                from   = socket.remote_endpoint(none);
    auto                      caller = caller_of(from.address(), service.options.limits.address_limits_for_this_machine);
    if (service.metrics.connections() >= connections_max_ ||
        !service.caller_connections.enter(caller, service.options.limits.address_connections_max)) {
        static const std::string answer = listener::too_many();
        socket.non_blocking(true, none);
        if (!server_.certificate) socket.write_some(boost::asio::buffer(answer), none);
        return service.metrics.connection_refused();
    }
    auto connection = std::make_shared<Connection>(std::move(socket), std::move(caller), loop, server_);
    boost::asio::post(loop.context(), [connection] { connection->start(); });
}

void Listener::wait_a_little() {
    pause_.expires_after(std::chrono::milliseconds(50));
    pause_.async_wait([this](const boost::system::error_code& error) {
        if (!error && acceptor_.is_open()) accept();
    });
}

void Listener::close() {
    boost::asio::post(loops_.front()->context(), [this] {
        boost::system::error_code none;
        acceptor_.close(none);
        pause_.cancel();
    });
}

}  // namespace tessera::http
