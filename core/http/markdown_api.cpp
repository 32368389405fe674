#include "http/markdown_api.h"

#include <tessera/json.h>
#include <tessera/markdown.h>

#include "http/problem.h"

#include <boost/json.hpp>

namespace tessera::http {
namespace markdown_api {

std::string text_in(const Request& request) {
    if (!request.content_type.starts_with(json_type))
        throw Refused("kernel.wrong_media_type", "To send this, say \"Content-Type: {}\" and send that.", json_type).with_status(415);
    const auto  body = parse_json(request.body);
    const auto* text = body.is_object() ? body.get_object().if_contains("text") : nullptr;
    if (!text || !text->is_string()) throw Refused("kernel.required", "To see a text, give \"text\" as text.").with_status(422).with_field("text");
    return {text->get_string().data(), text->get_string().size()};
}

std::string drawn(const std::string& text) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.member("html", html_from_markdown(text));
    json.end_object();
    return out;
}

}  // namespace markdown_api

void answer_markdown(Service& service, const std::shared_ptr<Exchange>& exchange) {
    constexpr std::string_view allowed = "POST, OPTIONS";
    const auto&                request = exchange->request;
    if (request.method != "POST") return exchange->answer(request.method == "OPTIONS" ? allowed_methods(allowed) : not_allowed(allowed));
    exchange->request.route = Route::record;
    in_background(service, exchange, [](Exchange& e) { e.answer({.body = markdown_api::drawn(markdown_api::text_in(e.request))}); });
}

}  // namespace tessera::http
