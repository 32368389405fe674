#include "server_client.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>

#include <random>

namespace tessera::program {

namespace server_client {

namespace asio  = boost::asio;
namespace beast = boost::beast;
namespace http  = boost::beast::http;

constexpr std::string_view plain = "http://", secured = "https://";

struct Place {
    std::string name{}, host{}, port{};  // "[::1]:8080", "::1", "8080"
    bool        secure = false;
};

Place place_of(const std::string& server) {
    Place place{.secure = server.starts_with(secured)};
    place.name       = server.substr(place.secure ? secured.size() : plain.size());
    place.name       = place.name.substr(0, place.name.find('/'));
    const auto colon = place.name.rfind(':');
    place.host       = place.name.substr(0, colon);
    place.port       = place.name.substr(colon + 1);
    if (place.host.starts_with('[') && place.host.ends_with(']')) place.host = place.host.substr(1, place.host.size() - 2);
    return place;
}

// A request that is sent again after a broken connection must not be done twice.
std::string fresh_key() {
    std::random_device random;
    std::string        key = "command-line-";
    for (int i = 0; i < 4; ++i) key += fmt::format("{:08x}", random());
    return key;
}

Refused refusal(unsigned status, const std::string& body) {
    try {
        const auto  problem = parse_json(body);
        const auto& object  = problem.as_object();
        const auto  text    = [&](const char* name) { return std::string(object.at(name).as_string()); };
        return Refused(Refused::Plain{}, text("code"), text("detail")).with_status(static_cast<int>(status));
    } catch (const std::exception&) {
        return Refused("kernel.server_failed",
                       "To do this through the server, look at its log: it answered with status {}.", status);
    }
}

using Message = http::request<http::string_body>;
using Answer  = http::response<http::string_body>;

template <class Stream>
Answer converse(Stream& stream, const Message& message) {
    beast::flat_buffer                       buffer;
    http::response_parser<http::string_body> answer;
    answer.body_limit(256U << 20);
    http::write(stream, message);
    http::read(stream, buffer, answer);
    return answer.release();
}

Answer exchange(const ServerRequest& request) {
    const auto              place = place_of(request.server);
    asio::io_context        context;
    asio::ip::tcp::resolver resolver(context);
    beast::tcp_stream       stream(context);
    Message                 message{http::string_to_verb(request.method), request.target, 11};
    message.set(http::field::host, place.name);
    message.set(http::field::user_agent, "tessera");
    message.set(http::field::content_type, request.media_type);
    message.set(http::field::connection, "close");
    if (!request.key.empty()) message.set(http::field::authorization, "Bearer " + request.key);
    if (request.method == "POST") message.set("Idempotency-Key", fresh_key());
    if (request.method != "GET") message.set(http::field::if_match, "*");
    message.body() = request.body;
    message.prepare_payload();
    stream.connect(resolver.resolve(place.host, place.port));
    if (!place.secure) return converse(stream, message);
    // It is on this machine and holds the lock of the books: that says who it is, whatever name its certificate is for.
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_verify_mode(asio::ssl::verify_none);
    beast::ssl_stream<beast::tcp_stream&> secure(stream, tls);
    secure.handshake(asio::ssl::stream_base::client);
    return converse(secure, message);
}

}  // namespace server_client

bool is_server(const std::string& lock_note) {
    return lock_note.starts_with(server_client::plain) || lock_note.starts_with(server_client::secured);
}

std::string ask_server(const ServerRequest& request) {
    try {
        auto answer = server_client::exchange(request);
        if (answer.result_int() >= 300) throw server_client::refusal(answer.result_int(), answer.body());
        return std::move(answer.body());
    } catch (const boost::system::system_error& failure) {
        throw Refused("kernel.server_unreachable",
                      "To do this, wait until {} answers or stop it: it has the books open ({}).", request.server,
                      failure.code().message());
    }
}

}  // namespace tessera::program
