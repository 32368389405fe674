#include "http/changes_api.h"

#include <tessera/kernel.h>
#include <tessera/text.h>

#include "http/problem.h"
#include "http/target.h"
#include "workflow/transition.h"

namespace tessera::http {
namespace changes_api {

constexpr std::string_view example = "entity=MODULE.ENTITY or record=MODULE.ENTITY/ID, each as often as needed";

Refused nothing_named() {
    return Refused("kernel.malformed_query", "To follow changes, give {}.", example).with_status(400);
}

Refused malformed(std::string_view given) {
    return Refused("kernel.malformed_query", "To follow changes, give {}; \"{}\" is neither.", example, excerpt(given)).with_status(400);
}

const std::string& followed(const Service& service, const Actor& actor, std::string_view name) {
    const auto* e = service.suite.kernel().find_entity(name);
    if (!e) throw Refused("kernel.no_entity", "To follow \"{}\", name an entity of a loaded module.", excerpt(name)).with_status(404);
    workflow::require_permission(actor, e->read_permission, "follow " + lower_ascii(e->plural));
    return e->parent_field.empty() ? e->name : e->find(e->parent_field)->references;
}

WantedChanges::Record record(const Service& service, const Actor& actor, std::string_view text) {
    const auto slash = text.rfind('/');
    const auto id    = slash == text.npos ? std::nullopt : whole_number(text.substr(slash + 1));
    if (!id || *id == 0) throw malformed(text);
    return {followed(service, actor, text.substr(0, slash)), *id};
}

// Of the request what says who sends it.
Request who_asks(const Request& request) {
    Request asked;
    asked.authorization = request.authorization;
    asked.cookies       = request.cookies;
    return asked;
}

WantedChanges wanted(Service& service, const Exchange& exchange) {
    const auto&   request = exchange.request;
    const auto&   actor   = actor_of(exchange);
    WantedChanges wanted;
    for (const auto& [name, value] : request.parameters) {
        if (name == "entity") wanted.entities.push_back(followed(service, actor, value));
        else if (name == "record") wanted.records.push_back(record(service, actor, value));
        else if (name != "after") throw malformed(name);
    }
    if (wanted.entities.empty() && wanted.records.empty()) throw nothing_named();
    wanted.visitor     = request.visitor;
    wanted.visitor_now = [&service, asked = who_asks(request)] { return service.door.visitor_of(asked); };
    return wanted;
}

// The header counts: a browser that connects again by itself asks for the same address as at first.
std::optional<std::int64_t> heard_last(const Request& request) {
    const auto text = request.last_event_id.empty() ? parameter(request, "after") : std::string_view(request.last_event_id);
    if (text.empty()) return std::nullopt;
    const auto entry = whole_number(text);
    if (!entry)
        throw Refused("kernel.malformed_query", "To go on from where you were, give the id of the last event as after; \"{}\" is none.", excerpt(text)).with_status(400).with_field("after");
    return entry;
}

}  // namespace changes_api

void answer_changes(Service& service, const std::shared_ptr<Exchange>& exchange) {
    auto& request = exchange->request;
    request.route = Route::stream;
    auto       wanted = changes_api::wanted(service, *exchange);
    const auto after  = changes_api::heard_last(request);
    if (request.method == "HEAD") return exchange->answer({.content_type = "text/event-stream"});
    if (service.metrics.streams() >= service.options.limits.streams_max)
        return exchange->answer(problem(503, "kernel.too_many_streams", "To follow changes, try again later: as many follow them as this server allows.").with("Retry-After", "5"));
    service.streams.open(exchange, std::move(wanted), after);
}

}  // namespace tessera::http
