#include "http/session_api.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "http/door.h"
#include "http/problem.h"
#include "http/target.h"
#include "workflow/transition.h"

#include <boost/json.hpp>

#include <array>

namespace tessera::http {
namespace session_api {

using access::Accounts;
using access::Visitor;
using Fields = boost::json::object;

Fields fields_of(const Request& request) {
    if (request.body.empty()) return {};
    if (!request.content_type.starts_with(json_type))
        throw Refused("kernel.wrong_media_type", "To send this, send it as {} (Content-Type).", json_type).with_status(415);
    auto value = parse_json(request.body);
    if (!value.is_object()) throw Refused("kernel.wrong_type", "To send this, send a JSON object.").with_status(400);
    return std::move(value.get_object());
}

std::string text(const Fields& fields, std::string_view name, bool required = true) {
    const auto* value = fields.if_contains(boost::json::string_view(name.data(), name.size()));
    if (value && value->is_string()) return std::string(value->get_string().data(), value->get_string().size());
    if (!required && (!value || value->is_null())) return {};
    throw Refused("kernel.required", "To do this, give \"{}\" as text.", name).with_status(422).with_field(std::string(name));
}

std::vector<std::string> texts(const Fields& fields, std::string_view name) {
    std::vector<std::string> all;
    const auto*              value = fields.if_contains(boost::json::string_view(name.data(), name.size()));
    if (value && value->is_array())
        for (const auto& one : value->get_array())
            if (one.is_string()) all.emplace_back(one.get_string().data(), one.get_string().size());
    return all;
}

void instant(JsonWriter& json, std::string_view name, Instant at) {
    json.key(name);
    at.empty() ? json.null() : json.value(std::string_view(at.str()));
}

// `place`: after which entry changes are followed by who reads now; where a replica is read from, what is read may be older.
std::string written(const Visitor& visitor, std::optional<std::int64_t> place = {}) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("user").begin_object();
    json.member("id", visitor.actor.user);
    json.member("name", visitor.actor.name);
    json.member("full_name", visitor.full_name.empty() ? visitor.actor.name : visitor.full_name);
    json.end_object();
    json.key("permissions").begin_array();
    for (const auto& grant : visitor.actor.permissions->granted()) json.value(std::string_view(grant));
    json.end_array();
    json.member("kind", name_of(visitor.kind));
    instant(json, "signed_in_at", visitor.signed_in_at);
    instant(json, "expires_at", visitor.expires_at);
    json.member("second_factor", visitor.second_factor);
    if (place) json.member("place", *place);
    json.end_object();
    return out;
}

// HttpOnly: no script reads it. Secure: browsers send it over TLS, and to this machine. Strict: no other site's page makes use of it.
std::string cookie_line(std::string_view key, std::int64_t seconds) {
    return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", session_cookie, key, seconds);
}

Response signed_in(const Accounts::SignedIn& in) {
    Response   response{.body = written(*in.visitor)};
    const auto seconds = (in.visitor->expires_at.microseconds() - in.visitor->signed_in_at.microseconds()) / 1'000'000;
    response.with("Set-Cookie", cookie_line(in.key, seconds));
    return response;
}

Response done() { return {.status = 204}; }

// Sessions and tokens act; what is about passwords is for the browser that has signed in.
const Visitor& person(const Exchange& exchange) {
    const auto& visitor = visitor_of(exchange);
    if (visitor.kind == Visitor::Kind::session) return visitor;
    throw Refused("kernel.not_permitted", "To change an account, sign in to it with a browser.").with_status(403);
}

using Handler = std::function<Response(Service&, Exchange&)>;

Response sign_in(Service& service, Exchange& e) {
    const auto fields = fields_of(e.request);
    return signed_in(service.door.accounts().sign_in(text(fields, "name"), text(fields, "password"), text(fields, "code", false), service.door.place_of(e.request)));
}

Response sign_out(Service& service, Exchange& e) {
    if (e.request.visitor) service.door.accounts().sign_out(*e.request.visitor);
    auto response = done();
    response.with("Set-Cookie", cookie_line("", 0));
    response.with("Clear-Site-Data", "\"cache\"");
    return response;
}

Response use_link(Service& service, Exchange& e) {
    const auto fields   = fields_of(e.request);
    const auto link     = text(fields, "link");
    const auto password = text(fields, "password", false);
    if (!password.empty()) return signed_in(service.door.accounts().accept_link(link, password, service.door.place_of(e.request)));
    const auto  invitation = service.door.accounts().look_at_link(link);
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("user").begin_object();
    json.member("name", invitation.name);
    json.member("full_name", invitation.full_name);
    json.end_object();
    json.member("purpose", invitation.first ? "invitation" : "reset");
    json.member("company", service.suite.company_name());
    json.end_object();
    return {.body = out};
}

Response confirm(Service& service, Exchange& e) {
    service.door.accounts().confirm(person(e), text(fields_of(e.request), "password"));
    return done();
}

Response change_password(Service& service, Exchange& e) {
    const auto fields = fields_of(e.request);
    service.door.accounts().change_password(person(e), text(fields, "current"), text(fields, "new"));
    return done();
}

Response begin_second_factor(Service& service, Exchange& e) {
    const auto  factor = service.door.accounts().begin_second_factor(person(e));
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.member("secret", factor.secret);
    json.member("uri", factor.address);
    json.member("qr", factor.qr);
    json.end_object();
    return {.body = out};
}

Response confirm_second_factor(Service& service, Exchange& e) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("recovery_codes").begin_array();
    for (const auto& code : service.door.accounts().confirm_second_factor(person(e), text(fields_of(e.request), "code"))) json.value(std::string_view(code));
    json.end_array();
    json.end_object();
    return {.body = out};
}

Response remove_second_factor(Service& service, Exchange& e) {
    service.door.accounts().remove_second_factor(person(e), text(fields_of(e.request), "password"));
    return done();
}

Response sessions(Service& service, Exchange& e) {
    const auto& visitor = visitor_of(e);
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("rows").begin_array();
    for (const auto& [session, seen_at] : service.door.accounts().sessions_of(visitor)) {
        json.begin_object();
        json.member("id", session.id.value);
        instant(json, "started_at", session.started_at);
        instant(json, "seen_at", seen_at);
        instant(json, "expires_at", session.expires_at);
        json.member("address", session.address);
        json.member("agent", session.agent);
        json.member("current", session.id == visitor.session);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return {.body = out};
}

Response tokens(Service& service, Exchange& e) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.key("rows").begin_array();
    for (const auto& [token, used_at] : service.door.accounts().tokens_of(visitor_of(e))) {
        json.begin_object();
        json.member("id", token.id.value);
        json.member("title", token.title);
        json.member("prefix", token.prefix);
        json.key("permissions").begin_array();
        for (const auto& grant : access::grants_of(token)) json.value(std::string_view(grant));
        json.end_array();
        instant(json, "created_at", token.made_at);
        json.key("expires_on");
        token.expires_on.empty() ? json.null() : json.value(std::string_view(token.expires_on.str()));
        instant(json, "used_at", used_at);
        json.member("revoked", token.state == access::TokenState::revoked);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return {.body = out};
}

Response token_for(Service& service, const Actor& by, const std::string& user, const Fields& fields) {
    workflow::require_confirmed(by, "make a token");
    const auto day  = text(fields, "expires_on", false);
    const auto made = service.door.accounts().make_token(by, user, text(fields, "title"), texts(fields, "permissions"), day.empty() ? Date{} : Date::parse(day));
    Response   response{.status = 201};
    JsonWriter json(response.body);
    json.begin_object();
    json.member("id", made.id.value);
    json.member("token", made.key);
    json.end_object();
    return response;
}

Response make_token(Service& service, Exchange& e) {
    const auto& visitor = person(e);
    return token_for(service, visitor.actor, visitor.actor.name, fields_of(e.request));
}

Response link_for(Service& service, const Actor& by, const std::string& user) {
    workflow::require_confirmed(by, "make a link");
    const auto link = service.door.accounts().make_link(by, user);
    Response   response;
    JsonWriter json(response.body);
    json.begin_object();
    json.member("link", "/welcome#" + link.key);
    json.member("expires_at", link.expires_at.str());
    json.end_object();
    return response;
}

std::string name_of_user(Service& service, const Actor& by, std::int64_t id) {
    RecordAnswer user;
    if (!service.suite.get(by, "access.user", id, user)) throw Refused("kernel.not_found", "To manage an account, choose a user that exists.").with_status(404);
    return text(parse_json(user.json).as_object(), "name");
}

// Everything below /api/session, and whether it is for those who are not signed in.
struct Action {
    std::string_view method, path;
    bool             for_anybody;
    Response (*run)(Service&, Exchange&);
};
constexpr std::array actions = {
    Action{"POST", "", true, sign_in},
    Action{"DELETE", "", true, sign_out},
    Action{"POST", "invitation", true, use_link},
    Action{"POST", "confirmation", false, confirm},
    Action{"POST", "password", false, change_password},
    Action{"POST", "second-factor", false, begin_second_factor},
    Action{"POST", "second-factor/confirm", false, confirm_second_factor},
    Action{"POST", "second-factor/remove", false, remove_second_factor},
    Action{"GET", "sessions", false, sessions},
    Action{"GET", "tokens", false, tokens},
    Action{"POST", "tokens", false, make_token},
};

std::string methods_of(std::string_view path) {
    std::string all;
    for (const auto& action : actions)
        if (action.path == path) all += (all.empty() ? "" : ", ") + std::string(action.method);
    if (path.empty()) all = "GET, " + all;
    return all;
}

// POST /api/session/sessions/<id>/end, POST /api/session/tokens/<id>/revoke
bool answer_ending(Service& service, const std::shared_ptr<Exchange>& exchange, std::span<const std::string> rest) {
    if (rest.size() != 3) return false;
    const bool session = rest[0] == "sessions" && rest[2] == "end";
    const bool token   = rest[0] == "tokens" && rest[2] == "revoke";
    const auto id      = whole_number(rest[1]);
    if ((!session && !token) || !id) return false;
    if (exchange->request.method != "POST") {
        exchange->answer(not_allowed("POST"));
        return true;
    }
    visitor_of(*exchange);
    in_background(service, exchange, [&service, session, id = *id](Exchange& e) {
        session ? service.door.accounts().end_session(person(e), id) : service.door.accounts().revoke_token(person(e), id);
        e.answer(done());
    });
    return true;
}

}  // namespace session_api

void answer_session(Service& service, const std::shared_ptr<Exchange>& exchange, std::span<const std::string> rest) {
    using namespace session_api;
    auto& request = exchange->request;
    request.route = Route::session;
    if (answer_ending(service, exchange, rest)) return;
    const auto path    = fmt::format("{}", fmt::join(rest, "/"));
    const auto methods = methods_of(path);
    if (methods.empty()) return exchange->answer(nothing_here());
    if (request.method == "OPTIONS") return exchange->answer(allowed_methods(methods + ", OPTIONS"));
    if (path.empty() && request.reads()) return exchange->answer({.body = written(visitor_of(*exchange), service.options.replica ? std::nullopt : std::optional(service.streams.place()))});
    const auto action = std::ranges::find_if(actions, [&](const auto& one) { return one.path == path && one.method == (request.reads() ? "GET" : request.method); });
    if (action == actions.end()) return exchange->answer(not_allowed(methods + ", OPTIONS"));
    if (!action->for_anybody) visitor_of(*exchange);
    in_background(service, exchange, [&service, run = action->run](Exchange& e) { e.answer(run(service, e)); });
}

bool answer_user_account(Service& service, const std::shared_ptr<Exchange>& exchange, std::int64_t user, std::string_view what) {
    using namespace session_api;
    if (what != "link" && what != "tokens") return false;
    exchange->request.route = Route::session;
    if (exchange->request.method != "POST") {
        exchange->answer(not_allowed("POST"));
        return true;
    }
    in_background(service, exchange, [&service, by = actor_of(*exchange), user, link = what == "link"](Exchange& e) {
        const auto name = name_of_user(service, by, user);
        e.answer(link ? link_for(service, by, name) : token_for(service, by, name, fields_of(e.request)));
    });
    return true;
}

}  // namespace tessera::http
