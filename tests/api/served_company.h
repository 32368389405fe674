#pragma once
// A company in a temporary directory behind a real server on a free port, and a client that sends bytes as they are.
//
//     ServedCompany served{"catalog"};
//     CHECK(served.ask({.url = "/healthz"}).body == "ok");
//     CHECK(served.raw("GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"));

#include <tessera/http_server.h>
#include <tessera/testing/company.h>

#include <map>

namespace api_tests {

using namespace std::chrono_literals;

struct Answer {
    int                                status = 0;      // 0: the connection was closed without one
    std::map<std::string, std::string> headers{};       // names in lower case
    std::string                        body{};
    std::string operator[](const std::string& header) const {
        const auto found = headers.find(header);
        return found == headers.end() ? "" : found->second;
    }
};

struct Ask {
    std::string              method = "GET";
    std::string              url    = "/";
    std::string              body{};
    std::vector<std::string> headers{};                 // "If-Match: \"1\""; Content-Type is JSON unless given
    bool                     careful = true;            // sends a key and If-Match: * where none is given
};

// One connection to 127.0.0.1.
class Client {
public:
    explicit Client(unsigned short port, int receive_buffer = 0);   // of bytes; 0: as large as the system likes
    ~Client();
    Client(const Client&)            = delete;
    Client& operator=(const Client&) = delete;

    void        send(std::string_view bytes);
    void        stop_sending();
    std::string read_some(std::chrono::milliseconds longest);   // "" at the end or when nothing comes in time
    std::string read_all(std::chrono::milliseconds longest = 5s);
    bool        closed_within(std::chrono::milliseconds longest);
    Answer      ask(const Ask& ask);                            // keeps the connection
    Answer      read_answer(bool head = false);

private:
    int         socket_ = -1;
    std::string received_{};
};

// Everybody acts as administrator, unless the options name another actor or people are to sign in.
enum class Visitors { administrators, sign_in };

class ServedCompany {
public:
    explicit ServedCompany(std::initializer_list<const char*> modules = {"catalog"}, tessera::ServeOptions options = {}, Visitors visitors = Visitors::administrators);

    tessera::testing::Company company;
    tessera::HttpServer       server;

    unsigned short port() const;
    Answer         ask(const Ask& ask) { return Client(port()).ask(ask); }
    std::string    raw(std::string_view bytes);   // everything that comes back until the server closes
};

}  // namespace api_tests
