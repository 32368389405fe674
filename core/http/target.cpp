#include "http/target.h"

#include <tessera/text.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>

namespace tessera::http {
namespace target {

[[noreturn]] void refuse() {
    throw Refused("kernel.malformed_target",
                  "To ask for something, send a path and a query whose special characters are percent-encoded UTF-8.")
        .with_status(400);
}

std::string checked(std::string text) {
    const bool control = std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (control || !valid_utf8(text)) refuse();
    return text;
}

}  // namespace target

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t value      = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

void read_target(Request& request) {
    request.segments.clear();
    request.parameters.clear();
    const auto url = boost::urls::parse_origin_form({request.target.data(), request.target.size()});
    if (!url) target::refuse();
    for (const auto& segment : url->segments()) request.segments.push_back(target::checked(segment));
    if (!url->has_query()) return;
    for (const auto& p : url->params()) {
        if (p.key.empty() && p.value.empty()) continue;
        request.parameters.emplace_back(target::checked(p.key), target::checked(p.value));
    }
}

std::string_view parameter(const Request& request, std::string_view name) {
    std::string_view value;
    bool             found = false;
    for (const auto& [key, text] : request.parameters) {
        if (key != name) continue;
        if (found)
            throw Refused("kernel.given_twice", "To set {}, give it once.", excerpt(name))
                .with_status(400)
                .with_field(std::string(name));
        value = text;
        found = true;
    }
    return value;
}

}  // namespace tessera::http
