#pragma once
// One request and its one answer, free of any network library. Handlers read the request and call answer() once, on any
// thread; nothing may touch the exchange afterwards, because the connection goes on to its next request.
//
//     exchange->answer({.body = suite.list(actor, "purchasing.order", request)});
//
// A long answer leaves in parts instead, from a worker thread: begin_parts(), write_part() as often as needed (it waits
// while the client is slow), end_parts(); or abandon(), after which the client sees that the answer is cut.
//
// An answer without end leaves in parts that never wait: begin_stream(), offer_part() from one thread at a time, and
// abandon() when the client does not keep up. It ends when the client or the server does.

#include <tessera/actor.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tessera::access { struct Visitor; }

namespace tessera::http {

// What kind of request it was, for the metrics.
enum class Route { record, list, change, report, transfer, catalogue, stream, session, page, operation, none };

struct Request {
    std::uint64_t number = 0;  // counts up from the start of the server
    std::string   method{};
    std::string   target{};  // as sent
    std::string   host{}, origin{}, fetch_site{};
    std::string   content_type{}, accept_encoding{};
    std::string   if_match{}, if_none_match{};
    std::string   idempotency_key{}, last_event_id{};
    std::string   cookies{}, authorization{};  // of the header, never of a trailer
    std::string   user_agent{}, forwarded_for{}, client_address{};
    std::string   body{};

    std::vector<std::string>                         segments{};    // of the path, decoded
    std::vector<std::pair<std::string, std::string>> parameters{};  // of the query, decoded, in order

    std::chrono::steady_clock::time_point started{};
    Route                                 route = Route::none;

    std::shared_ptr<const access::Visitor> visitor{};  // who sends it; null: nobody we know
    std::exception_ptr                     failure{};  // to find that out

    std::string      id() const;  // "3f2a91c4-17": names the request in answers and log lines
    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    bool             reads() const { return method == "GET" || method == "HEAD"; }
};

inline constexpr std::string_view json_type    = "application/json";
inline constexpr std::string_view problem_type = "application/problem+json";

struct Response {
    int                                status       = 200;
    std::string_view                   content_type = json_type;  // of static storage
    std::string                        headers{};                 // further lines, each ended by CRLF
    std::string                        body{};
    std::shared_ptr<const std::string> shared_body{};       // instead of body
    bool                               closes   = false;    // the connection, after this answer
    bool                               keepable = false;    // headers says how long; otherwise it is not to be stored
    bool                               foreign  = false;    // somebody else's content: a browser lets it do nothing
    std::uint64_t                      length_of_head = 0;  // of what HEAD does not get, where it has not been gathered

    Response& with(std::string_view name, std::string_view value) {
        ((((headers += name) += ": ") += value) += "\r\n");
        return *this;
    }
    std::string_view content() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

// The client has closed the connection: nobody waits for the rest.
struct ClientGone {};

class Exchange : public std::enable_shared_from_this<Exchange> {
public:
    virtual ~Exchange() = default;

    Request           request{};
    std::atomic<bool> cancelled{false};  // set when the client has gone away during a job
    bool              begun = false;     // the first part has left; the worker's own

    virtual void answer(Response response) = 0;
    virtual void watch_client()            = 0;  // on the I/O thread, before the request is given to a worker

    virtual void begin_parts(Response heading)      = 0;
    virtual void write_part(std::string_view bytes) = 0;  // throws ClientGone
    virtual void end_parts()                        = 0;
    virtual void abandon()                          = 0;

    // On the I/O thread. Whenever nothing has left for a while, the idle part does: so both sides see that the other is there.
    virtual void begin_stream(Response heading, std::string idle_part) = 0;
    // False when the client has gone, or is so slow that more than this many bytes would wait for it.
    virtual bool offer_part(std::string_view bytes, std::size_t most_waiting) = 0;
};

}  // namespace tessera::http
