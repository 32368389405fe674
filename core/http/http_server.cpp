#include <tessera/http_server.h>
#include <tessera/replica.h>

#include "backups/schedule.h"
#include "http/listener.h"

#include <boost/asio/post.hpp>

namespace tessera {

using http::Connection;
using http::IoLoop;

struct HttpServer::State {
    http::Service                        service;
    http::Server                         server;
    std::vector<std::unique_ptr<IoLoop>> loops{};
    std::unique_ptr<http::Listener>      listener{};
    std::string                          url{};
    bool                                 running = false;

    State(Suite& suite, ServeOptions options)
        : service(suite, std::move(options)),
          server{service, http::Router(service), http::HostNames(service.options.address, service.options.host_names)} {
        for (unsigned i = 0; i < std::max(1u, service.options.io_threads); ++i)
            loops.push_back(std::make_unique<IoLoop>());
        listener = std::make_unique<http::Listener>(loops, server);
    }
    void for_each_connection(void (*work)(Connection&)) {
        for (auto& loop : loops) boost::asio::post(loop->context(), [&loop = *loop, work] { loop.for_each(work); });
    }
    bool wait_for_connections(std::chrono::milliseconds longest) const;
};

namespace http::http_server {

using Clock = std::chrono::steady_clock;

// Whether machines other than this one may be served.
bool may_serve_others(const ServeOptions& options) { return options.tls.wanted(); }

boost::asio::ip::address address_of(const ServeOptions& options) {
    const auto&               text = options.address;
    boost::system::error_code error;
    const auto                address = boost::asio::ip::make_address(text == "localhost" ? "127.0.0.1" : text, error);
    if (error)
        throw Refused("kernel.wrong_address", "To listen, give an address of this machine such as 127.0.0.1 or ::1.")
            .with_status(422);
    if (!address.is_loopback() && !may_serve_others(options))
        throw Refused("kernel.not_loopback",
                      "To serve other machines, give a certificate and its key, or listen on 127.0.0.1 behind a proxy: what "
                      "is sent to {} could be read and changed on its way.",
                      text);
    return address;
}

const ServeTls& complete(const ServeTls& tls) {
    if (tls.certificate.empty() || tls.key.empty())
        throw Refused("kernel.bad_certificate", "To serve with TLS, give both a certificate and its key.");
    return tls;
}

std::string strict_transport(const ServeTls& tls) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(tls.strict_time).count();
    return seconds ? fmt::format("Strict-Transport-Security: max-age={}\r\n", seconds) : std::string();
}

}  // namespace http::http_server

bool HttpServer::State::wait_for_connections(std::chrono::milliseconds longest) const {
    const auto latest = http::http_server::Clock::now() + longest;
    while (service.metrics.connections() != 0) {
        if (http::http_server::Clock::now() >= latest) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

HttpServer::HttpServer(Suite& suite, ServeOptions options)
    : state_(std::make_unique<State>(suite, std::move(options))) {}

HttpServer::~HttpServer() { stop(std::chrono::seconds(0)); }

void HttpServer::start() {
    auto&      s        = *state_;
    const auto& options = s.service.options;
    const auto  address = http::http_server::address_of(options);
    if (options.tls.wanted()) s.server.certificate.emplace(http::http_server::complete(options.tls));
    const auto endpoint = s.listener->open({address, options.port});
    s.url               = fmt::format("{}://{}:{}", s.server.certificate ? "https" : "http",
                                      address.is_v6() ? "[" + address.to_string() + "]" : address.to_string(), endpoint.port());
    s.running           = true;
    s.server.strict_transport = http::http_server::strict_transport(options.tls);
    if (s.server.certificate) s.service.log.note("To prove who it is, the server shows the certificate of " + s.server.certificate->described() + ".");
    for (const auto& concern : s.service.suite.concerns()) s.service.log.warn(concern);
    s.service.streams.start();
    s.listener->accept();
    for (auto& loop : s.loops) loop->run();
    if (auto* backups = s.service.options.backups)
        backups->start({.note    = [&log = s.service.log](std::string_view sentence) { log.note(sentence); },
                        .failure = [&log = s.service.log](std::string_view sentence) { log.failure("backup", sentence); }});
    if (auto* replica = s.service.options.replica) replica->follow([&log = s.service.log](std::string_view sentence) { log.note(sentence); });
}

std::string HttpServer::url() const { return state_->url; }

void HttpServer::reload() {
    auto& s = *state_;
    s.service.log.reopen();
    if (!s.server.certificate) return;
    try {
        s.server.certificate->load();
        s.service.log.note("From now on the server shows the certificate of " + s.server.certificate->described() + ".");
    } catch (const Refused& refused) {
        s.service.log.warn(fmt::format("{} Until then the server goes on with the certificate of {}.", refused.sentence(),
                                       s.server.certificate->described()));
    }
}

void HttpServer::stop(std::chrono::seconds longest) {
    auto& s = *state_;
    if (!s.running) return;
    s.running          = false;
    s.service.stopping = true;
    if (auto* backups = s.service.options.backups) backups->stop();
    if (auto* replica = s.service.options.replica) replica->stop();
    s.service.streams.stop();
    s.listener->close();
    s.for_each_connection([](Connection& connection) { connection.finish_up(); });
    if (!s.wait_for_connections(longest)) s.for_each_connection([](Connection& connection) { connection.close(); });
    // Whoever still works for a connection comes back to its loop, so the loops end last.
    while (s.service.workers.unfinished() != 0 || s.service.writes_waiting != 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    s.service.workers.stop();
    for (auto& loop : s.loops) loop->finish();
    for (auto& loop : s.loops) loop->join();
}

}  // namespace tessera
