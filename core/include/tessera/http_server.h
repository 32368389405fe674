#pragma once
// HttpServer offers a running suite to browsers and programs: the REST resources of every entity, the reports, the pages
// of the web UI, and what an operator's tools ask for (/healthz, /readyz, /metrics).
//
//     auto       suite = Suite::open({.database = "books.tessera"});
//     HttpServer server(*suite, {.port = 8080, .web_directory = "share/tessera/web"});
//     server.start();                                  // returns at once; server.url() is "http://127.0.0.1:8080"
//     … wait for a signal; server.reload() when files have been replaced …
//     server.stop(std::chrono::seconds(10));
//
// Reads of records, lists and pages are answered on the I/O threads; changes wait for their durable commit without
// holding a thread; reports, imports and exports run on worker threads, end at their time limit, and are given up when
// the client goes away. Long reports leave in chunks as fast as the client takes them.
//
// A client may follow what changes (GET /api/changes, Server-Sent Events), whichever process of the books changes it. One
// that does not keep up is cut off and follows again from where it was.
//
// Nothing of the API answers somebody unknown, but signing in (accounts.h): browsers have a session cookie, programs a token.
// The server answers only to names it knows, and refuses changes that pages of other origins send. With a certificate it speaks
// TLS 1.2 and 1.3 and nothing else; who comes with plain HTTP is told so. Without one it listens on loopback addresses only
// ("kernel.not_loopback"): a proxy in front of it brings TLS. The program must ignore SIGPIPE and SIGXFSZ; the server waits for
// no signal.

#include <tessera/accounts.h>
#include <tessera/refused.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tessera {

class Suite;
namespace backups {
class Schedule;
}
class Replica;

struct ServeLimits {
    std::size_t               connections_max    = 10'000;  // beyond: 503; never more than the process may open files
    std::size_t               header_bytes_max   = 8 * 1024;
    std::size_t               body_bytes_max     = 1024 * 1024;
    std::size_t               import_bytes_max   = 64 * 1024 * 1024;
    std::size_t               writes_waiting_max = 4'000;  // beyond: 503 with Retry-After
    std::size_t               jobs_waiting_max   = 64;     // reports, imports and exports that wait for a worker
    std::size_t               streams_max        = 1'000;  // clients that follow changes; beyond: 503 with Retry-After
    std::size_t               stream_bytes_max   = 64 * 1024;  // may wait for one of them; beyond: it is cut off
    std::chrono::milliseconds header_time_max{10'000};     // from the first byte of a request to the end of its header
    std::chrono::milliseconds body_time_max{10'000};       // and a second more for every 8 KiB that arrive
    std::chrono::milliseconds idle_time_max{60'000};
    std::chrono::milliseconds stream_idle_time_max{15'000};  // then a sign of life is sent
    std::chrono::milliseconds job_time_max{300'000};
    std::size_t               report_rows_max = 10'000'000;  // beyond, a report is cancelled as when it takes too long

    // Of one address (of IPv6: one network); beyond: closed, or 429 with Retry-After. This machine is not limited unless it says so.
    std::size_t address_connections_max         = 1'000;
    std::size_t address_requests_per_second     = 500;    // over time; 0: as many as it likes
    std::size_t address_requests_at_once        = 2'000;  // before that counts
    bool        address_limits_for_this_machine = false;
};

struct ServeTls {
    std::string               certificate{};  // a PEM file with the certificate and its chain; empty: no TLS
    std::string               key{};          // a PEM file with its key
    std::chrono::milliseconds strict_time = std::chrono::hours(24 * 365);  // browsers come by TLS alone for so long (HSTS); 0: do not say

    bool wanted() const { return !certificate.empty() || !key.empty(); }
};

struct ServeLog {
    enum class Format { text, json };
    enum class Level { error, warning, info };

    std::string file{};  // opened anew by reload(); empty: standard error
    Format      format = Format::json;
    Level       level  = Level::info;
};

// Where less than this is free, changes are refused "kernel.disk_nearly_full" (507) while everything is still read, or the log
// warns. Both in bytes, 0: never.
struct ServeDisk {
    std::string   folder{};  // where the books lie; empty: found out, where they are a file
    std::uint64_t stop_writing_below = 0;
    std::uint64_t warn_below         = 0;
};

struct ServeOptions {
    std::string              address = "127.0.0.1";  // or "::1", "localhost"
    unsigned short           port    = 8080;         // 0: any free one, see url()
    std::string              web_directory{};        // the built web pages; empty: none
    std::optional<Actor>     actor{};        // whom every request acts for; mostly nobody: people and programs sign in
    access::AccountRules     accounts{};
    std::string              operator_key{};        // lets in who has the books themselves; empty: nobody
    bool                     behind_proxy = false;  // X-Forwarded-For says where a request comes from
    std::vector<std::string> host_names{};  // further names this server is reached by ("erp.example")
    unsigned                 io_threads        = 2;
    unsigned                 worker_threads    = 2;
    bool                     log_every_request = false;  // otherwise only failures and what took a second or longer
    ServeLimits              limits{};
    ServeTls                 tls{};
    ServeLog                 log{};
    ServeDisk                disk{};
    Replica*                 replica = nullptr;  // where lists, exports and reports are read; outlives the server, which follows it
    backups::Schedule*       backups = nullptr;  // backups made meanwhile; outlives the server, which starts and stops it
};

// Belongs to one thread. The suite must outlive it.
class TESSERA_API HttpServer {
public:
    HttpServer(Suite& suite, ServeOptions options);  // Refused "kernel.no_log"
    ~HttpServer();  // stops without waiting for clients

    // Refused "kernel.not_loopback", "kernel.wrong_address", "kernel.bad_certificate" or "kernel.address_in_use".
    void        start();
    std::string url() const;  // "http://127.0.0.1:8080", after start()

    // Reads the certificate anew: connections that come from now on get it, the others keep theirs. Where it cannot be used,
    // the log says why and the one of before stays. Opens the log's file anew.
    void reload();

    // Accepts nothing more, closes idle connections and streams, lets requests in flight finish for at most this long, and
    // returns when every answer is sent or given up. Changes that have been taken are always committed. /readyz is false
    // first.
    void stop(std::chrono::seconds longest);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tessera
