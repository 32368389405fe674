#pragma once
// The clients that follow what changes, each told of the entities and records it has named, as Server-Sent Events:
//
//     event: ready                             it follows, from here on
//     id: 812
//     data: {}
//
//     id: 815
//     data: {"entity":"purchasing.order","id":7,"version":3,"by":"ada","deleted":false}
//
//     event: reset                             anything may have changed: read again
//     id: 816
//     data: {}
//
// The id is an entry of the audit trail, the same on every server of the books: whoever gives it when it comes again is told
// what it has missed, or to read again where that is no longer known. Of what was committed together, the last event has it.
//
// May be called from any thread. Telling never waits for a client: one that does not keep up is cut off.

#include <tessera/http_server.h>
#include <tessera/suite.h>

#include "http/exchange.h"

#include <deque>
#include <mutex>
#include <optional>

namespace tessera::http {

struct WantedChanges {
    struct Record { std::string entity{}; std::int64_t id = 0; };
    std::vector<std::string> entities{};
    std::vector<Record>      records{};

    // Who follows, as far as is known now; null: nobody any more. What they see may have become less.
    std::function<std::shared_ptr<const access::Visitor>()> visitor_now{};
    std::shared_ptr<const access::Visitor>                  visitor{};

    bool cover(const RecordChange& change) const;
};

class ChangeStreams {
public:
    ChangeStreams(Suite& suite, const ServeLimits& limits) : suite_(suite), limits_(limits) {}

    void start();
    void stop();
    // The newest entry that was told: whoever reads now and follows after it misses nothing.
    std::int64_t place() const;
    // On the I/O thread of the exchange, which it answers. `after`: what the client has heard last.
    void open(const std::shared_ptr<Exchange>& exchange, WantedChanges wanted, std::optional<std::int64_t> after);

private:
    struct Stream {
        std::weak_ptr<Exchange> client;
        WantedChanges           wanted;
    };
    void        tell(const ChangeNotice& notice);
    bool        may_go_on(WantedChanges& wanted) const;
    std::string events(const ChangeNotice& notice, const WantedChanges& wanted) const;
    std::int64_t newest_told() const { return newest_.empty() ? remembered_after_ : newest_.back().upto; }
    std::string beginning(const WantedChanges& wanted, std::optional<std::int64_t> after) const;

    Suite&                   suite_;
    const ServeLimits&       limits_;
    mutable std::mutex       mutex_;
    std::vector<Stream>      streams_{};
    std::deque<ChangeNotice> newest_{};       // those behind remembered_after_
    std::int64_t             remembered_after_ = 0;
    Suite::Following         following_{};
};

}  // namespace tessera::http
