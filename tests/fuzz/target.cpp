// The target of a request: each part of it is decoded once, and no part becomes two or vanishes.

#include "http/target.h"

#include <tessera/text.h>

#include "harness.h"

#include <algorithm>

namespace tessera::fuzz {
namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text, bool plus_is_space) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            plain += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            plain += text[i] == '+' && plus_is_space ? ' ' : text[i];
        }
    }
    return plain;
}

std::string encoded(std::string_view text) {
    std::string target;
    for (const unsigned char c : text) {
        target += '%';
        target += "0123456789ABCDEF"[c >> 4];
        target += "0123456789abcdef"[c & 15];
    }
    return target;
}

std::vector<std::string> parts(std::string_view text, char divider) {
    std::vector<std::string> all;
    for (bool more = true; more;) {
        more = text.find(divider) != std::string_view::npos;
        all.emplace_back(take_until(text, divider));
    }
    return all;
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

Parameters parameters_of(std::string_view query) {
    Parameters all;
    for (const auto& part : parts(query, '&')) {
        std::string_view value = part;
        const auto       name  = take_until(value, '=');
        if (!name.empty() || !value.empty()) all.emplace_back(decoded(name, true), decoded(value, true));
    }
    return all;
}

void must_be_plain(std::string_view text) {
    must(valid_utf8(text) && std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }), "what is decoded is text without control characters");
}

void try_target(std::string_view bytes) {
    http::Request request{.target = std::string(bytes)};
    if (!accepts([&] { http::read_target(request); })) return;

    auto       query    = bytes;
    const auto path     = take_until(query, '?');
    auto       segments = parts(path.substr(1), '/');
    for (auto& segment : segments) segment = decoded(segment, false);
    if (path == "/") segments.clear();
    if (path.starts_with("/./")) segments.erase(segments.begin());  // which is the same path (RFC 3986, section 5.2.4)
    must(request.segments == segments, "each segment of the path is decoded once");
    must(request.parameters == parameters_of(query), "each parameter is decoded once");
    for (const auto& segment : request.segments) must_be_plain(segment);
    for (const auto& parameter : request.parameters) {
        must_be_plain(parameter.first);
        must_be_plain(parameter.second);
        accepts([&] { must(http::parameter(request, parameter.first) == parameter.second, "a parameter that is given once has that value"); });
    }

    std::string target;
    for (const auto& segment : request.segments) target += '/' + encoded(segment);
    if (target.empty()) target = "/";
    if (request.segments == std::vector<std::string>{""}) target = "/./";
    for (const auto& [name, value] : request.parameters) target += (target.find('?') == std::string::npos ? '?' : '&') + encoded(name) + '=' + encoded(value);
    http::Request again{.target = target};
    http::read_target(again);
    must(again.segments == request.segments && again.parameters == request.parameters, "what is encoded is decoded to what it was");
}
HARNESS(target)

}  // namespace
}  // namespace tessera::fuzz
