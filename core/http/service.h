#pragma once
// What every handler of the API works with, and the two ways of working: at once on the I/O thread, or in the background.

#include <tessera/http_server.h>
#include <tessera/suite.h>

#include "http/callers.h"
#include "http/change_streams.h"
#include "http/disk_space.h"
#include "http/door.h"
#include "http/exchange.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/workers.h"

namespace tessera::http {

struct Service {
    Suite&       suite;
    ServeOptions options;
    Door         door;
    Log          log;
    Metrics      metrics{};
    DiskSpace    disk;
    Workers      workers;

    CallerConnections caller_connections{};
    CallerRates       caller_rates;

    ChangeStreams streams{suite, options.limits};

    std::atomic<std::size_t> writes_waiting{0};
    std::atomic<bool>        stopping{false};

    Service(Suite& suite, ServeOptions options);
};

// Takes one place among the changes that wait for their commit, for as long as its last copy lives. Refused
// "kernel.too_busy" (503) when there is none, and while the disk is full.
std::shared_ptr<void> place_in_queue(Service& service);

using Job = std::function<void(Exchange&)>;

// Runs the job on a worker and answers whatever it throws; 503 when too many wait. Call it on the I/O thread.
void in_background(Service& service, const std::shared_ptr<Exchange>& exchange, Job job);

// An answer that may be long: the first 64 KiB are held back, so that a short answer has a length and a job that is
// refused at its start is answered with a problem. A job that fails later cuts the answer off, and the client sees it.
class LongAnswer {
public:
    LongAnswer(Exchange& exchange, Response heading) : exchange_(exchange), heading_(std::move(heading)) {}

    void write(std::string_view bytes);  // throws ClientGone
    void finish();

private:
    Exchange&   exchange_;
    Response    heading_;
    std::string held_back_{};
};

}  // namespace tessera::http
