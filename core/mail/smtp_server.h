#pragma once
// For tests: a mail server on a free port of 127.0.0.1, in a thread of its own, that keeps what it is given and can be told
// to misbehave.
//
//     SmtpServer server({.user = "books", .password = "secret"});   // nobody sends without signing in
//     …                                                              // let something send to server.port()
//     REQUIRE(server.wait_for(1));
//     CHECK(server.letters().at(0).to == "ada@example.org");
//
//     server.answer("RCPT", "550 5.1.1 No such mailbox");            // at each command; "." is the end of a letter
//     server.be_silent("DATA");                                       // never answers
//     server.hang_up(".");                                            // closes without an answer
//     server.behave();                                                // all as before
//
// Commands are CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, LINE (of a letter), "." and QUIT. A letter that was refused with an answer of
// its own at "." is not kept; one that nobody was told about is. All functions may be called from any thread.

#include "mail/received_letter.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <thread>

namespace tessera::mail {

class SmtpServer {
public:
    struct Manner {
        enum class Security { none, starttls, tls };
        Security    security = Security::none;
        std::string certificate{}, key{};  // PEM files
        std::string user{}, password{};
        std::string mechanisms = "PLAIN LOGIN";
    };
    struct Received {
        std::string from{}, to{}, data{};
        std::string user{};             // who had signed in
        bool        is_secure = false;  // it came through TLS
    };

    SmtpServer() : SmtpServer(Manner{}) {}
    explicit SmtpServer(Manner manner) : manner_(std::move(manner)) {
        if (manner_.security != Manner::Security::none) {
            context_.use_certificate_chain_file(manner_.certificate);
            context_.use_private_key_file(manner_.key, boost::asio::ssl::context::pem);
        }
        thread_ = std::thread([this] { listen(); });
    }
    ~SmtpServer() {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
            ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
            Error ignored;
            for (auto& line : lines_) line.socket.shutdown(Socket::shutdown_both, ignored);
        }
        changed_.notify_all();
        thread_.join();
        for (auto& line : lines_) line.thread.join();
    }
    SmtpServer(const SmtpServer&)            = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    unsigned short port() const { return acceptor_.local_endpoint().port(); }

    void answer(const std::string& command, const std::string& line) { deviate(command, {.answer = line}); }
    void be_late(const std::string& command, std::chrono::milliseconds delay) { deviate(command, {.delay = delay}); }
    void be_silent(const std::string& command) { be_late(command, std::chrono::hours(1)); }
    void hang_up(const std::string& command) { deviate(command, {.hangs_up = true}); }
    void behave() {
        const std::lock_guard lock(mutex_);
        deviations_.clear();
    }

    std::vector<Received> letters() const {
        const std::lock_guard lock(mutex_);
        return letters_;
    }
    bool wait_for(std::size_t count, std::chrono::milliseconds longest = std::chrono::seconds(10)) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, longest, [&] { return letters_.size() >= count; });
    }
    // Every line of every client, "\n" after each, the letters' own left out.
    std::string heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

private:
    using Socket = boost::asio::ip::tcp::socket;
    using Error  = boost::system::error_code;

    struct Deviation {
        std::string               answer{};
        std::chrono::milliseconds delay{};
        bool                      hangs_up = false;
    };
    struct Client {
        std::string buffer{};
        bool        is_secure = false;
        std::string user{};
        Received    letter{};
    };
    struct Line {
        Socket      socket;
        std::thread thread{};

        explicit Line(Socket socket) : socket(std::move(socket)) {}
    };
    struct HungUp {};

    void deviate(const std::string& command, Deviation deviation) {
        const std::lock_guard lock(mutex_);
        deviations_[command] = std::move(deviation);
    }
    Deviation deviation_at(const std::string& command) const {
        const std::lock_guard lock(mutex_);
        const auto            found = deviations_.find(command);
        return found == deviations_.end() ? Deviation{} : found->second;
    }

    void listen() {
        while (true) {
            Error  error;
            Socket socket(loop_);
            acceptor_.accept(socket, error);
            const std::lock_guard lock(mutex_);
            if (over_) return;
            if (error) continue;
            auto& line  = lines_.emplace_back(std::move(socket));
            line.thread = std::thread([this, &line] { serve(line); });
        }
    }

    void serve(Line& line) {
        try {
            Client client;
            if (manner_.security == Manner::Security::tls || greet(line.socket, client)) secure(line.socket, client);
        } catch (const HungUp&) {
        } catch (const boost::system::system_error&) {  // the client has gone
        }
        const std::lock_guard lock(mutex_);
        Error                 ignored;
        line.socket.close(ignored);
    }
    bool greet(Socket& socket, Client& client) {
        reply(socket, "CONNECT", "220 mail.example ESMTP");
        return converse(socket, client);
    }
    void secure(Socket& socket, Client& client) {
        boost::asio::ssl::stream<Socket&> secured(socket, context_);
        secured.handshake(boost::asio::ssl::stream_base::server);
        client = {.is_secure = true};
        if (manner_.security == Manner::Security::tls) reply(secured, "CONNECT", "220 mail.example ESMTP");
        converse(secured, client);
    }

    // False when the connection is to end, true when it is to be secured.
    template <class Stream>
    bool converse(Stream& stream, Client& client) {
        const bool offers_tls = manner_.security == Manner::Security::starttls && !client.is_secure;
        while (true) {
            const auto line = next_line(stream, client);
            {
                const std::lock_guard lock(mutex_);
                heard_ += line + "\n";
            }
            if (line.starts_with("EHLO ") || line.starts_with("HELO ")) {
                reply(stream, "EHLO",
                      std::string("250-mail.example\r\n") + (offers_tls ? "250-STARTTLS\r\n" : "") +
                          (manner_.user.empty() ? "" : "250-AUTH " + manner_.mechanisms + "\r\n") + "250 8BITMIME");
            } else if (line == "STARTTLS" && offers_tls) {
                if (reply(stream, "STARTTLS", "220 Go ahead")) return true;
            } else if (line.starts_with("AUTH ")) {
                client.user = sign_in(stream, client, line.substr(5));
                reply(stream, "AUTH", client.user.empty() ? "535 5.7.8 Authentication failed" : "235 2.7.0 Welcome");
            } else if (line.starts_with("MAIL FROM:<")) {
                client.letter = {.from = between(line, "<", ">"), .user = client.user, .is_secure = client.is_secure};
                reply(stream, "MAIL", client.user == manner_.user ? "250 2.1.0 Ok" : "530 5.7.0 Authentication required");
            } else if (line.starts_with("RCPT TO:<")) {
                client.letter.to += (client.letter.to.empty() ? "" : ",") + between(line, "<", ">");
                reply(stream, "RCPT", "250 2.1.5 Ok");
            } else if (line == "DATA") {
                if (!reply(stream, "DATA", "354 End with a line of one dot")) continue;
                client.letter.data = letter_data(stream, client);
                end_letter(stream, client);
            } else if (line == "QUIT") {
                reply(stream, "QUIT", "221 2.0.0 Bye");
                return false;
            } else {
                reply(stream, "", "500 5.5.1 Unknown command");
            }
        }
    }

    template <class Stream>
    std::string next_line(Stream& stream, Client& client) {
        const auto  size = boost::asio::read_until(stream, boost::asio::dynamic_buffer(client.buffer), "\r\n");
        std::string line = client.buffer.substr(0, size - 2);
        client.buffer.erase(0, size);
        return line;
    }

    // Whether it answered what it usually does.
    template <class Stream>
    bool reply(Stream& stream, const std::string& command, const std::string& usual) {
        const auto deviation = deviation_at(command);
        if (deviation.hangs_up) throw HungUp();
        if (std::unique_lock lock(mutex_); changed_.wait_for(lock, deviation.delay, [&] { return over_; })) throw HungUp();
        write(stream, deviation.answer.empty() ? usual : deviation.answer);
        return deviation.answer.empty();
    }
    template <class Stream>
    void write(Stream& stream, const std::string& line) {
        boost::asio::write(stream, boost::asio::buffer(line + "\r\n"));
    }

    // Who has signed in, "" when nobody has.
    template <class Stream>
    std::string sign_in(Stream& stream, Client& client, const std::string& mechanism) {
        if (manner_.mechanisms.find(mechanism) == std::string::npos) return {};
        std::string user, password;
        if (mechanism == "PLAIN") {
            write(stream, "334 ");
            const auto given = from_base64(next_line(stream, client));
            const auto first = given.find('\0'), second = given.find('\0', first + 1);
            user     = given.substr(first + 1, second - first - 1);
            password = given.substr(second + 1);
        } else {
            write(stream, "334 VXNlcm5hbWU6");
            user = from_base64(next_line(stream, client));
            write(stream, "334 UGFzc3dvcmQ6");
            password = from_base64(next_line(stream, client));
        }
        return user == manner_.user && password == manner_.password ? user : "";
    }

    template <class Stream>
    std::string letter_data(Stream& stream, Client& client) {
        std::string data;
        while (true) {
            const auto line = next_line(stream, client);
            if (deviation_at("LINE").hangs_up) throw HungUp();
            if (line == ".") return data;
            data += line.substr(line.starts_with('.') ? 1 : 0) + "\r\n";
        }
    }

    template <class Stream>
    void end_letter(Stream& stream, Client& client) {
        if (deviation_at(".").answer.empty()) {
            const std::lock_guard lock(mutex_);
            letters_.push_back(client.letter);
            changed_.notify_all();
        }
        reply(stream, ".", "250 2.0.0 Taken");
    }

    const Manner                     manner_;
    boost::asio::ssl::context        context_{boost::asio::ssl::context::tls_server};
    boost::asio::io_context          loop_{};
    boost::asio::ip::tcp::acceptor   acceptor_{loop_, {boost::asio::ip::address_v4::loopback(), 0}};
    mutable std::mutex               mutex_{};
    std::condition_variable          changed_{};
    std::map<std::string, Deviation> deviations_{};
    std::vector<Received>            letters_{};
    std::string                      heard_{};
    bool                             over_ = false;
    std::list<Line>                  lines_{};
    std::thread                      thread_{};
};

}  // namespace tessera::mail
