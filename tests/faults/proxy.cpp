#include "proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

namespace faults {

namespace {

int local_socket() {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) throw std::runtime_error("no socket");
    return made;
}

sockaddr_in local_address(int port) {
    sockaddr_in address{};
    address.sin_family      = AF_INET;
    address.sin_port        = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

// One connection of the server, and the one to the database that it goes on to.
struct Proxy::Line {
    int               asking, answering;
    std::atomic<bool> loses_answers = false, closed = false;
    std::thread       thread;

    Line(int asking, int answering) : asking(asking), answering(answering) {
        thread = std::thread([this] { pump(); });
    }
    ~Line() {
        close();
        thread.join();
        ::close(asking);
        ::close(answering);
    }
    void close() {
        if (closed.exchange(true)) return;
        ::shutdown(asking, SHUT_RDWR);
        ::shutdown(answering, SHUT_RDWR);
    }
    void pump() {
        char   bytes[65536];
        pollfd ends[2] = {{asking, POLLIN, 0}, {answering, POLLIN, 0}};
        while (!closed) {
            if (::poll(ends, 2, 100) <= 0) continue;
            for (int from = 0; from < 2; ++from) {
                if (!(ends[from].revents & (POLLIN | POLLHUP | POLLERR))) continue;
                const auto count = ::recv(ends[from].fd, bytes, sizeof bytes, 0);
                if (count <= 0) return close();
                if (from == 1 && loses_answers) continue;
                for (ssize_t sent = 0; sent < count;) {
                    const auto some = ::send(ends[1 - from].fd, bytes + sent, static_cast<std::size_t>(count - sent), MSG_NOSIGNAL);
                    if (some <= 0) return close();
                    sent += some;
                }
            }
        }
    }
};

Proxy::Proxy(const std::string& location) {
    const auto at = location.find('@'), colon = location.find(':', at), slash = location.find('/', colon);
    target_    = std::stoi(location.substr(colon + 1, slash - colon - 1));
    listening_ = local_socket();
    auto      address = local_address(0);
    socklen_t size    = sizeof address;
    if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listening_, 64) != 0) throw std::runtime_error("no port");
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    location_ = location.substr(0, at) + "@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + location.substr(slash);
    thread_   = std::thread([this] { serve(); });
}

Proxy::~Proxy() {
    over_ = true;
    thread_.join();
    ::close(listening_);
    lines_.clear();
}

void Proxy::serve() {
    pollfd waiting{listening_, POLLIN, 0};
    while (!over_) {
        if (::poll(&waiting, 1, 20) <= 0) continue;
        const int asking = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (asking < 0) continue;
        if (refusing_) {
            ::close(asking);
            continue;
        }
        const int  answering = local_socket();
        const auto address   = local_address(target_);
        if (::connect(answering, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            ::close(asking);
            ::close(answering);
            continue;
        }
        const std::lock_guard guard(mutex_);
        lines_.push_back(std::make_shared<Line>(asking, answering));
    }
}

void Proxy::cut() {
    const std::lock_guard guard(mutex_);
    lines_.clear();
}

void Proxy::refuse(bool yes) {
    refusing_ = yes;
    if (yes) cut();
}

void Proxy::lose_answers() {
    std::vector<std::shared_ptr<Line>> lines;
    {
        const std::lock_guard guard(mutex_);
        lines.swap(lines_);
    }
    for (const auto& line : lines) line->loses_answers = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
}

}  // namespace faults
