#include "http/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <fstream>
#include <limits>

#include "containment/meter.h"

namespace tessera::http {
namespace metrics_text {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr auto route_names = std::to_array<std::string_view>(
    {"record", "list", "change", "report", "transfer", "catalogue", "stream", "session", "page", "operation", "none"});

MetricFamily single(const char* name, const char* help, MetricType type, double value) {
    ClientMetric one;
    (type == MetricType::Counter ? one.counter.value : one.gauge.value) = value;
    return {name, help, type, {one}};
}

// The second field of /proc/self/statm: pages in memory.
double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    double        size = 0, resident = 0;
    file >> size >> resident;
    return resident * 4096;
}

double age_seconds(Instant at) {
    return at.empty() ? std::numeric_limits<double>::infinity() : static_cast<double>(Instant::now().microseconds() - at.microseconds()) / 1e6;
}

// What each plugin does, and costs.
void add_plugins(const std::vector<containment::Meter*>& plugins, std::vector<MetricFamily>& all) {
    if (plugins.empty()) return;
    const auto of_each = [&](const char* name, const char* help, MetricType type, auto value) {
        MetricFamily family{name, help, type, {}};
        for (const auto* meter : plugins) {
            ClientMetric one;
            one.label = {{"plugin", meter->module()}};
            (type == MetricType::Counter ? one.counter.value : one.gauge.value) = static_cast<double>(value(*meter));
            family.metric.push_back(one);
        }
        all.push_back(std::move(family));
    };
    of_each("tessera_plugin_calls_total", "Calls of a plugin's functions", MetricType::Counter, [](const auto& m) { return m.counters().calls; });
    of_each("tessera_plugin_failures_total", "Calls that failed, other than by a refusal", MetricType::Counter, [](const auto& m) { return m.counters().failures; });
    of_each("tessera_plugin_seconds_total", "Time spent in a plugin's functions", MetricType::Counter, [](const auto& m) { return m.counters().seconds; });
    of_each("tessera_plugin_rows_total", "Rows that a plugin's functions have read", MetricType::Counter, [](const auto& m) { return m.counters().rows; });
    of_each("tessera_plugin_closed", "1 when a plugin was closed because it kept failing", MetricType::Gauge, [](const auto& m) { return m.is_closed() ? 1 : 0; });
}

}  // namespace metrics_text

void Metrics::count(Route route, int status, std::chrono::nanoseconds taken) {
    auto&       counters = routes_[static_cast<std::size_t>(route)];
    const auto  seconds  = static_cast<double>(taken.count()) / 1e9;
    std::size_t bucket   = 0;
    while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
    counters.answers[static_cast<std::size_t>(status / 100) % 6].fetch_add(1, std::memory_order_relaxed);
    counters.durations[bucket].fetch_add(1, std::memory_order_relaxed);
    counters.nanoseconds.fetch_add(static_cast<std::uint64_t>(taken.count()), std::memory_order_relaxed);
}

std::string Metrics::text(const Around& around) const {
    using namespace metrics_text;
    const auto&  suite = around.suite;
    MetricFamily requests{"tessera_http_requests_total", "Requests answered", MetricType::Counter, {}};
    MetricFamily durations{
        "tessera_http_request_seconds", "From the header of a request to its answer", MetricType::Histogram, {}};
    for (std::size_t r = 0; r < route_count; ++r) {
        const std::string name(route_names[r]);
        for (std::size_t digit = 2; digit < 6; ++digit) {
            ClientMetric one;
            one.label         = {{"route", name}, {"status", std::to_string(digit) + "xx"}};
            one.counter.value = static_cast<double>(routes_[r].answers[digit].load());
            if (one.counter.value > 0) requests.metric.push_back(one);
        }
        ClientMetric  one;
        std::uint64_t sum = 0;
        for (std::size_t b = 0; b <= bounds.size(); ++b) {
            sum += routes_[r].durations[b].load();
            one.histogram.bucket.push_back(
                {sum, b < bounds.size() ? bounds[b] : std::numeric_limits<double>::infinity()});
        }
        one.label                  = {{"route", name}};
        one.histogram.sample_count = sum;
        one.histogram.sample_sum   = static_cast<double>(routes_[r].nanoseconds.load()) / 1e9;
        if (sum) durations.metric.push_back(one);
    }
    std::vector<MetricFamily> all{
        requests,
        durations,
        single("tessera_http_connections", "Connections open now", MetricType::Gauge,
               static_cast<double>(connections())),
        single("tessera_http_connections_refused_total", "Connections refused because there were too many",
               MetricType::Counter, static_cast<double>(refused_connections_.load())),
        single("tessera_http_requests_too_soon_total", "Requests refused because their address asked too often",
               MetricType::Counter, static_cast<double>(requests_too_soon_.load())),
        single("tessera_log_lines_lost_total", "Lines of the log that could not be written", MetricType::Counter,
               static_cast<double>(around.log_lines_lost)),
        single("tessera_http_streams", "Clients that follow changes now", MetricType::Gauge,
               static_cast<double>(streams())),
        single("tessera_commands_total", "Commands run", MetricType::Counter, static_cast<double>(suite.commands)),
        single("tessera_commands_refused_total", "Commands refused", MetricType::Counter,
               static_cast<double>(suite.refused)),
        single("tessera_commits_total", "Durable commits", MetricType::Counter, static_cast<double>(suite.commits)),
        single("tessera_commands_waiting", "Commands that wait for the writer", MetricType::Gauge,
               static_cast<double>(suite.waiting)),
        single("tessera_outbox_waiting", "Events that wait for delivery", MetricType::Gauge,
               static_cast<double>(suite.outbox)),
        single("tessera_jobs_failing", "Jobs whose newest try failed", MetricType::Gauge, static_cast<double>(suite.failing_jobs.size())),
        single("tessera_writable", "1 when changes are taken", MetricType::Gauge, suite.writable ? 1 : 0),
        single("process_resident_memory_bytes", "Memory in use", MetricType::Gauge, resident_bytes()),
    };
    if (around.disk.known)
        all.push_back(single("tessera_disk_free_bytes", "Free where the books lie", MetricType::Gauge,
                             static_cast<double>(around.disk.free)));
    if (around.replica) {
        const auto status = around.replica->status();
        all.push_back(single("tessera_replica_in_use", "1 when lists and reports are read from the replica",
                             MetricType::Gauge, status.in_use ? 1 : 0));
        all.push_back(single("tessera_replica_lag_seconds", "So old is what the replica shows; 0 when it lacks nothing",
                             MetricType::Gauge, status.lag_seconds));
    }
    if (around.backups) {
        const auto status = around.backups->status();
        all.push_back(single("tessera_backup_age_seconds", "So old is the newest good backup; +Inf without one", MetricType::Gauge, age_seconds(status.last_good)));
        all.push_back(single("tessera_backup_proven_age_seconds", "So old is the newest backup that was restored for a proof; +Inf without one since the start",
                             MetricType::Gauge, age_seconds(status.last_proven)));
        all.push_back(single("tessera_backups_total", "Backups made", MetricType::Counter, static_cast<double>(status.made)));
        all.push_back(single("tessera_backup_failures_total", "Backups that failed", MetricType::Counter, static_cast<double>(status.failed)));
    }
    add_plugins(around.plugins, all);
    return prometheus::TextSerializer().Serialize(all);
}

}  // namespace tessera::http
