#include "measures.h"
#include "world.h"

#include <tessera/http_server.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <thread>

namespace bench {

namespace http {

// A client as lean as it can be, so that what is measured is the server: one keep-alive connection, blocking.
class Client {
public:
    explicit Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family      = AF_INET;
        address.sin_port        = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes           = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error("no connection");
    }
    ~Client() { ::close(socket_); }

    // Sends a request and returns the body of its answer; throws when it is not 2xx.
    std::string send(std::string_view method, const std::string& target, std::string_view body = {}) {
        const auto care    = method == "GET" ? std::string() : fmt::format("Idempotency-Key: {}-{}\r\nIf-Match: *\r\n", socket_, ++requests_);
        const auto request = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{}Content-Length: {}\r\n\r\n{}", method, target, care, body.size(), body);
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) throw std::runtime_error("not sent");
        received_.clear();
        std::size_t header = std::string::npos, wanted = 0;
        while (header == std::string::npos || received_.size() < wanted) {
            char       part[16384];
            const auto size = ::recv(socket_, part, sizeof part, 0);
            if (size <= 0) throw std::runtime_error("connection lost");
            received_.append(part, static_cast<std::size_t>(size));
            if (header != std::string::npos) continue;
            header = received_.find("\r\n\r\n");
            if (header == std::string::npos) continue;
            const auto length = received_.find("Content-Length: ");
            std::size_t bytes = 0;
            if (length < header) std::from_chars(received_.data() + length + 16, received_.data() + header, bytes);
            wanted = header + 4 + bytes;
        }
        if (received_.compare(9, 1, "2") != 0) throw std::runtime_error(received_);
        return received_.substr(header + 4);
    }

private:
    int         socket_;
    int         requests_ = 0;
    std::string received_;
};

std::int64_t number_after(std::string_view json, std::string_view name, std::size_t from = 0) {
    const auto   at    = json.find(name, from);
    std::int64_t value = 0;
    if (at != std::string_view::npos) std::from_chars(json.data() + at + name.size(), json.data() + json.size(), value);
    return value;
}

void cycle(Client& client, std::int64_t n, const std::string& day) {
    std::string lines;
    for (int i = 0; i < 3; ++i) lines += fmt::format("{}{{\"product\":{},\"quantity\":\"10\",\"price\":\"4.17\"}}", i ? "," : "", 1 + (n * 3 + i) % 1000);
    const auto order = client.send("POST", "/api/purchasing/orders?transition=approve", fmt::format("{{\"supplier\":{},\"date\":\"{}\",\"lines\":[{}]}}", 1 + n % 100, day, lines));
    std::int64_t ids[3];
    auto         at = order.find("\"lines\":");
    for (auto& id : ids) {
        at = order.find(",\"document\":", at + 1);
        id = number_after(order, "{\"id\":", order.rfind("{\"id\":", at));
    }
    for (int r = 0; r < 2; ++r) {
        std::string received;
        for (const auto id : ids) received += fmt::format("{}{{\"order_line\":{},\"quantity\":\"5\"}}", received.empty() ? "" : ",", id);
        client.send("POST", "/api/purchasing/goods_receipts?transition=post", fmt::format("{{\"date\":\"{}\",\"lines\":[{}]}}", day, received));
    }
    std::string invoiced;
    for (const auto id : ids) invoiced += fmt::format("{}{{\"order_line\":{},\"quantity\":\"10\",\"price\":\"4.17\"}}", invoiced.empty() ? "" : ",", id);
    const auto invoice = client.send("POST", "/api/purchasing/vendor_invoices?transition=post",
                                     fmt::format("{{\"supplier\":{},\"supplier_number\":\"H-{}\",\"date\":\"{}\",\"lines\":[{}]}}", 1 + n % 100, n, day, invoiced));
    client.send("POST", "/api/financials/payments?transition=post",
                fmt::format("{{\"party\":{},\"date\":\"{}\",\"lines\":[{{\"item\":{},\"amount\":\"125.10\"}}]}}", 1 + n % 100, day, number_after(invoice, "\"open_item\":{\"id\":")));
}

// A server over a company of its own, on a free port, and clients connected to it.
class Served {
public:
    Served(const Settings& settings, int clients) : world_(settings.directory), server_(world_.suite(), {.port = 0, .actor = tessera::Actor{}}) {
        server_.start();
        const auto url  = server_.url();
        int        port = 0;
        std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
        for (int c = 0; c < clients; ++c) clients_.push_back(std::make_unique<Client>(port));
    }
    ~Served() {
        clients_.clear();
        server_.stop(std::chrono::seconds(5));
    }
    Client&     client(int c) { return *clients_[static_cast<std::size_t>(c)]; }
    std::string day() const { return world_.day().str(); }

private:
    World                                world_;
    tessera::HttpServer                  server_;
    std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace http

void measure_http(const Settings& settings, Table& table) {
    for (const int clients : settings.clients) {
        const auto   bare = run_bare(settings, "tessera_bench_sqlite", fmt::format("{} {} {}", settings.directory, settings.seconds, clients));
        http::Served served(settings, clients);
        const double figure = rate(clients, settings.seconds, [&](int c, std::int64_t n) { http::cycle(served.client(c), n, served.day()); });
        table.add({fmt::format("procure to pay over HTTP, {} clients", clients), figure, "cycles/s", bare.at("procure_to_pay " + std::to_string(clients)), ">= 0.35 of bare group commit"});
    }
    for (const int clients : {1, 8}) {
        const auto   bare = run_bare(settings, "tessera_bench_beast", fmt::format("{} {} {}", settings.directory, settings.seconds, clients));
        http::Served served(settings, clients);
        const double figure = rate(clients, settings.seconds, [&](int c, std::int64_t n) { served.client(c).send("GET", fmt::format("/api/directory/parties/{}", 1 + n % 100)); });
        table.add({fmt::format("GET of one record, {} clients", clients), figure, "requests/s", bare.at("get " + std::to_string(clients)), ">= 0.6 of bare Beast"});
    }
    table.add({"memory under load", memory().peak, "MB", 0, ""});
}

}  // namespace bench
