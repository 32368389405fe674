#include "http/search_api.h"

#include <tessera/text.h>

#include "http/door.h"
#include "http/target.h"

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
            throw Refused("kernel.malformed_query", "To search, use q, entities, limit, offset and unfinished; \"{}\" is none of them.", excerpt(name)).with_status(400).with_field(name);
        }
    }
    if (trim(wanted.text).empty()) throw Refused("kernel.malformed_query", "To search, say what for: q=rear+derailleur.").with_status(400).with_field("q");
    if (!valid_utf8(wanted.text) || wanted.text.size() > 1000) throw Refused("kernel.malformed_query", "To search, write at most 1,000 bytes of text.").with_status(400).with_field("q");
    return wanted;
}

}  // namespace search_api

void answer_search(Service& service, const std::shared_ptr<Exchange>& exchange) {
    exchange->request.route = Route::list;
    in_background(service, exchange, [&service, wanted = search_api::request_of(exchange->request, service.suite.kernel())](Exchange& e) { e.answer({.body = service.suite.search(actor_of(e), wanted)}); });
}

}  // namespace tessera::http
