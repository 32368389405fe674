// What an operator does to a running server: room that runs out before the disk is full, certificates and log files that are
// replaced, a service manager that wants to know, too few file descriptors.
#include "served_books.h"

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <fstream>
#include <sstream>
#include <thread>

namespace faults {

namespace {

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }

std::string text_of(const std::filesystem::path& file) {
    std::ifstream     input(file);
    std::stringstream text;
    text << input.rdbuf();
    return text.str();
}

template <class Condition>
bool comes_true(const Condition& condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

void make_certificate(const Books& books, const std::string& name) {
    const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=" + name +
                         " -keyout server.key -out server.pem";
    const auto made    = whole::run({"/bin/sh", "-c", command}, {.directory = books.folder()});
    REQUIRE_MESSAGE(made.code == 0, made.errors);
}

// A word from the service manager's socket; "" when none comes.
class NotifySocket {
public:
    explicit NotifySocket(const std::string& file) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
        file.copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        const timeval longest{.tv_sec = 30, .tv_usec = 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    }
    ~NotifySocket() { ::close(socket_); }
    NotifySocket(const NotifySocket&)            = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    std::string told() const {
        char       bytes[1024];
        const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
        return {bytes, count > 0 ? static_cast<std::size_t>(count) : 0};
    }

private:
    int socket_;
};

}  // namespace

TEST_SUITE_BEGIN("database file");

TEST_CASE("room below the mark: changes are refused, reading and readiness say so, and room brings changes back") {
    const Books books;
    const auto  disk = books.folder() / "disk";
    std::filesystem::create_directory(disk);
    const auto mounted = "mount -t tmpfs -o size=64m tmpfs '" + disk.string() + "'";
    if (whole::run({"unshare", "-m", "sh", "-c", mounted}, {}).code != 0) {
        MESSAGE("Left out: a disk of its own needs the right to mount one.");
        return;
    }
    write(books.folder() / "serve.toml", "[disk]\nstop_writing_below = \"16MiB\"\nwarn_below = \"24MiB\"\n");
    const auto serve =
        mounted + " && cp books.tessera disk/ && TESSERA_DATABASE=disk/books.tessera && export TESSERA_DATABASE && exec \"$@\"";
    Server     server(books, {"unshare", "-m", "sh", "-c", serve, "sh"}, {}, {"--config", "serve.toml"});
    const auto inside = [&](const std::string& command) {
        return whole::run({"nsenter", "-m", "-t", std::to_string(server.process()), "sh", "-c", command}, {.directory = "/"}).code;
    };
    const auto ready = [&] { return ask(server.port(), {.target = "/readyz"}); };
    const auto save  = [&](const std::string& key) { return server.post("directory/parties", R"({"name":"Ada"})", key); };
    CHECK(save("first").status == 201);
    CHECK(ready().status == 200);
    REQUIRE(inside("head -c 50000000 /dev/zero > '" + disk.string() + "/ballast'") == 0);
    CHECK(comes_true([&] { return ready().status == 503; }));
    CHECK(has(ready().body, "less than 16 MiB are free there"));

    const auto refused = save("second");
    CHECK_MESSAGE(refused.status == 507, refused.body);
    CHECK(has(refused.body, "kernel.disk_nearly_full"));
    CHECK(has(refused.head, "Retry-After:"));
    CHECK(server.get("directory/parties?limit=1").status == 200);
    CHECK(server.get("reports/financials.trial_balance?as_of=2020-12-31").status == 200);
    CHECK(has(ask(server.port(), {.target = "/metrics"}).body, "tessera_disk_free_bytes"));

    CHECK(inside("rm '" + disk.string() + "/ballast'") == 0);
    CHECK(comes_true([&] { return ready().status == 200; }));
    CHECK(save("second").status == 201);
    CHECK(comes_true([&] { return has(server.errors(), "Changes are taken again"); }));
    CHECK(has(server.errors(), "Until then changes are refused."));
    CHECK(server.stop() == 0);
}

TEST_CASE("a hangup: the certificate and the log file are read anew, and the command line goes on through TLS") {
    const Books books;
    make_certificate(books, "first.example");
    write(books.folder() / "serve.toml",
          "[server]\nlisten = \"127.0.0.1:0\"\n[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\n[log]\nfile = \"server.log\"\nformat = \"text\"\n");
    whole::Program server({whole::tessera(), "serve", "--config", "serve.toml"}, {.directory = books.folder()});
    const auto     line = server.first_line();
    REQUIRE_MESSAGE(has(line, " on https://127.0.0.1:"), line, server.errors());
    const auto log_says = [&](const char* text) { return comes_true([&] { return has(text_of(books.folder() / "server.log"), text); }); };
    CHECK(log_says("the certificate of first.example, valid until "));

    const auto made = books.tessera({"directory", "party", "create", "--set", "name=Through TLS"});
    CHECK_MESSAGE(made.output == "Party Through TLS\n", made.errors);

    make_certificate(books, "second.example");
    std::filesystem::rename(books.folder() / "server.log", books.folder() / "server.log.1");
    server.signal(SIGHUP);
    CHECK(log_says("From now on the server shows the certificate of second.example"));
    write(books.folder() / "server.pem", "nothing");
    server.signal(SIGHUP);
    CHECK(log_says("Until then the server goes on with the certificate of second.example"));
    CHECK(log_says("To serve with TLS, give a file with the certificate and its chain in PEM: server.pem"));
    CHECK(books.tessera({"directory", "party", "create", "--set", "name=Still there"}).code == 0);
    CHECK(server.stop(SIGTERM) == 0);
}

TEST_CASE("without anything to read anew a hangup stops the server gently, as when its terminal closes") {
    const Books books;
    Server      server(books);
    CHECK(server.stop(SIGHUP) == 0);
}

TEST_CASE("the service manager is told when the server is ready and when it stops") {
    const Books        books;
    const auto         file = (books.folder() / "notify").string();
    const NotifySocket manager(file);
    Server             server(books, {}, {"NOTIFY_SOCKET=" + file});
    const auto         ready = manager.told();
    CHECK(ready.starts_with("READY=1\nSTATUS=Serving "));
    CHECK(ready.ends_with(" on " + server.url()));
    CHECK(server.stop() == 0);
    CHECK(manager.told() == "STOPPING=1");
    for (const auto* odd : {"NOTIFY_SOCKET=", "NOTIFY_SOCKET=nonsense", "NOTIFY_SOCKET=/nowhere/at/all"}) {
        Server alone(books, {}, {odd});
        CHECK(alone.stop() == 0);
    }
}

TEST_CASE("too few file descriptors: whoever finds none is refused or waits, and is served when others have gone") {
    const Books books;
    Server      server(books, {"prlimit", "--nofile=64"});
    {
        std::vector<std::unique_ptr<Client>> many;
        for (int i = 0; i < 100; ++i) many.push_back(std::make_unique<Client>(server.port()));
        CHECK(many.front()->ask({.target = "/healthz"}).status == 200);
    }
    CHECK(comes_true([&] {
        try {
            return ask(server.port(), {.target = "/readyz"}).status == 200;
        } catch (const Lost&) {
            return false;
        }
    }));
    CHECK(server.post("directory/parties", R"({"name":"Ada"})").status == 201);
    CHECK(server.stop() == 0);
}

TEST_CASE("the unit for systemd and the example configuration are what systemd and the program understand") {
    const auto installed = std::filesystem::path(whole::tessera()).parent_path().parent_path();
    const auto unit      = installed / "lib/systemd/system/tessera.service";
    const auto text      = text_of(unit);
    for (const auto* line : {"Type=notify", "ProtectSystem=strict", "NoNewPrivileges=yes", "MemoryMax=", "LimitNOFILE=", "LimitCORE=0"})
        CHECK_MESSAGE(has(text, std::string("\n") + line), line);
    CHECK(has(text, "\nExecStart=" + installed.string() + "/bin/tessera serve --config /etc/tessera/tessera.toml\n"));
    if (whole::run({"sh", "-c", "command -v systemd-analyze"}, {}).code == 0) {
        const auto verified = whole::run({"systemd-analyze", "verify", unit.string()}, {});
        CHECK_MESSAGE(!has(verified.errors, "tessera.service"), verified.errors);
    }
    const Books books;
    const auto  example = (installed / "share/tessera/tessera.toml").string();
    const auto  ended   = whole::run({whole::tessera(), "serve", "--config", example, "--database", "nowhere.tessera"}, {.directory = books.folder()});
    CHECK(ended.code == 1);
    CHECK_MESSAGE(has(ended.errors, "nowhere.tessera"), ended.errors);
}

TEST_SUITE_END();

}  // namespace faults
