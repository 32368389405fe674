#include <tessera/http_server.h>

#include "commands.h"
#include "open_books.h"
#include "operator_key.h"
#include "output.h"
#include "readiness.h"
#include "serve_configuration.h"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <thread>

namespace tessera::program {

namespace serve_books {

// SIGTERM, SIGINT and SIGHUP, taken by whoever waits: blocked in every thread of the program, so call it before any other
// starts.
class Signals {
public:
    Signals() {
        std::signal(SIGPIPE, SIG_IGN);
        sigemptyset(&set_);
        sigaddset(&set_, SIGTERM);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGHUP);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }
    int wait() const {
        int signal = 0;
        sigwait(&set_, &signal);
        return signal;
    }
    // 0: none came in that time.
    int wait_for(std::chrono::milliseconds time) const {
        const timespec longest{time / std::chrono::seconds(1), time % std::chrono::seconds(1) / std::chrono::nanoseconds(1)};
        return std::max(0, sigtimedwait(&set_, nullptr, &longest));
    }
    // From now on the next signal ends the program at once.
    void force_on_next() const {
        std::thread([*this] {
            int signal = wait();
            while (signal == SIGHUP) signal = wait();
            ::_exit(128 + signal);
        }).detach();
    }

private:
    sigset_t set_{};
};

// What a crash would leave on disk holds the books' figures and keys.
void leave_no_core() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

void listen_where_told(ServeOptions& serve, const Options& options) {
    const auto   listen        = options.text("listen");
    const auto   colon         = listen.rfind(':');
    const auto   port          = listen.substr(colon == std::string::npos ? listen.size() : colon + 1);
    unsigned     number        = 0;
    const auto [rest, problem] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (colon == std::string::npos || colon == 0 || problem != std::errc{} || rest != port.data() + port.size() ||
        number > 65535)
        throw options.misuse("write --listen as ADDRESS:PORT, such as 127.0.0.1:8080");
    serve.address = listen.substr(0, colon);
    if (serve.address.starts_with('[') && serve.address.ends_with(']'))
        serve.address = serve.address.substr(1, serve.address.size() - 2);
    serve.port = static_cast<unsigned short>(number);
}

// Whoever starts it learns how the first one gets in.
void tell_how_to_sign_in(Suite& suite, const std::string& url) {
    if (access::somebody_can_sign_in(suite)) return;
    complain(fmt::format("To sign in, make a link that opens {}: tessera user link administrator --database {}\n", url, suite.database_name()));
}

enum class Told { to_stop, to_open_anew };

struct Serving {
    const Options&     options;
    ServeOptions&      how;
    const MailOptions& mail;
    const Signals&     signals;
};

// The operator's own fields are known when the books are opened: when they change, they are opened anew.
Told wait(const Serving& s, HttpServer& server, const Suite& suite) {
    const bool has_what_to_reload = s.how.tls.wanted() || !s.how.log.file.empty();
    while (!suite.is_outdated()) {
        const int signal = s.signals.wait_for(std::chrono::milliseconds(200));
        if (signal == SIGHUP && has_what_to_reload) server.reload();
        else if (signal) return Told::to_stop;
    }
    return Told::to_open_anew;
}

// A free port that was taken is kept.
unsigned short port_of(const std::string& url) { return static_cast<unsigned short>(std::stoul(url.substr(url.rfind(':') + 1))); }

Told serve_until_told(const Serving& s) {
    auto books         = suite_options(s.options);
    books.background   = true;
    books.via          = "server";
    books.mail         = s.mail.taken();
    books.lock_note    = "about to be served";
    const auto suite   = open_books(std::move(books));
    const auto replica = open_replica(s.options, *suite);
    s.how.replica      = replica.get();
    const OperatorKey key(database_of(s.options));
    s.how.operator_key  = key.text();
    const auto schedule = open_schedule(s.options);
    s.how.backups       = schedule.get();
    HttpServer server(*suite, s.how);
    server.start();
    suite->change_lock_note(server.url());
    print(fmt::format("Serving {} on {}\n", suite->company_name(), server.url()));
    finish_output();
    tell_how_to_sign_in(*suite, server.url());
    tell_service_manager(fmt::format("READY=1\nSTATUS=Serving {} on {}", suite->company_name(), server.url()));

    const auto told = wait(s, server, *suite);
    s.how.port      = port_of(server.url());
    if (told == Told::to_stop) {
        s.signals.force_on_next();
        tell_service_manager("STOPPING=1");
    }
    server.stop(std::chrono::seconds(10));
    suite->stop();
    return told;
}

}  // namespace serve_books

int serve(const Words& words) {
    Options options("serve --database FILE [--listen 127.0.0.1:8080]",
                    "Offers the books to browsers and programs until it gets SIGTERM or SIGINT; it then lets the "
                    "requests in flight\n"
                    "finish, and a second signal ends it at once. SIGHUP reads the certificate and opens the log anew. Prints where it "
                    "serves when it is ready.\n"
                    "Meanwhile other commands read beside it, and record commands write through it.");
    options
        .option("listen", "ADDRESS:PORT", "where to listen, without TLS on this machine only; port 0 takes a free one",
                "127.0.0.1:8080")
        .option("web", "DIR", "the browser's pages; share/tessera/web beside the program when not given")
        .repeated("host", "NAME", "a further name this server is reached by")
        .flag("behind-proxy", "a proxy in front says in X-Forwarded-For where requests come from")
        .flag("log-requests", "log every request, not only what failed or took long")
        .replica()
        .schedule()
        .option("config", "FILE", "a TOML file with these options and many more; what is given here overrides it")
        .flag("help-config", "every key of that file, with its default")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    ServeOptions serving;
    MailOptions  mail;
    const auto   configuration = serve_configuration(options, serving, mail);
    if (options.flagged("help-config")) {
        print(configuration.example());
        return done;
    }
    if (options.given("config")) configuration.read(options.text("config"));

    serve_books::listen_where_told(serving, options);
    serving.web_directory     = options.text("web").empty() ? resource("web").string() : options.text("web");
    serving.host_names        = options.texts("host");
    serving.log_every_request = options.flagged("log-requests");
    serving.behind_proxy      = options.flagged("behind-proxy");
    if (!options.text("web").empty() && !std::filesystem::is_directory(serving.web_directory))
        throw Refused("kernel.no_web_pages", "To serve the browser's pages, name their folder: {} is none.",
                      serving.web_directory);

    serve_books::leave_no_core();
    const serve_books::Signals signals;
    while (serve_books::serve_until_told({options, serving, mail, signals}) == serve_books::Told::to_open_anew) {}
    return done;
}

}  // namespace tessera::program
