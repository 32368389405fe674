#include "http/audit_api.h"

#include <tessera/text.h>

#include "http/door.h"
#include "http/target.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace tessera::http {
namespace audit_api {

std::int64_t number(std::string_view name, std::string_view text, std::int64_t most) {
    const auto value = whole_number(text);
    if (!value || *value < 1 || *value > most)
        throw Refused("kernel.malformed_query", "To set {}, give a whole number from 1 to {}; \"{}\" is none.", name, most, excerpt(text))
            .with_status(400)
            .with_field(std::string(name));
    return *value;
}

constexpr std::string_view known[] = {"by", "entity", "record", "command", "from", "until", "text", "limit", "before"};

bool is_known(std::string_view name) { return std::ranges::find(known, name) != std::end(known); }

AuditRequest request_of(const Request& request) {
    AuditRequest wanted;
    for (const auto& [name, given] : request.parameters) {
        const auto value = parameter(request, name);
        if (value.empty() && is_known(name)) continue;
        if (name == "by") wanted.by = value;
        else if (name == "entity") wanted.entity = value;
        else if (name == "record") wanted.record = number(name, value, INT64_MAX);
        else if (name == "command") wanted.command = value;
        else if (name == "from") wanted.from = value;
        else if (name == "until") wanted.until = value;
        else if (name == "text") wanted.text = value;
        else if (name == "limit") wanted.limit = static_cast<int>(number(name, value, 500));
        else if (name == "before") wanted.before = number(name, value, INT64_MAX);
        else
            throw Refused("kernel.malformed_query", "To search the audit trail, use {}; \"{}\" is none of them.", fmt::join(known, ", "), excerpt(name))
                .with_status(400)
                .with_field(name);
    }
    return wanted;
}

}  // namespace audit_api

void answer_audit(Service& service, const std::shared_ptr<Exchange>& exchange) {
    exchange->request.route = Route::list;
    in_background(service, exchange, [&service, wanted = audit_api::request_of(exchange->request)](Exchange& e) { e.answer({.body = service.suite.audit(actor_of(e), wanted)}); });
}

}  // namespace tessera::http
