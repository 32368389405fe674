#pragma once
// A blocking HTTP client: one keep-alive connection to a server on this machine. Whoever asks either gets the whole answer
// or `Lost`: then nobody knows whether the request was done, and it may be asked again under the same key.

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace faults {

struct Lost : std::runtime_error {
    using runtime_error::runtime_error;
};

struct Request {
    std::string method = "GET", target{}, body{}, key{}, cookie{};  // key: Idempotency-Key
};

struct Answer {
    int         status = 0;
    std::string head{}, body{};
    bool        good() const { return status >= 200 && status < 300; }
};

// Whom requests act for from now on: every client of this process sends the token.
void act_with(const std::string& token);

class Client {
public:
    explicit Client(int port);
    ~Client();
    Client(const Client&)            = delete;
    Client& operator=(const Client&) = delete;

    Answer ask(const Request& request);  // throws Lost

    // Sends the request, or only so many bytes of it; whoever does not wait for the answer closes the connection.
    void ask_without_waiting(const Request& request, std::size_t bytes_max = std::string::npos);

    // An answer without end: asked for, then what comes of it within a time; "" when nothing does.
    void        follow(const std::string& target);
    std::string more(std::chrono::milliseconds longest);

private:
    void        send(const std::string& text);
    std::string receive(std::size_t& head_size);

    int socket_;
};

// On a connection of its own.
Answer ask(int port, const Request& request);

}  // namespace faults
