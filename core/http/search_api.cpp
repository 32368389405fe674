#include "http/search_api.h"

#include <tessera/text.h>

#include "http/door.h"
#include "http/problem.h"
#include "http/records_api.h"
#include "http/target.h"

#include <boost/json.hpp>

namespace tessera::http {
namespace search_api {

Refused malformed(std::string_view name, std::string_view must, std::string_view given) {
    return Refused("kernel.malformed_query", "To search, give {} {}; \"{}\" is none.", name, must, excerpt(given)).with_status(400).with_field(std::string(name));
}

int number(std::string_view name, std::string_view text, int least, int most) {
    const auto value = whole_number(text);
    if (!value || *value < least || *value > most) throw malformed(name, fmt::format("as a whole number from {} to {}", least, most), text);
    return static_cast<int>(*value);
}

search::Request request_of(const Request& request, const Kernel& kernel) {
    search::Request wanted;
    for (const auto& [name, given] : request.parameters) {
        const auto value = parameter(request, name);
        if (name == "q") wanted.text = value;
        else if (name == "limit") wanted.limit = number(name, value, 1, 100);
        else if (name == "offset") wanted.offset = number(name, value, 0, 1000);
        else if (name == "unfinished" && (value == "true" || value == "false")) wanted.unfinished = value == "true";
        else if (name == "unfinished") throw malformed(name, "as true or false", value);
        else if (name == "entities") {
            for (std::string_view rest = value; !rest.empty();) {
                const auto comma = rest.find(',');
                const auto one   = trim(rest.substr(0, comma));
                if (!kernel.find_entity(one)) throw malformed(name, "as entities such as knowledge.asset, with commas between", one);
                wanted.entities.emplace_back(one);
                rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
            }
        } else {
            wanted.filters.push_back(list_filter(name, std::string(value)));
        }
    }
    if (!wanted.filters.empty() && wanted.entities.size() != 1)
        throw Refused("kernel.malformed_query", "To search, use q, entities, limit, offset and unfinished, and filters of a kind when entities names one; \"{}\" is none of them.", excerpt(wanted.filters.front().field))
            .with_status(400)
            .with_field(wanted.filters.front().field);
    if (trim(wanted.text).empty()) throw Refused("kernel.malformed_query", "To search, say what for: q=rear+derailleur.").with_status(400).with_field("q");
    if (!valid_utf8(wanted.text) || wanted.text.size() > 1000) throw Refused("kernel.malformed_query", "To search, write at most 1,000 bytes of text.").with_status(400).with_field("q");
    return wanted;
}

std::string_view text_of(const boost::json::value& body, std::string_view name, std::string_view must) {
    const auto* value = body.is_object() ? body.get_object().if_contains(name) : nullptr;
    if (!value || !value->is_string() || value->get_string().empty()) throw Refused("kernel.required", "To say what was opened, give \"{}\" {}.", name, must).with_status(422).with_field(std::string(name));
    return {value->get_string().data(), value->get_string().size()};
}

search::Opened opened_of(const Request& request) {
    if (!request.content_type.starts_with(json_type)) throw Refused("kernel.wrong_media_type", "To send this, say \"Content-Type: {}\" and send that.", json_type).with_status(415);
    const auto     body = parse_json(request.body);
    search::Opened opened{.text = std::string(text_of(body, "q", "as what had been typed")), .record = {.entity = std::string(text_of(body, "entity", "as an entity such as knowledge.asset"))}};
    const auto*    id = body.get_object().if_contains("id");
    if (!id || !id->is_int64()) throw Refused("kernel.required", "To say what was opened, give \"id\" as the record's number.").with_status(422).with_field("id");
    opened.record.id = id->get_int64();
    if (const auto* unfinished = body.get_object().if_contains("unfinished")) opened.unfinished = unfinished->is_bool() && unfinished->get_bool();
    if (opened.text.size() > 1000) throw Refused("kernel.malformed_query", "To say what was opened, give at most 1,000 bytes of what had been typed.").with_status(422).with_field("q");
    return opened;
}

}  // namespace search_api

void answer_search(Service& service, const std::shared_ptr<Exchange>& exchange) {
    exchange->request.route = Route::list;
    in_background(service, exchange, [&service, wanted = search_api::request_of(exchange->request, service.suite.kernel())](Exchange& e) { e.answer({.body = service.suite.search(actor_of(e), wanted)}); });
}

void answer_opened(Service& service, const std::shared_ptr<Exchange>& exchange) {
    constexpr std::string_view allowed = "POST, OPTIONS";
    const auto&                request = exchange->request;
    if (request.method != "POST") return exchange->answer(request.method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
    exchange->request.route = Route::record;
    in_background(service, exchange, [&service, opened = search_api::opened_of(request)](Exchange& e) {
        service.suite.note_opened(actor_of(e), opened);
        e.answer({.status = 204});
    });
}

}  // namespace tessera::http
