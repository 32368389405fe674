#include "client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <mutex>

namespace faults {

namespace {

// Of all clients of the test, whatever thread they work on.
class Token {
public:
    void        take(const std::string& token) { const std::lock_guard lock(mutex_); line_ = "Authorization: Bearer " + token + "\r\n"; }
    std::string line() const { const std::lock_guard lock(mutex_); return line_; }

private:
    mutable std::mutex mutex_{};
    std::string        line_{};
};
Token token_of_all;

std::string fresh_key() {
    static std::atomic<int> keys = 0;
    return "test-" + std::to_string(::getpid()) + "-" + std::to_string(++keys);
}

}  // namespace

void act_with(const std::string& token) { token_of_all.take(token); }

Client::Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family      = AF_INET;
    address.sin_port        = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int     yes       = 1;
    const timeval longest{30, 0};
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return;
    ::close(socket_);
    throw Lost("no connection");
}

Client::~Client() { ::close(socket_); }

static std::string text_of(const Request& request) {
    auto text = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + token_of_all.line();
    if (request.method == "POST") text += "Idempotency-Key: " + (request.key.empty() ? fresh_key() : request.key) + "\r\n";
    if (request.method != "GET") text += "If-Match: *\r\n";
    if (!request.cookie.empty()) text += "Cookie: " + request.cookie + "\r\n";
    if (!request.body.empty()) text += "Content-Type: application/json\r\n";
    text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
    return text;
}

Answer Client::ask(const Request& request) {
    send(text_of(request));
    std::size_t head   = 0;
    const auto  answer = receive(head);
    return {std::stoi(answer.substr(9, 3)), answer.substr(0, head), answer.substr(head)};
}

void Client::ask_without_waiting(const Request& request, std::size_t bytes_max) { send(text_of(request).substr(0, bytes_max)); }

void Client::send(const std::string& text) {
    if (::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        throw Lost("not sent");
}

void Client::follow(const std::string& target) { send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + token_of_all.line() + "\r\n"); }

std::string Client::more(std::chrono::milliseconds longest) {
    pollfd wanted{.fd = socket_, .events = POLLIN};
    if (::poll(&wanted, 1, static_cast<int>(longest.count())) <= 0) return {};
    std::string part(65536, '\0');
    const auto  size = ::recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) throw Lost("the stream has ended");
    part.resize(static_cast<std::size_t>(size));
    return part;
}

std::string Client::receive(std::size_t& head_size) {
    std::string received;
    std::size_t wanted = std::string::npos;
    while (received.size() < wanted) {
        char       part[65536];
        const auto size = ::recv(socket_, part, sizeof part, 0);
        if (size <= 0) throw Lost("no whole answer");
        received.append(part, static_cast<std::size_t>(size));
        const auto end = received.find("\r\n\r\n");
        if (wanted != std::string::npos || end == std::string::npos) continue;
        head_size          = end + 4;
        std::size_t length = 0;
        const auto  at     = received.find("Content-Length: ");
        if (at < end) std::from_chars(received.data() + at + 16, received.data() + end, length);
        wanted = head_size + length;
    }
    return received;
}

Answer ask(int port, const Request& request) { return Client(port).ask(request); }

}  // namespace faults
