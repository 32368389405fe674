// The ceiling of a single GET: the leanest Beast server there is, a thread per core and no more than connections, that reads one row by its key from
// SQLite and answers it as JSON; asked by the same lean client as ours. DIRECTORY SECONDS CLIENTS…
// prints "get <clients> <requests per second>" for each.

#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_BEAST_SEPARATE_COMPILATION
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace asio  = boost::asio;
namespace beast = boost::beast;
namespace http  = beast::http;
using tcp       = asio::ip::tcp;

class Reader {
public:
    explicit Reader(const std::string& file) {
        sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
        sqlite3_prepare_v3(db_, "SELECT id, version, number, name, email, phone, note FROM party WHERE id = ?", -1, SQLITE_PREPARE_PERSISTENT, &find_, nullptr);
    }
    ~Reader() {
        sqlite3_finalize(find_);
        sqlite3_close(db_);
    }
    std::string json(long id) {
        std::string out;
        sqlite3_bind_int64(find_, 1, id);
        if (sqlite3_step(find_) == SQLITE_ROW) {
            out = "{\"id\":" + std::to_string(sqlite3_column_int64(find_, 0)) + ",\"version\":" + std::to_string(sqlite3_column_int64(find_, 1));
            static constexpr const char* names[] = {"number", "name", "email", "phone", "note"};
            for (int i = 0; i < 5; ++i) out.append(",\"").append(names[i]).append("\":\"").append(reinterpret_cast<const char*>(sqlite3_column_text(find_, 2 + i))).append("\"");
            out += "}";
        }
        sqlite3_reset(find_);
        return out;
    }

private:
    sqlite3*      db_   = nullptr;
    sqlite3_stmt* find_ = nullptr;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(tcp::socket socket, const std::string& file) : stream_(std::move(socket)), reader_(file) { stream_.socket().set_option(tcp::no_delay(true)); }
    void read() {
        request_ = {};
        http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code failure, std::size_t) {
            if (!failure) self->answer();
        });
    }

private:
    void answer() {
        const auto target = request_.target();
        response_         = {http::status::ok, request_.version()};
        response_.set(http::field::content_type, "application/json");
        response_.body() = reader_.json(std::atol(std::string(target.substr(target.rfind('/') + 1)).c_str()));
        response_.prepare_payload();
        http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code failure, std::size_t) {
            if (!failure) self->read();
        });
    }
    beast::tcp_stream                 stream_;
    beast::flat_buffer                buffer_;
    http::request<http::string_body>  request_;
    http::response<http::string_body> response_;
    Reader                            reader_;
};

void accept(tcp::acceptor& acceptor, const std::string& file) {
    acceptor.async_accept([&](beast::error_code failure, tcp::socket socket) {
        if (failure) return;
        std::make_shared<Session>(std::move(socket), file)->read();
        accept(acceptor, file);
    });
}

double get_rate(unsigned short port, int clients, double seconds) {
    std::atomic<long>        done{0};
    std::atomic<bool>        over{false};
    std::vector<std::thread> threads;
    for (int c = 0; c < clients; ++c)
        threads.emplace_back([&, c] {
            asio::io_context io;
            tcp::socket      socket(io);
            socket.connect({asio::ip::address_v4::loopback(), port});
            socket.set_option(tcp::no_delay(true));
            std::string received;
            for (long n = c; !over; ++n) {
                const auto request = "GET /api/directory/parties/" + std::to_string(1 + n % 100) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
                asio::write(socket, asio::buffer(request));
                received.clear();
                while (received.find('}') == std::string::npos) {
                    char part[4096];
                    received.append(part, socket.read_some(asio::buffer(part)));
                }
                ++done;
            }
        });
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    over = true;
    for (auto& t : threads) t.join();
    return static_cast<double>(done) / seconds;
}

}  // namespace

int main(int count, char** words) {
    const std::string file    = std::string(count > 1 ? words[1] : "/tmp") + "/beast.sqlite";
    const double      seconds = count > 2 ? std::atof(words[2]) : 3.0;
    std::remove(file.c_str());
    sqlite3* db = nullptr;
    sqlite3_open(file.c_str(), &db);
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; CREATE TABLE party (id INTEGER PRIMARY KEY, version INTEGER, number TEXT, name TEXT, email TEXT, phone TEXT, note TEXT) STRICT;", nullptr, nullptr, nullptr);
    for (int i = 1; i <= 100; ++i)
        sqlite3_exec(db, ("INSERT INTO party VALUES (" + std::to_string(i) + ", 1, 'P00001', 'Supplier', 'mail@supplier.example', '123 456', 'a note')").c_str(), nullptr, nullptr, nullptr);
    for (int i = 3; i < count; ++i) {
        const int        clients = std::atoi(words[i]), at_work = std::min(clients, 2);
        asio::io_context io(at_work);
        tcp::acceptor    acceptor(io, {asio::ip::address_v4::loopback(), 0});
        accept(acceptor, file);
        std::vector<std::thread> threads;
        for (int t = 0; t < at_work; ++t) threads.emplace_back([&] { io.run(); });
        std::printf("get %d %.0f\n", clients, get_rate(acceptor.local_endpoint().port(), clients, seconds));
        io.stop();
        for (auto& t : threads) t.join();
    }
    sqlite3_close(db);
    for (const char* suffix : {"", "-wal", "-shm"}) std::remove((file + suffix).c_str());
}
