#include "http/operation_api.h"

#include <tessera/json.h>
#include <tessera/kernel.h>
#include <tessera/replica.h>

#include "containment/meter.h"

namespace tessera::http {
namespace operation_api {

// The database may be the very thing that is broken; the answer is wanted all the same.
Suite::Status status_of(Service& service) {
    try {
        return service.suite.status();
    } catch (const std::exception& failure) {
        service.log.failure("readyz", failure.what());
        return {.writable = false, .trouble = "the database cannot be read"};
    }
}

}  // namespace operation_api

Response healthy() { return {.content_type = "text/plain; charset=utf-8", .body = "ok"}; }

Response ready(Service& service, bool with_details) {
    auto       status   = operation_api::status_of(service);
    const auto disk     = service.disk.look();
    const bool stopping = service.stopping;
    if (disk.full && status.writable) {
        status.writable = false;
        status.trouble  = service.disk.trouble();
    }
    const bool ready    = status.writable && !stopping;
    Response   response{.status = ready ? 200 : 503};
    if (!ready) response.with("Retry-After", "5");
    JsonWriter json(response.body);
    json.begin_object();
    json.member("ready", ready);
    if (!with_details) {
        json.end_object();
        return response;
    }
    json.member("writable", status.writable);
    json.member("stopping", stopping);
    json.member("trouble", status.trouble);
    json.member("waiting", status.waiting);
    json.member("outbox", status.outbox);
    if (disk.known) {
        json.key("disk").begin_object();
        json.member("free", disk.free);
        json.member("low", disk.low || disk.full);
        json.end_object();
    }
    if (const auto* replica = service.options.replica) {
        const auto of_replica = replica->status();
        json.key("replica").begin_object();
        json.member("in_use", of_replica.in_use);
        json.key("lag_seconds").raw(fmt::format("{:.3f}", of_replica.lag_seconds));
        json.member("trouble", of_replica.trouble);
        json.end_object();
    }
    if (const auto* backups = service.options.backups) {
        const auto of_backups = backups->status();
        json.key("backups").begin_object();
        json.member("last_good", of_backups.last_good.empty() ? "" : of_backups.last_good.str());
        json.member("last_proven", of_backups.last_proven.empty() ? "" : of_backups.last_proven.str());
        json.member("failed", of_backups.failed);
        json.member("trouble", of_backups.trouble);
        json.end_object();
    }
    json.key("jobs").begin_object();
    json.key("failing").begin_array();
    for (const auto& one : status.failing_jobs) json.value(one);
    json.end_array();
    json.end_object();
    json.key("refused_modules").begin_array();
    for (const auto& module : service.suite.kernel().modules()) {
        if (module.refused.empty()) continue;
        json.begin_object();
        json.member("name", module.name);
        json.member("reason", module.refused);
        json.end_object();
    }
    json.end_array();
    json.key("closed_plugins").begin_array();
    for (const auto* meter : service.suite.kernel().meters()) {
        if (!meter->is_closed()) continue;
        json.begin_object();
        json.member("name", meter->module());
        json.member("reason", meter->why_closed());
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return response;
}

Response metrics(Service& service) {
    return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
            .body         = service.metrics.text({.suite   = operation_api::status_of(service),
                                                  .replica = service.options.replica,
                                                  .backups = service.options.backups,
                                                  .disk    = service.disk.look(),
                                                  .plugins = service.suite.kernel().meters(),
                                                  .log_lines_lost = service.log.lost()})};
}

}  // namespace tessera::http
