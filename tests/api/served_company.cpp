#include "served_company.h"

#include <tessera/text.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

namespace api_tests {

Client::Client(unsigned short port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("nothing listens there");
}

Client::~Client() { ::close(socket_); }

void Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void Client::stop_sending() { ::shutdown(socket_, SHUT_WR); }

std::string Client::read_some(std::chrono::milliseconds longest) {
    pollfd wanted{.fd = socket_, .events = POLLIN};
    if (::poll(&wanted, 1, static_cast<int>(longest.count())) <= 0) return {};
    std::string bytes(64 * 1024, '\0');
    const auto  count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

std::string Client::read_all(std::chrono::milliseconds longest) {
    std::string all = std::move(received_);
    received_.clear();
    for (auto part = read_some(longest); !part.empty(); part = read_some(longest)) all += part;
    return all;
}

bool Client::closed_within(std::chrono::milliseconds longest) {
    const auto latest = std::chrono::steady_clock::now() + longest;
    while (std::chrono::steady_clock::now() < latest) {
        pollfd wanted{.fd = socket_, .events = POLLIN};
        if (::poll(&wanted, 1, 50) <= 0) continue;
        char byte;
        if (::recv(socket_, &byte, 1, 0) <= 0) return true;
    }
    return false;
}

namespace {

std::string fresh_key() {
    static std::atomic<int> keys = 0;
    return fmt::format("test-{}-{}", ::getpid(), ++keys);
}

}  // namespace

Answer Client::ask(const Ask& ask) {
    std::string request = ask.method + " " + ask.url + " HTTP/1.1\r\nHost: localhost\r\n";
    const auto given = [&](std::string_view name) { return std::ranges::any_of(ask.headers, [&](const auto& header) { return header.starts_with(name); }); };
    const bool typed = given("Content-Type");
    for (const auto& header : ask.headers) request += header + "\r\n";
    if (ask.careful && ask.method == "POST" && !given("Idempotency-Key")) request += "Idempotency-Key: " + fresh_key() + "\r\n";
    if (ask.careful && (ask.method == "POST" || ask.method == "PATCH" || ask.method == "DELETE") && !given("If-Match")) request += "If-Match: *\r\n";
    if (!ask.body.empty() && !typed) request += "Content-Type: application/json\r\n";
    if (!ask.body.empty()) request += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    send(request + "\r\n" + ask.body);
    return read_answer(ask.method == "HEAD");
}

namespace {

std::string unchunked(std::string_view body) {
    std::string whole;
    while (!body.empty()) {
        const auto size = std::stoul(std::string(body.substr(0, body.find("\r\n"))), nullptr, 16);
        if (size == 0) break;
        body.remove_prefix(body.find("\r\n") + 2);
        whole += body.substr(0, size);
        body.remove_prefix(size + 2);
    }
    return whole;
}

}  // namespace

Answer Client::read_answer(bool head) {
    const auto until = [&](auto found) {
        while (!found())
            if (const auto part = read_some(10s); part.empty()) return false;
            else received_ += part;
        return true;
    };
    if (!until([&] { return received_.find("\r\n\r\n") != std::string::npos; })) return {};
    const auto header_size = received_.find("\r\n\r\n") + 4;
    Answer     answer{.status = std::stoi(received_.substr(9, 3))};
    for (auto at = received_.find("\r\n") + 2; at < header_size - 2;) {
        const auto end  = received_.find("\r\n", at);
        const auto line = received_.substr(at, end - at);
        answer.headers[tessera::lower_ascii(line.substr(0, line.find(':')))] = std::string(tessera::trim(line.substr(line.find(':') + 1)));
        at = end + 2;
    }
    received_.erase(0, header_size);
    if (head || answer.status == 204 || answer.status == 304) return answer;
    if (answer["transfer-encoding"] == "chunked") {
        if (!until([&] { return received_ == "0\r\n\r\n" || received_.ends_with("\r\n0\r\n\r\n"); })) return {};
        answer.body = unchunked(std::exchange(received_, {}));
        return answer;
    }
    const auto length = std::stoul("0" + answer["content-length"]);
    if (!until([&] { return received_.size() >= length; })) return {};
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    return answer;
}

ServedCompany::ServedCompany(std::initializer_list<const char*> modules, tessera::ServeOptions options, Visitors visitors)
    : company(modules), server(company.suite(), [&] {
          options.port = 0;
          if (!options.actor && visitors == Visitors::administrators) options.actor = tessera::Actor{};
          return options;
      }()) {
    server.start();
}

unsigned short ServedCompany::port() const {
    const auto url = server.url();
    return static_cast<unsigned short>(std::stoi(url.substr(url.rfind(':') + 1)));
}

std::string ServedCompany::raw(std::string_view bytes) {
    Client client(port());
    client.send(bytes);
    client.stop_sending();
    return client.read_all();
}

}  // namespace api_tests
