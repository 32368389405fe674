// What connections that ask nothing cost the server: its memory while thousands are held open from another process.
#include "measures.h"
#include "world.h"

#include <tessera/http_server.h>

#include <fmt/core.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>

namespace bench {
namespace idle {

constexpr std::string_view ask = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

// As many files as the system lets a process open.
std::size_t open_files_possible() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur;
}

bool connect_and_ask(int port, SSL_CTX* secure) {
    const int   socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{.sin_family = AF_INET, .sin_port = htons(static_cast<std::uint16_t>(port)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return false;
    char answer[4096];
    if (!secure) return ::send(socket, ask.data(), ask.size(), 0) > 0 && ::recv(socket, answer, sizeof answer, 0) > 0;
    SSL* session = SSL_new(secure);
    SSL_set_fd(session, socket);
    return SSL_connect(session) == 1 && SSL_write(session, ask.data(), static_cast<int>(ask.size())) > 0 &&
           SSL_read(session, answer, sizeof answer) > 0;
}

// A process that opens connections to the port it is told and holds them until it is told to end.
class Clients {
public:
    Clients(int count, bool secure) {
        if (::pipe(to_) != 0 || ::pipe(from_) != 0) throw std::runtime_error("no pipe");
        process_ = ::fork();
        if (process_ == 0) hold(count, secure);
    }
    ~Clients() {
        ::close(to_[1]);
        ::waitpid(process_, nullptr, 0);
        ::close(to_[0]);
        ::close(from_[0]);
        ::close(from_[1]);
    }
    Clients(const Clients&)            = delete;
    Clients& operator=(const Clients&) = delete;

    int opened(int port) {  // how many are open and answered
        int opened = 0;
        if (::write(to_[1], &port, sizeof port) != sizeof port || ::read(from_[0], &opened, sizeof opened) != sizeof opened)
            throw std::runtime_error("no clients");
        return opened;
    }

private:
    [[noreturn]] void hold(int count, bool secure) {
        ::close(to_[1]);
        int port = 0, opened = 0;
        if (::read(to_[0], &port, sizeof port) != sizeof port) ::_exit(1);
        SSL_CTX* context = secure ? SSL_CTX_new(TLS_client_method()) : nullptr;
        while (opened < count && connect_and_ask(port, context)) ++opened;
        if (::write(from_[1], &opened, sizeof opened) != sizeof opened) ::_exit(1);
        if (::read(to_[0], &port, sizeof port) == 0) ::_exit(0);
        ::_exit(1);
    }

    int   to_[2]{}, from_[2]{};
    pid_t process_ = 0;
};

tessera::ServeTls certificate(const std::string& directory) {
    const tessera::ServeTls tls{.certificate = directory + "/bench.pem", .key = directory + "/bench.key"};
    const auto command = fmt::format(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=bench -keyout {} -out {} 2>/dev/null", tls.key, tls.certificate);
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    return tls;
}

}  // namespace idle

void measure_idle(const Settings& settings, Table& table) {
    const auto count = static_cast<int>(std::min<std::size_t>(9'000, idle::open_files_possible() - 200));
    for (const bool secure : {false, true}) {
        idle::Clients         clients(count, secure);
        World                 world(settings.directory, 1, 1);
        tessera::ServeOptions options{.port = 0, .limits = {.connections_max = 20'000, .idle_time_max = std::chrono::hours(1)}};
        if (secure) options.tls = idle::certificate(settings.directory);
        tessera::HttpServer server(world.suite(), options);
        server.start();
        const auto url  = server.url();
        int        port = 0;
        std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
        const auto before = memory().resident;
        const auto opened = clients.opened(port);
        table.add({fmt::format("memory of an idle connection, {} {}", opened, secure ? "over TLS" : "plain"),
                   (memory().resident - before) * 1024 / opened, "KiB", 0, secure ? "" : "<= 50"});
    }
}

}  // namespace bench
