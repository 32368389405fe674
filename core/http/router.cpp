#include "http/router.h"

#include <tessera/digest.h>
#include <tessera/kernel.h>

#include "http/audit_api.h"
#include "http/changes_api.h"
#include "http/markdown_api.h"
#include "http/operation_api.h"
#include "http/origin.h"
#include "http/problem.h"
#include "http/records_api.h"
#include "http/reports_api.h"
#include "http/search_api.h"
#include "http/session_api.h"
#include "http/target.h"

namespace tessera::http {
namespace router {

constexpr std::string_view reading = "GET, HEAD, OPTIONS";

// Answers whatever is not a read, where only reads are known.
bool only_reads(Exchange& exchange) {
    if (exchange.request.reads()) return true;
    exchange.answer(exchange.request.method == "OPTIONS" ? allowed_methods(reading) : not_allowed(reading));
    return false;
}

// What is checked of every request that may change something.
void check_change(const Request& request) {
    if (request.reads() || request.method == "OPTIONS") return;
    const bool by_cookie = request.visitor && request.visitor->kind == access::Visitor::Kind::session;
    const bool unknown   = by_cookie && request.origin.empty() && request.fetch_site.empty();
    if (unknown || !same_origin(request.origin, request.fetch_site, request.host))
        throw Refused("kernel.cross_origin",
                      "To change something, use the pages of this server: another site's page sent this.")
            .with_status(403);
    const auto& key     = request.idempotency_key;
    const bool  visible = std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (key.size() > 255 || !visible)
        throw Refused("kernel.malformed_key",
                      "To make a request repeatable, give an Idempotency-Key of 1 to 255 visible ASCII characters.")
            .with_status(400);
}

// How the server is doing is for who runs it: programs on its machine, and administrators. Others hear whether it is ready.
bool may_look_inside(const Service& service, const Request& request) {
    const auto from = service.door.place_of(request).address;
    return from == "127.0.0.1" || (request.visitor && request.visitor->actor.may("access.administer"));
}

// Long and seldom changed: who has it is told so.
Response unless_known(const Request& request, std::string text) {
    const auto tag = fmt::format("W/\"{}\"", sha256_hex(text).substr(0, 32));
    Response   response{.keepable = true};
    response.with("Cache-Control", "private, no-cache").with("ETag", tag);
    if (request.if_none_match.find(tag) == std::string::npos)
        response.body = std::move(text);
    else
        response.with("Vary", "Accept-Encoding").status = 304;
    return response;
}

}  // namespace router

Router::Router(Service& service) : service_(service), pages_(service.options.web_directory) {}

void Router::handle(const std::shared_ptr<Exchange>& exchange) {
    try {
        route(exchange);
    } catch (...) {
        exchange->answer(problem(std::current_exception(), exchange->request, service_.log));
    }
}

void Router::route(const std::shared_ptr<Exchange>& exchange) {
    auto& request = exchange->request;
    if (request.target == "*" && request.method == "OPTIONS")
        return exchange->answer(allowed_methods("GET, HEAD, POST, PATCH, DELETE, OPTIONS"));
    read_target(request);
    if (request.failure) std::rethrow_exception(request.failure);
    router::check_change(request);
    const auto& segments = request.segments;
    if (!segments.empty() && segments[0] == "api") return api(exchange);
    page(*exchange);
}

void Router::api(const std::shared_ptr<Exchange>& exchange) {
    auto&       request  = exchange->request;
    const auto& segments = request.segments;
    const auto  is       = [&](std::string_view name) { return segments.size() == 2 && segments[1] == name; };
    if (segments.size() >= 2 && segments[1] == "session") return answer_session(service_, exchange, std::span(segments).subspan(2));
    if (!is("openapi.json")) visitor_of(*exchange);
    if (segments.size() == 5 && segments[1] == "access" && segments[2] == "users")
        if (const auto user = whole_number(segments[3]); user && answer_user_account(service_, exchange, *user, segments[4])) return;
    if (segments.size() >= 3 && segments[1] != "reports")
        if (const auto* entity = service_.suite.kernel().find_entity_by_path(segments[1] + "/" + segments[2]))
            return answer_records(service_, exchange, *entity, std::span(segments).subspan(3));
    if (is("markdown")) return answer_markdown(service_, exchange);
    if (segments.size() == 3 && segments[1] == "search" && segments[2] == "choices") return answer_opened(service_, exchange);
    const bool report = segments.size() == 3 && segments[1] == "reports";
    if (!report && !is("catalogue") && !is("openapi.json") && !is("changes") && !is("audit") && !is("search")) return exchange->answer(nothing_here());
    if (!router::only_reads(*exchange)) return;
    if (report) return answer_report(service_, exchange, segments[2]);
    if (is("changes")) return answer_changes(service_, exchange);
    if (is("audit")) return answer_audit(service_, exchange);
    if (is("search")) return answer_search(service_, exchange);
    request.route = Route::catalogue;
    in_background(service_, exchange, [this, catalogue = is("catalogue")](Exchange& e) {
        e.answer(router::unless_known(e.request, catalogue ? service_.suite.catalogue(actor_of(e)) : service_.suite.openapi()));
    });
}

void Router::page(Exchange& exchange) {
    auto&      request = exchange.request;
    const auto name    = request.segments.size() == 1 ? std::string_view(request.segments[0]) : std::string_view{};
    request.route      = name == "healthz" || name == "readyz" || name == "metrics" ? Route::operation : Route::page;
    if (!router::only_reads(exchange)) return;
    const bool inside = router::may_look_inside(service_, request);
    if (name == "metrics" && !inside) visitor_of(exchange);
    exchange.answer(name == "healthz"                ? healthy()
                    : name == "readyz"               ? ready(service_, inside)
                    : name == "metrics" && inside    ? metrics(service_)
                    : name == "metrics"              ? problem(403, "kernel.not_permitted", "To see the figures of the server, ask from its own machine or as an administrator.")
                                                     : pages_.answer(request));
}

}  // namespace tessera::http
