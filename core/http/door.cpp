#include "http/door.h"

#include <tessera/digest.h>
#include <tessera/text.h>

#include "http/cookies.h"

namespace tessera::http {
namespace door {

constexpr std::string_view bearer = "bearer ";

std::string_view bearer_key(std::string_view authorization) {
    if (authorization.size() <= bearer.size() || lower_ascii(authorization.substr(0, bearer.size())) != bearer) return {};
    return trim(authorization.substr(bearer.size()));
}

std::shared_ptr<const access::Visitor> acting_for(const Actor& actor) {
    return std::make_shared<access::Visitor>(access::Visitor{.kind = access::Visitor::Kind::anybody, .actor = actor, .full_name = actor.name});
}

std::shared_ptr<const access::Visitor> operator_of_the_books() {
    static const auto visitor =
        std::make_shared<access::Visitor>(access::Visitor{.kind = access::Visitor::Kind::operator_of_the_books, .actor = Actor{}, .full_name = "Operator"});
    return visitor;
}

// As the audit trail names it; the keys themselves are nowhere.
std::string proof(const access::Visitor& visitor) {
    using Kind = access::Visitor::Kind;
    switch (visitor.kind) {
        case Kind::session: return fmt::format("session {}", visitor.session);
        case Kind::token: return fmt::format("token {}", visitor.token);
        case Kind::operator_of_the_books: return "command line";
        case Kind::anybody: return "open server";
    }
    return {};
}

std::shared_ptr<const access::Visitor> only(access::Visitor::Kind kind, std::shared_ptr<const access::Visitor> visitor) { return visitor && visitor->kind == kind ? visitor : nullptr; }

}  // namespace door

Door::Door(Suite& suite, const ServeOptions& options) : accounts_(suite, options.accounts), behind_proxy_(options.behind_proxy), confirmation_age_max_(options.accounts.confirmation_age_max) {
    if (options.actor) everybody_ = door::acting_for(*options.actor);
    if (!options.operator_key.empty()) operator_key_hash_ = sha256_hex(options.operator_key);
}

std::shared_ptr<const access::Visitor> Door::visitor_of(const Request& request) {
    auto visitor = known_visitor(request);
    if (!visitor || request.reads()) return visitor;
    auto acting           = std::make_shared<access::Visitor>(*visitor);
    acting->actor.via     = door::proof(*visitor);
    acting->actor.request = request.id();
    acting->actor.confirmed = visitor->kind != access::Visitor::Kind::session || std::chrono::microseconds(Instant::now().microseconds() - visitor->confirmed_at.microseconds()) <= confirmation_age_max_;
    return acting;
}

std::shared_ptr<const access::Visitor> Door::known_visitor(const Request& request) {
    using Kind = access::Visitor::Kind;
    if (everybody_) return everybody_;
    if (!request.authorization.empty()) {
        const auto key = door::bearer_key(request.authorization);
        if (!operator_key_hash_.empty() && sha256_hex(key) == operator_key_hash_) return door::operator_of_the_books();
        return door::only(Kind::token, accounts_.recognise(key));
    }
    std::string_view key;
    each_cookie(request.cookies, session_cookie, [&](std::string_view value) { key = value; });
    return door::only(Kind::session, accounts_.recognise(key));
}

access::Place Door::place_of(const Request& request) const {
    auto address = request.client_address;
    if (behind_proxy_ && !request.forwarded_for.empty()) address = std::string(trim(std::string_view(request.forwarded_for).substr(request.forwarded_for.rfind(',') + 1)));
    return {.address = excerpt(address), .agent = request.user_agent, .request = request.id()};
}

const access::Visitor& visitor_of(const Exchange& exchange) {
    if (exchange.request.visitor) return *exchange.request.visitor;
    throw Refused("kernel.not_signed_in", "To use this, sign in, or send a token: Authorization: Bearer TOKEN.").with_status(401);
}

const Actor& actor_of(const Exchange& exchange) { return visitor_of(exchange).actor; }

}  // namespace tessera::http
